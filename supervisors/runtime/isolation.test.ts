/**
 * One bad actor among many of the same partition, on a real NATS: a poison message, an actor that always fails, one with a
 * mountain of mail, a flood of what nobody can read. The others don't notice.
 */
import { type JetStreamManager, jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { Schema } from "effect";
import { afterAll, beforeAll, expect, test } from "vitest";
import { assign, setup } from "xstate";
import { defineActor } from "../../actors/define-actor.ts";
import { streams, subjects } from "../../protocols/subjects.ts";
import { startActorNode } from "../actor-node.ts";
import { startNats, type TestNats } from "../testkit/nats.ts";
import { hostKind } from "./hosted-kind.ts";

const Add = Schema.Struct({ type: Schema.Literal("Add"), n: Schema.Finite });
const machine = (kind: string) =>
  setup({
    types: { context: {} as { heard: number; last: number }, events: {} as typeof Add.Type },
  }).createMachine({
    id: `${kind}@1`,
    context: { heard: 0, last: 0 },
    on: {
      Add: {
        actions: assign(({ context, event }) => {
          if (event.n < 0) throw new Error("poison");
          if (event.n <= context.last) throw new Error(`out of order: ${event.n} after ${context.last}`);
          return { heard: context.heard + 1, last: event.n };
        }),
      },
    },
  });
/** Long waits: while the bad one is tried again, the others must be done long since. */
const stubborn = {
  restarts: 3,
  minBackoffMs: 20_000,
  maxBackoffMs: 20_000,
  lastResort: "dead-letter",
} as const;
const strict = { restarts: 0, minBackoffMs: 1, maxBackoffMs: 1, lastResort: "pause" } as const;

let nats: TestNats;
let nc: NatsConnection;
let jsm: JetStreamManager;

beforeAll(async () => {
  nats = await startNats();
  nc = await connect(nats.connection());
  const kind = (name: string, policy: typeof stubborn | typeof strict) =>
    hostKind(defineActor({ kind: name, message: Add, machine: machine(name) }), policy);
  await startActorNode({
    nc,
    nodeId: "n1",
    kinds: [kind("patient", stubborn), kind("strict", strict)],
  });
  jsm = await jetstreamManager(nc);
});
afterAll(async () => {
  await nc?.close(); // Without a farewell: what waits for its restart would hold it up.
  await nats?.stop();
});

const record = async (address: string) => {
  const state = await jsm.streams.getMessage(streams.acts, { last_by_subj: subjects.state(address) });
  return state?.json<{
    attempts: number;
    paused: string | null;
    snapshot: { context: { heard: number } } | null;
  }>();
};
const heard = async (address: string) => (await record(address))?.snapshot?.context.heard ?? 0;
const until = async (look: () => Promise<boolean>, what: string) => {
  for (const deadline = Date.now() + 40_000; !(await look()); ) {
    if (Date.now() > deadline) throw new Error(`Not within 40 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

/** A mailbox's partition is the server's to reckon: told by where it stores a first message. */
async function inOnePartition(kind: string, prefix: string, count: number): Promise<string[]> {
  const found: string[] = [];
  let wanted: string | null = null;
  for (let i = 0; found.length < count; i++) {
    const address = `${kind}.${prefix}${i}`;
    const { seq } = await jetstream(nc).publish(subjects.mailbox(address), '{"type":"Add","n":1}');
    const stored = await jsm.streams.getMessage(streams.acts, { seq });
    const part = stored?.subject.split(".")[2];
    if (part === undefined) continue; // Taken already: another one will do.
    wanted ??= part;
    if (part === wanted) found.push(address);
  }
  return found;
}
const tell = (address: string, n: number) =>
  jetstream(nc).publish(subjects.mailbox(address), JSON.stringify({ type: "Add", n }));
const tellAll = async (addresses: readonly string[], from: number, count: number) => {
  for (let n = from; n < from + count; n++) await Promise.all(addresses.map((address) => tell(address, n)));
};
const allHeard = (addresses: readonly string[], count: number) =>
  until(async () => {
    for (const address of addresses) if ((await heard(address)) !== count) return false;
    return true;
  }, `each of ${addresses.length} has heard ${count}`);

test("a poison message holds its own actor's mail back, in order, and nobody else's", async () => {
  const [bad = "", ...others] = await inOnePartition("patient", "p", 8);
  await allHeard([bad, ...others], 1);
  await tell(bad, -1);
  await tell(bad, 2);
  await tellAll(others, 2, 30);
  await allHeard(others, 31);
  // It is still between two tries, and what came behind the poison has not overtaken it.
  expect(await record(bad)).toMatchObject({ attempts: 1, snapshot: { context: { heard: 1 } } });
});

test("an actor that is parked keeps its mail, and its neighbours theirs", async () => {
  const [bad = "", ...others] = await inOnePartition("strict", "s", 6);
  await allHeard([bad, ...others], 1);
  await tell(bad, -1);
  await until(async () => (await record(bad))?.paused != null, "it is parked");
  await tellAll([bad, ...others], 2, 20);
  await allHeard(others, 21);
  await until(async () => {
    const { state } = await jsm.streams.info(streams.acts, { subjects_filter: subjects.parked(bad) });
    return state.subjects?.[subjects.parked(bad)] === 20;
  }, "its mail lies parked");
  expect(await heard(bad)).toBe(1);
});

test("an actor with a mountain of mail does not make the others wait until it is done", async () => {
  const [hot = "", ...others] = await inOnePartition("patient", "h", 6);
  await allHeard([hot, ...others], 1);
  const mountain = 6_000;
  const climbing = tellAll([hot], 2, mountain);
  await tellAll(others, 2, 10);
  await allHeard(others, 11);
  expect(await heard(hot)).toBeLessThan(mountain);
  await climbing;
  await allHeard([hot], 1 + mountain);
}, 120_000);

test("a flood of what nobody can read becomes dead letters, all of them, while the others work", async () => {
  const [bad = "", ...others] = await inOnePartition("strict", "f", 6);
  await allHeard([bad, ...others], 1);
  const flood = 1_500;
  // To actors that don't exist yet, so that none of them is parked: each message kills the first turn of its own.
  const flooding = Promise.all(
    Array.from({ length: flood }, (_, i) =>
      jetstream(nc).publish(subjects.mailbox(`strict.flood${i}`), '{"type":"Nonsense"}'),
    ),
  );
  await tellAll(others, 2, 10);
  await flooding;
  await allHeard(others, 11);
  await until(async () => {
    const { state } = await jsm.streams.info(streams.dead, { subjects_filter: "callboard.dead.strict.*" });
    return Object.keys(state.subjects ?? {}).filter((subject) => subject.includes("flood")).length === flood;
  }, "each is a dead letter");
}, 120_000);
