/**
 * The headers that the broker obeys (rollup, schedule, purge of a schedule, TTL, batch), tried with the real credentials of an edge
 * and of ops on every stream, bucket and store: all that was there is still there, and nothing was forged.
 */
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";
import { connect, headers, type NatsConnection } from "@nats-io/transport-node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { header } from "../../protocols/envelope.ts";
import { bucketSettings, streamSettings } from "../../protocols/streams.ts";
import { streams, subjects } from "../../protocols/subjects.ts";
import { tells } from "../runtime/copy-line.ts";
import { startNats, type TestNats } from "../testkit/nats.ts";
import { provision } from "./provision.ts";
import { provisionConsumers } from "./provision-consumers.ts";

let nats: TestNats;
let actors: NatsConnection;

/** One of each kind of thing that an intruder might want gone. */
const kept = [
  subjects.mailbox("employee.ada"),
  subjects.state("employee.ada"),
  subjects.fence("employee", 3),
  subjects.parked("employee.ada"),
  subjects.out("event.Told.ada"),
  subjects.event("Told", "ada"),
  "callboard.jobs.raw.acme",
  subjects.review("general", 1),
  subjects.dead("employee.ada"),
];
const timer = subjects.timer("employee.ada", "after");
const inAnHour = () => `@at ${new Date(Date.now() + 3_600_000).toISOString()}`;

const hostile: readonly Readonly<Record<string, string>>[] = [
  { "Nats-Rollup": "all" },
  { "Nats-Rollup": "sub" },
  { "Nats-TTL": "1s" },
  { "Nats-Schedule": "@at 2020-01-01T00:00:00Z", "Nats-Schedule-Target": subjects.state("employee.eve") },
  {
    "Nats-Schedule": "@every 1s",
    "Nats-Schedule-Target": subjects.out("kv.strikes.employee.eve"),
    "Nats-Schedule-TTL": "5m",
  },
  {
    "Nats-Schedule": "@at 2020-01-01T00:00:00Z",
    "Nats-Schedule-Target": subjects.fence("employee", 3),
    "Nats-Schedule-Source": subjects.state("employee.ada"),
    "Nats-Schedule-Rollup": "sub",
  },
  { "Nats-Scheduler": timer, "Nats-Schedule-Next": "purge" },
  { "Nats-Batch-Id": "eve", "Nats-Batch-Sequence": "1", "Nats-Batch-Commit": "1", "Nats-Rollup": "sub" },
  { "Nats-Msg-Id": "TELLS-1" },
  { "Nats-Msg-Id": "JOBS-2" },
  { "Nats-Expected-Last-Subject-Sequence": "1" },
  { "Nats-Marker-Reason": "Purge" },
  { "KV-Operation": "PURGE", "Nats-Rollup": "sub" },
  { "Nats-Incr": "+1" },
];

const published = (connection: NatsConnection, subject: string, names: Readonly<Record<string, string>>) => {
  const h = headers();
  for (const [name, value] of Object.entries(names)) h.set(name, value);
  connection.publish(subject, '{"type":"Forged"}', { headers: h });
};

/** What each stream holds, by subject; without the mail that edges may leave and their own notes. */
async function holdings(): Promise<Record<string, Record<string, number>>> {
  const jsm = await jetstreamManager(actors);
  const found: Record<string, Record<string, number>> = {};
  for await (const { config } of jsm.streams.list()) {
    if (own.has(config.name)) continue;
    const { state } = await jsm.streams.info(config.name, { subjects_filter: ">" });
    found[config.name] = state.subjects ?? {};
  }
  return found;
}
/** An edge's own: what it told, and the notes that it alone writes. */
const own = new Set<string>([streams.tells, "KV_presence", "KV_edges", "KV_nodes"]);

beforeAll(async () => {
  nats = await startNats();
  actors = await connect(nats.connection("actors"));
  await provision(actors);
  await provisionConsumers(await jetstreamManager(actors), []);
  const js = jetstream(actors);
  for (const subject of kept) await js.publish(subject, '{"type":"Kept"}');
  const schedule = headers();
  schedule.set("Nats-Schedule", inAnHour());
  schedule.set("Nats-Schedule-Target", subjects.mailbox("employee.ada"));
  await js.publish(timer, "{}", { headers: schedule });
  const kvm = new Kvm(actors);
  for (const { bucket } of bucketSettings) await (await kvm.open(bucket)).put("one.two", "kept");
});
afterAll(async () => {
  await actors?.close();
  await nats?.stop();
});

