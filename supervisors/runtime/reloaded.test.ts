/**
 * A machine with parallel, history (shallow and deep), final and eventless states behaves the same when its state is stored
 * and read again after every single event as it does in one XState actor that lives on.
 */
import { Schema } from "effect";
import fc from "fast-check";
import { expect, test } from "vitest";
import { assign, createActor, raise, setup } from "xstate";
import { defineActor } from "../../actors/define-actor.ts";
import { decodeRecord, encodeRecord } from "./actor-record.ts";
import { hostKind } from "./hosted-kind.ts";
import { type ActorState, takeTurn } from "./turn.ts";

const words = ["NEXT", "PAUSE", "RESUME", "DEEP", "SWITCH", "FINISH", "RESTART", "COUNT"] as const;
const Message = Schema.Union(words.map((word) => Schema.Struct({ type: Schema.Literal(word) })));
type Word = (typeof words)[number];

const machine = setup({
  types: {
    context: {} as { count: number; done: number },
    events: {} as { type: Word | "TICK"; at?: number },
  },
  guards: { isOdd: ({ context }) => context.count % 2 === 1 },
}).createMachine({
  id: "walker@1",
  context: { count: 0, done: 0 },
  type: "parallel",
  states: {
    work: {
      initial: "running",
      on: { PAUSE: ".paused" },
      states: {
        running: {
          initial: "one",
          on: { SWITCH: { target: ".two", reenter: true } },
          states: {
            one: { on: { NEXT: "two" } },
            two: {
              initial: "inner",
              on: { NEXT: "three" },
              states: {
                inner: { on: { COUNT: "deeper" } },
                deeper: { on: { COUNT: { target: "inner", guard: "isOdd" } } },
              },
            },
            three: { always: { guard: "isOdd", target: "one" }, on: { NEXT: "one", FINISH: "end" } },
            end: { type: "final" },
            shallow: { type: "history" },
            deep: { type: "history", history: "deep" },
          },
          onDone: { target: "ended", actions: assign(({ context }) => ({ done: context.done + 1 })) },
        },
        paused: { on: { RESUME: "running.shallow", DEEP: "running.deep" } },
        ended: { on: { RESTART: "running", COUNT: { actions: raise({ type: "TICK" }) }, "*": {} } },
      },
    },
    clock: {
      initial: "tick",
      on: { TICK: ".tock" },
      states: {
        tick: {
          on: { COUNT: { target: "tock", actions: assign(({ context }) => ({ count: context.count + 1 })) } },
        },
        tock: {
          entry: assign(({ context }) => ({ count: context.count + 1 })),
          on: { COUNT: "tick", NEXT: undefined },
        },
      },
    },
  },
});

const kind = hostKind(defineActor({ kind: "walker", machine, message: Message }), {
  restarts: 0,
  minBackoffMs: 1,
  maxBackoffMs: 1,
  lastResort: "dead-letter",
});
const unborn: ActorState = {
  logic: kind.current,
  snapshot: null,
  cursor: 0,
  timers: {},
  tasks: {},
  attempts: 0,
  paused: null,
  ignored: 0,
  trace: null,
};

/** One turn, then a crash: only what was stored is left. */
function hear(before: ActorState, word: Word, sequence: number): ActorState {
  const context = { kind, address: "walker.a", id: "a", now: 1, newId: () => String(sequence) };
  const body = new TextEncoder().encode(JSON.stringify({ type: word }));
  const envelope = {
    kind: "mail",
    address: "walker.a",
    sequence,
    subject: "",
    trace: null,
    from: null,
  } as const;
  const { state } = takeTurn(context, before, [{ ...envelope, body, ack: () => {}, working: () => {} }]);
  const { logic, snapshot, ...rest } = state;
  const stored = { ...rest, version: logic.version, snapshot: snapshot && logic.persist(snapshot) };
  const record = decodeRecord(encodeRecord("walker.a", stored));
  return { ...record, logic, snapshot: logic.restore(record.snapshot) };
}

test("stored and read again after every event, it goes the same way", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 40 }), (sequence) => {
      const living = createActor(machine).start();
      let stored = unborn;
      for (const [i, word] of sequence.entries()) {
        living.send({ type: word });
        stored = hear(stored, word, i + 1);
        const { value, context, status } = living.getSnapshot();
        expect({
          value: stored.snapshot?.value,
          context: stored.snapshot?.context,
          status: stored.snapshot?.status,
        }).toEqual({
          value,
          context,
          status,
        });
      }
    }),
    { numRuns: 500 },
  );
});

test("a machine that never comes to rest fails its message and not the node", () => {
  const restless = setup({ types: { events: {} as { type: "NEXT"; at: number } } }).createMachine({
    id: "restless@1",
    on: { "*": { actions: raise({ type: "NEXT" } as { type: "NEXT"; at: number }) } },
  });
  const other = hostKind(defineActor({ kind: "restless", machine: restless, message: Message }), kind.policy);
  const context = { kind: other, address: "restless.a", id: "a", now: 1, newId: () => "id" };
  const body = new TextEncoder().encode('{"type":"NEXT"}');
  const mail = {
    kind: "mail",
    address: "restless.a",
    sequence: 1,
    subject: "",
    trace: null,
    from: null,
  } as const;
  const turn = takeTurn(context, { ...unborn, logic: other.current }, [
    { ...mail, body, ack: () => {}, working: () => {} },
  ]);
  expect(turn.messages.map(({ subject }) => subject)).toEqual(["callboard.out.dead.restless.a"]);
});
