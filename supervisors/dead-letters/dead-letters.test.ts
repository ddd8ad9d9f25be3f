/** Dead letters and parked actors as ops deals with them, on a real NATS: each act once, and recorded. */
import { type JetStreamManager, jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { Schema } from "effect";
import { afterAll, beforeAll, expect, test } from "vitest";
import { assign, emit, setup } from "xstate";
import { defineActor } from "../../actors/define-actor.ts";
import {
  DeadPage,
  DeskAnswer,
  type DeskRequest,
  PausedList,
  ReplayReport,
} from "../../protocols/dead-letter.ts";
import { streams, subjects } from "../../protocols/subjects.ts";
import { type ActorNode, startActorNode } from "../actor-node.ts";
import { hostKind } from "../runtime/hosted-kind.ts";
import { startNats, type TestNats } from "../testkit/nats.ts";

const Word = Schema.Struct({ type: Schema.Literal("Say"), word: Schema.String });
/** Words that this machine can't hear, until somebody mends it. */
const broken = new Set<string>();
const parrot = (kind: string) =>
  defineActor({
    kind,
    message: Word,
    machine: setup({
      types: { context: {} as { heard: string[] }, events: {} as typeof Word.Type },
    }).createMachine({
      id: `${kind}@1`,
      context: { heard: [] },
      on: {
        Say: {
          actions: [
            assign(({ context, event }) => {
              if (broken.has(event.word)) throw new Error(`can't hear ${event.word}`);
              return { heard: [...context.heard, event.word] };
            }),
            emit(({ event }) => ({ type: "Heard", word: event.word })),
          ],
        },
      },
    }),
  });
const policy = { restarts: 0, minBackoffMs: 1, maxBackoffMs: 1 };

let nats: TestNats;
let nc: NatsConnection;
let jsm: JetStreamManager;
let node: ActorNode;

beforeAll(async () => {
  nats = await startNats();
  nc = await connect(nats.connection());
  node = await startActorNode({
    nc,
    nodeId: "n1",
    kinds: [
      hostKind(parrot("parrot"), { ...policy, lastResort: "dead-letter" }),
      hostKind(parrot("careful"), { ...policy, lastResort: "pause" }),
    ],
  });
  jsm = await jetstreamManager(nc);
});
afterAll(async () => {
  await node?.stop();
  await nc?.close();
  await nats?.stop();
});

const answerOf = Schema.decodeUnknownSync(DeskAnswer);
/** As an edge asks. */
const ask = async (request: DeskRequest) =>
  answerOf((await nc.request(subjects.desk, JSON.stringify(request), { timeout: 30_000 })).json());
const told = async <S extends Schema.Decoder<unknown>>(
  schema: S,
  request: DeskRequest,
): Promise<S["Type"]> => {
  const answer = await ask(request);
  if (!answer.ok) throw new Error(answer.message);
  return Schema.decodeUnknownSync(schema)(answer.value);
};
const dead = (of?: string) => told(DeadPage, { type: "ListDead", of, limit: 200 });
const say = (address: string, word: string) =>
  jetstream(nc).publish(subjects.mailbox(address), JSON.stringify({ type: "Say", word }));
const by = { by: "omar", reason: "the bug is mended" };

async function until<T>(look: () => Promise<T | null | false | undefined>): Promise<T> {
  for (const deadline = Date.now() + 10_000; ; ) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > deadline) throw new Error("not seen within 10 s");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
const lettersOf = (of: string, count: number) =>
  until(async () => {
    const { items } = await dead(of);
    return items.length === count && items;
  });
const heardBy = async (address: string): Promise<string[]> => {
  const state = await jsm.streams.getMessage(streams.acts, { last_by_subj: subjects.state(address) });
  return state === null ? [] : (JSON.parse(state.string()).snapshot?.context.heard ?? []);
};
const recorded = async (type: string, about: string) => {
  const fact = await jsm.streams.getMessage(streams.events, { last_by_subj: subjects.event(type, about) });
  return fact?.json<Record<string, unknown>>();
};

test("a letter is listed with its cause, replayed once, recorded, and gone", async () => {
  broken.add("one");
  await say("parrot.a", "one");
  const [letter] = await lettersOf("parrot.a", 1);
  expect(letter).toMatchObject({
    actor: "parrot.a",
    cause: { name: "Error", message: "can't hear one" },
    message: { type: "Say", word: "one" },
    replayTo: "callboard.act.parrot.a",
  });
  const seq = letter?.letter ?? 0;
  broken.delete("one");
  // Two people press at once.
  const answers = await Promise.all([
    ask({ type: "ReplayDead", letter: seq, ...by }),
    ask({ type: "ReplayDead", letter: seq, ...by }),
  ]);
  expect(answers.some(({ ok }) => ok)).toBe(true);
  await until(async () => (await heardBy("parrot.a")).length > 0);
  await say("parrot.a", "two");
  await until(async () => (await heardBy("parrot.a")).includes("two"));
  expect(await heardBy("parrot.a")).toEqual(["one", "two"]);
  expect((await dead("parrot.a")).items).toEqual([]);
  expect(await recorded("DeadLetterReplayed", String(seq))).toMatchObject({
    ...by,
    letter: seq,
    dead: "parrot.a",
    edited: false,
    actor: "desk.omar",
  });
  expect(await ask({ type: "ReplayDead", letter: seq, ...by })).toMatchObject({
    ok: false,
    reason: "NoSuchLetter",
  });
});

test("a letter that is not as its kind hears it is edited and then heard", async () => {
  await jetstream(nc).publish(subjects.mailbox("parrot.b"), '{"type":"Say","words":"typo"}');
  const [letter] = await lettersOf("parrot.b", 1);
  await ask({
    type: "ReplayDead",
    letter: letter?.letter ?? 0,
    message: { type: "Say", word: "mended" },
    ...by,
  });
  await until(async () => (await heardBy("parrot.b")).includes("mended"));
  expect(await recorded("DeadLetterReplayed", String(letter?.letter))).toMatchObject({ edited: true });
});

test("a dropped letter is gone and recorded", async () => {
  broken.add("three");
  await say("parrot.c", "three");
  const [letter] = await lettersOf("parrot.c", 1);
  await ask({ type: "DropDead", letter: letter?.letter ?? 0, ...by });
  expect((await dead("parrot.c")).items).toEqual([]);
  expect(await recorded("DeadLetterDropped", String(letter?.letter))).toMatchObject({
    ...by,
    cause: "Error: can't hear three",
  });
  expect(await heardBy("parrot.c")).toEqual([]);
});

test("many are replayed in phases: it stops at the first sample that dies again, and goes on when none does", async () => {
  broken.add("many");
  for (let i = 0; i < 60; i++) await say("parrot.d", "many");
  await lettersOf("parrot.d", 60);
  const bulk = { type: "ReplayMany", of: "parrot.d", sample: 2, most: 1_000, ...by } as const;
  const first = await told(ReplayReport, bulk);
  expect(first).toEqual({ replayed: 2, diedAgain: 2, left: 58 });
  broken.delete("many");
  expect(await told(ReplayReport, bulk)).toEqual({ replayed: 60, diedAgain: 0, left: 0 });
  expect(await heardBy("parrot.d")).toHaveLength(60);
  expect((await dead("parrot.d")).items).toEqual([]);
}, 60_000);

test("a parked actor is listed, and resumed with the edited message before its parked mail", async () => {
  broken.add("poison");
  await say("careful.x", "poison");
  await say("careful.x", "later");
  const parked = await until(async () => {
    const { items } = await told(PausedList, { type: "ListPaused" });
    return items.find(({ address, mail, reason }) => address === "careful.x" && mail === 1 && reason !== "");
  });
  expect(parked.reason).toBe("Error: can't hear poison");
  const [letter] = await lettersOf("careful.x", 1);
  const message = { type: "Say", word: "antidote" };
  const resumed = await ask({
    type: "ResumePaused",
    address: "careful.x",
    letter: letter?.letter,
    message,
    ...by,
  });
  expect(resumed).toEqual({ ok: true, value: { mail: 1 } });
  await until(async () => (await heardBy("careful.x")).length === 2);
  expect(await heardBy("careful.x")).toEqual(["antidote", "later"]);
  expect(await recorded("ActorResumed", "careful.x")).toMatchObject({ ...by, address: "careful.x", mail: 1 });
});

test("what can't be done is refused with a sentence", async () => {
  expect(await ask({ type: "DropDead", letter: 999_999, ...by })).toMatchObject({
    ok: false,
    message: expect.stringContaining("There is no dead letter 999999"),
  });
  await jetstream(nc).publish(
    subjects.dead("application.z"),
    '{"type":"ApplicationFailed","reason":"closed"}',
  );
  const [letter] = await lettersOf("application.z", 1);
  expect(letter).toMatchObject({ replayTo: null, cause: { name: "ApplicationFailed" } });
  expect(await ask({ type: "ReplayDead", letter: letter?.letter ?? 0, ...by })).toMatchObject({
    ok: false,
    reason: "NothingToReplay",
  });
});
