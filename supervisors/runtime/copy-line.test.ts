/** The outbox and the feeds: in order, each once, and a message that can go nowhere does not stop the rest. */
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";
import { connect, headers, type NatsConnection } from "@nats-io/transport-node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { copyConsumer } from "../../protocols/streams.ts";
import { streams, subjects, topics } from "../../protocols/subjects.ts";
import { provision } from "../storage/provision.ts";
import { provisionConsumers } from "../storage/provision-consumers.ts";
import { startNats, type TestNats } from "../testkit/nats.ts";
import { type CopyLine, feed, relay } from "./copy-line.ts";
import { RecordWriter } from "./put-record.ts";

let nats: TestNats;
let nc: NatsConnection;
const lines: CopyLine[] = [];

beforeAll(async () => {
  nats = await startNats();
  nc = await connect({ ...nats.connection("actors"), maxReconnectAttempts: -1, reconnectTimeWait: 100 });
  await provision(nc);
  await provisionConsumers(await jetstreamManager(nc), []);
});
afterAll(async () => {
  for (const line of lines) await line.stop();
  await nc.close();
  await nats.stop();
});

const log = () => {};
const say = (topic: string, value: unknown) =>
  jetstream(nc).publish(subjects.out(topic), JSON.stringify(value));
async function all(stream: string, filter: string): Promise<string[]> {
  const jsm = await jetstreamManager(nc);
  const { state } = await jsm.streams.info(stream, { subjects_filter: filter });
  const found: string[] = [];
  for (let seq = Math.max(1, state.first_seq); seq <= state.last_seq; seq++) {
    const message = await jsm.streams.getMessage(stream, { seq });
    if (message && message.subject in (state.subjects ?? {})) found.push(message.string());
  }
  return found;
}
async function until<T>(look: () => Promise<T | false | undefined>): Promise<T> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > deadline) throw new Error("Waited 20 s in vain.");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test("the relay copies the outbox on in order and once, over a restart too", async () => {
  const line = relay({ nc, jsm: await jetstreamManager(nc), log });
  lines.push(line);
  for (let i = 0; i < 50; i++) await say(topics.event("Told", "a"), i);
  await line.start();
  for (let i = 50; i < 100; i++) await say(topics.event("Told", "a"), i);
  await line.restart();
  await until(async () => (await all(streams.events, "callboard.event.Told.a")).length >= 100);
  expect(await all(streams.events, "callboard.event.Told.a")).toEqual(
    Array.from({ length: 100 }, (_, i) => String(i)),
  );
  await until(async () => (await all(streams.acts, subjects.allOut)).length === 0);
});

test("a record ends with what was said last", async () => {
  for (let i = 1; i <= 5; i++) await say(topics.record("strikes", "employee.ada"), { count: i });
  const strikes = await new Kvm(nc).open("strikes");
  await until(async () => (await strikes.get("employee.ada"))?.json<{ count: number }>().count === 5);
});

test("what no stream takes becomes a dead letter after a few tries, and the rest goes on", async () => {
  await say("nowhere.at.all", { lost: false });
  await say(topics.event("Told", "b"), "after");
  await until(async () => (await all(streams.events, "callboard.event.Told.b")).length === 1);
  const [letter] = await until(async () => {
    const letters = await all(streams.dead, "callboard.dead.line.>");
    return letters.length > 0 && letters;
  });
  expect(JSON.parse(letter ?? "")).toMatchObject({
    type: "DeadLetter",
    subject: "callboard.out.nowhere.at.all",
  });
}, 60_000);

test("a feed brings messages of another stream as mail, and buries what no actor can hear", async () => {
  const jsm = await jetstreamManager(nc);
  await jsm.consumers.add(streams.jobs, copyConsumer("feed-test", subjects.allNew) as never);
  const line = feed({
    nc,
    jsm,
    log,
    stream: streams.jobs,
    consumer: "feed-test",
    filter: subjects.allNew,
    address: (message) => {
      if (typeof message !== "object" || message === null || !("id" in message))
        throw new Error("It has no id.");
      return `matcher.${message.id}`;
    },
  });
  lines.push(line);
  await line.start();
  for (const value of [{ id: "j1" }, { nothing: true }, { id: "j2" }])
    await jetstream(nc).publish(subjects.topic(topics.listed("eu")), JSON.stringify(value));
  await until(async () => (await all(streams.acts, "callboard.part.*.matcher.*")).length === 2);
  await until(async () => (await all(streams.dead, "callboard.dead.line.feed-test")).length === 1);
});

test("a relay that slept does not put an older record in the place of a newer one", async () => {
  const jsm = await jetstreamManager(nc);
  const subject = "$KV.candidates.sleeper";
  const put = (writer: RecordWriter, seq: number) =>
    writer.put(subject, { seq, data: new TextEncoder().encode(`said at ${seq}`) }, headers());
  const [slept, awake] = [new RecordWriter(jsm), new RecordWriter(jsm)];
  await put(slept, 100_001);
  await put(awake, 100_002);
  await put(awake, 100_003);
  await put(slept, 100_002); // What it had in hand before it slept.
  expect((await (await new Kvm(nc).open("candidates")).get("sleeper"))?.string()).toBe("said at 100003");
});