test.each(["edge", "ops"] as const)(
  "with the credentials of %s no header on any subject takes, forges or unsets anything",
  async (user) => {
    const intruder = await connect({
      ...nats.connection(user),
    });
    const before = await holdings();
    expect(Object.keys(before)).toEqual(
      expect.arrayContaining(streamSettings.map(({ name }) => name).filter((name) => !own.has(name))),
    );
    const targets = [
      ...kept,
      timer,
      subjects.tell("employee.ada"),
      "callboard.part.1.employee.ada",
      ...bucketSettings.map(({ bucket }) => `$KV.${bucket}.one.two`),
    ];
    for (const subject of targets) for (const names of hostile) published(intruder, subject, names);
    await intruder.flush();
    // A schedule that was taken would fire within a quarter of a second, one that repeats after one.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await holdings()).toEqual(before);
    await intruder.close();
  },
);

test.each(["edge", "ops"] as const)(
  "with the credentials of %s no question to the broker is answered into a stream",
  async (user) => {
    const intruder = await connect(nats.connection(user));
    const before = await holdings();
    const note = "$KV.presence.forged";
    if (user === "edge") await jetstream(intruder).publish(note, '{"type":"Forged"}');
    const questions: [subject: string, body: object | string][] = [
      ["$JS.API.INFO", ""],
      ["$JS.API.STREAM.NAMES", ""],
      ...["KV_presence", "EVENTS", "OBJ_resumes"].flatMap((stream): [string, object | string][] => [
        [`$JS.API.STREAM.INFO.${stream}`, ""],
        [`$JS.API.DIRECT.GET.${stream}`, { seq: 1 }],
        [`$JS.API.DIRECT.GET.${stream}`, { seq: 1, batch: 5 }],
        [`$JS.API.DIRECT.GET.${stream}.${stream === "KV_presence" ? note : kept[5]}`, ""],
        [`$JS.API.STREAM.MSG.GET.${stream}`, { seq: 1 }],
        // Made with such a deliver subject, a consumer would write wherever it likes.
        [
          `$JS.API.CONSUMER.CREATE.${stream}.forged`,
          {
            stream_name: stream,
            config: { name: "forged", deliver_subject: subjects.state("employee.ada"), ack_policy: "none" },
          },
        ],
      ]),
      [subjects.desk, { type: "ListPaused" }],
      [subjects.figures, ""],
      [subjects.tell("employee.ada"), { type: "Told" }],
      ["$SRV.PING", ""],
    ];
    for (const reply of [...kept, `$KV.${bucketSettings[1]?.bucket}.one.two`])
      for (const [subject, body] of questions)
        intruder.publish(subject, typeof body === "string" ? body : JSON.stringify(body), { reply });
    await intruder.flush();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await holdings()).toEqual(before);
    await intruder.close();
  },
);

test("what an edge told arrives once and in order, without a header that it made up, and takes no id of another's", async () => {
  const edge = await connect(nats.connection("edge"));
  const jsm = await jetstreamManager(actors);
  await jsm.streams.purge(streams.tells);
  const { last_seq } = (await jsm.streams.info(streams.tells)).state;
  const line = tells({ nc: actors, jsm, log: () => {} });
  await line.start();
  const js = jetstream(edge);
  for (let n = 1; n <= 40; n++)
    for (const _ of ["first", "again"]) {
      const h = headers();
      h.set("Nats-Marker-Reason", "Purge"); // Harmless today, and not copied.
      h.set(header.from, "edge.one");
      await js.publish(subjects.tell("employee.bob"), `{"n":${n}}`, {
        msgID: `TELLS-${last_seq + n + 1}`,
        headers: h,
      });
    }
  const bob = subjects.partitionedMail("employee.bob");
  const { seq: floor } = (await jsm.streams.getMessage(streams.acts, { last_by_subj: timer })) ?? { seq: 0 };
  expect(floor).toBeGreaterThan(0);
  const arrived = async () => {
    const { state } = await jsm.streams.info(streams.acts, { subjects_filter: bob });
    return Object.values(state.subjects ?? {})[0] ?? 0;
  };
  await expect.poll(arrived, { timeout: 10_000 }).toBe(40);
  const heard: unknown[] = [];
  for await (const message of await jsm.direct.getBatch(streams.acts, {
    seq: floor + 1,
    next_by_subj: bob,
    batch: 100,
  } as never)) {
    heard.push(message.json());
    expect(message.header.keys()).toEqual(expect.arrayContaining([header.trace, header.from]));
    expect(message.header.keys()).not.toContain("Nats-Marker-Reason");
  }
  expect(heard).toEqual(Array.from({ length: 40 }, (_, n) => ({ n: n + 1 })));
  expect(await jsm.streams.getMessage(streams.acts, { last_by_subj: timer })).not.toBeNull();
  await line.stop();
  await edge.close();
});
