/** Turns without a server: what is stored, what is said, and what a failing input leaves behind. */
import { Schema } from "effect";
import fc from "fast-check";
import { expect, test } from "vitest";
import { assign, enqueueActions, raise, sendTo, setup } from "xstate";
import { defineActor } from "../../actors/define-actor.ts";
import { remote, reply, topicOfNewTrace } from "../../actors/remote.ts";
import { task } from "../../actors/task.ts";
import type { SupervisionPolicy } from "../tree.ts";
import { decodeRecord } from "./actor-record.ts";
import { messagesOf } from "./committer.ts";
import type { Delivery } from "./delivery.ts";
import { hostKind } from "./hosted-kind.ts";
import type { ResidentActor } from "./resident-actor.ts";
import { type ActorState, refuseInput, type Turn, takeTurn } from "./turn.ts";

const Message = Schema.Union([
  Schema.Struct({ type: Schema.Literal("Note"), text: Schema.String }),
  Schema.Struct({ type: Schema.Literal("Ask"), replyTo: Schema.String }),
  Schema.Struct({ type: Schema.Literal("Blink") }),
  Schema.Struct({ type: Schema.Literal("Talk") }),
  Schema.Struct({ type: Schema.Literal("Chatter") }),
  Schema.Struct({ type: Schema.Literal("Sneak") }),
  Schema.Struct({ type: Schema.Literal("Fail") }),
  Schema.Struct({ type: Schema.Literal("Work") }),
  Schema.Struct({ type: Schema.Literal("Leave") }),
  Schema.Struct({ type: Schema.Literal("Unheard") }),
]);

const machine = setup({
  types: {
    input: {} as { id: string; at: number },
    context: {} as { id: string; notes: string[]; at: number },
    events: {} as ((typeof Message)["Type"] | { type: "Own" }) & { at?: number },
  },
  actors: { work: task<string, string>() },
}).createMachine({
  id: "scribe@1",
  context: ({ input }) => ({ id: input.id, notes: [], at: input.at }),
  initial: "idle",
  on: {
    Note: {
      actions: assign(({ context, event }) => ({ notes: [...context.notes, event.text], at: event.at ?? 0 })),
    },
    Ask: { actions: sendTo(({ event }) => reply(event.replyTo), { type: "Answer" }) },
    Talk: {
      actions: [
        sendTo(remote("scribe", "é b"), { type: "Note", text: "from me" }),
        sendTo(topicOfNewTrace("jobs.raw.x"), { type: "Found" }),
        sendTo(({ self }) => self, { type: "Own" }),
      ],
    },
    Own: { actions: assign(({ context }) => ({ notes: [...context.notes, "own"] })) },
    Chatter: { actions: sendTo(({ self }) => self, { type: "Chatter" }) },
    Sneak: { actions: enqueueActions(({ enqueue }) => enqueue(() => {})) },
    Fail: {
      actions: [
        sendTo(remote("scribe", "other"), { type: "Note", text: "never said" }),
        assign(() => {
          throw new Error("broken");
        }),
      ],
    },
  },
  states: {
    idle: {
      on: {
        Blink: { actions: [raise({ type: "Own" }, { delay: 1_000, id: "blink" })], target: "blinking" },
        Work: "working",
      },
    },
    blinking: { on: { Leave: "idle" }, after: { 500: "idle" } },
    working: { invoke: { id: "job", src: "work", input: "x", onDone: "idle" }, on: { Leave: "idle" } },
  },
});
const definition = defineActor({ kind: "scribe", machine, message: Message, tasks: { work: {} } });
const kindWith = (policy: Partial<SupervisionPolicy> = {}) =>
  hostKind(
    definition,
    { restarts: 0, minBackoffMs: 100, maxBackoffMs: 1_000, lastResort: "dead-letter", ...policy },
    { work: async () => "done" },
  );

const unborn = (logic: ActorState["logic"]): ActorState => ({
  logic,
  snapshot: null,
  paged: {},
  cursor: 0,
  timers: {},
  tasks: {},
  attempts: 0,
  paused: null,
  ignored: 0,
  trace: null,
});
let ids = 0;
const mail = (sequence: number, body: unknown): Delivery => ({
  kind: "mail",
  address: "scribe.a",
  sequence,
  subject: "callboard.part.3.scribe.a",
  body: new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body)),
  trace: "0123456789abcdef0123456789abcdef",
  from: null,
  ack: () => {},
  working: () => {},
});
const turnOf = (inputs: Delivery[], state?: ActorState, policy?: Partial<SupervisionPolicy>) => {
  const kind = kindWith(policy);
  const context = { kind, address: "scribe.a", id: "a", now: 1_000, newId: () => `id${++ids}` };
  return takeTurn(context, state ?? unborn(kind.current), inputs, 0);
};
const notes = (state: ActorState) => (state.snapshot?.context as { notes: string[] } | undefined)?.notes;
const subjects = (turn: { messages: readonly { subject: string }[] }) =>
  turn.messages.map(({ subject }) => subject);

test("applies what came, in order, with the time of the turn, and remembers how far it has come", () => {
  const turn = turnOf([mail(4, { type: "Note", text: "one" }), mail(9, { type: "Note", text: "two" })]);
  expect(notes(turn.state)).toEqual(["one", "two"]);
  expect(turn.state.cursor).toBe(9);
  expect(turn.state.snapshot?.context.at).toBe(1_000);
});

test("applies nothing twice: what lies at or below the cursor is only consumed", () => {
  const first = turnOf([mail(4, { type: "Note", text: "one" })]);
  const again = turnOf(
    [mail(4, { type: "Note", text: "one" }), mail(5, { type: "Note", text: "two" })],
    first.state,
  );
  expect(notes(again.state)).toEqual(["one", "two"]);
  expect(again.consumed).toHaveLength(2);
});

test("any way to cut the same mail into turns ends in the same state", () => {
  const texts = fc.array(fc.string(), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(
      texts,
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 12, maxLength: 12 }),
      (all, cuts) => {
        const inputs = all.map((text, i) => mail(i + 1, { type: "Note", text }));
        let state: ActorState | undefined;
        for (let at = 0, cut = 0; at < inputs.length; at += cuts[cut++] ?? 1)
          state = turnOf(inputs.slice(at, at + (cuts[cut] ?? 1)), state).state;
        expect(state && notes(state)).toEqual(all);
      },
    ),
  );
});

test("speaks to remote actors by encoded address, begins a new trace where told, and hears itself within the turn", () => {
  const turn = turnOf([mail(1, { type: "Talk" })]);
  expect(subjects(turn)).toEqual(["callboard.act.scribe.=C3=A9=20b", "callboard.out.jobs.raw.x"]);
  const traces = turn.messages.map(({ headers }) =>
    headers.find(([name]) => name === "traceparent")?.[1].slice(3, 35),
  );
  expect(traces[0]).toBe("0123456789abcdef0123456789abcdef");
  expect(traces[1]).not.toBe(traces[0]);
  expect(notes(turn.state)).toEqual(["own"]);
});

test("answers only where answers are heard, whatever the asker names", () => {
  const turn = turnOf([
    mail(1, { type: "Ask", replyTo: "callboard.reply.edge1.7" }),
    mail(2, { type: "Ask", replyTo: "callboard.state.scribe.victim" }),
  ]);
  expect(turn.replies.map(({ subject }) => subject)).toEqual(["callboard.reply.edge1.7"]);
  expect(turn.messages).toEqual([]);
});

test("the broker holds the earliest timer: the next one takes its place when it is cancelled or has fired", () => {
  const alarmOf = ({ alarm }: Turn) => [alarm.cancels, alarm.sets?.subject ?? null];
  const subjectOf = (turn: Turn, name: string) => `callboard.timer.scribe.a.${turn.state.timers[name]?.id}`;
  const set = turnOf([mail(1, { type: "Blink" })]);
  // The `after` of 500 ms comes before the raise of a second.
  const after = Object.keys(set.state.timers).find((name) => name !== "blink") ?? "";
  expect(alarmOf(set)).toEqual([null, subjectOf(set, after)]);
  const left = turnOf([mail(2, { type: "Leave" })], set.state);
  expect(alarmOf(left)).toEqual([subjectOf(set, after), subjectOf(set, "blink")]);
  const ring = mail(3, { type: "callboard.timer", timer: set.state.timers.blink?.id });
  expect(alarmOf(turnOf([ring], left.state))).toEqual([subjectOf(set, "blink"), null]);
  expect(alarmOf(turnOf([mail(3, { type: "Note", text: "x" })], left.state))).toEqual([null, null]);
  expect(alarmOf(turnOf([mail(1, { type: "Blink" }), mail(2, { type: "Leave" })]))).toMatchObject([
    null,
    expect.stringContaining("callboard.timer.scribe.a."),
  ]);
});

test("a timer that rings in vain does not keep the alarm from those after it, and fires when its ring is sent again", () => {
  const set = turnOf([mail(1, { type: "Blink" })]);
  const [first] = Object.values(set.state.timers).sort((a, b) => a.dueAt - b.dueAt);
  const ring = { type: "callboard.timer", timer: first?.id };
  const parked = turnOf([mail(2, ring)], { ...set.state, paused: "a reason" });
  expect(subjects(parked)).toEqual(["callboard.parked.scribe.a"]);
  expect(parked.alarm.sets?.subject).toBe(`callboard.timer.scribe.a.${set.state.timers.blink?.id}`);
  const resumed = turnOf([mail(3, { type: "callboard.resume" }), mail(4, ring)], parked.state);
  expect(resumed.state.snapshot?.value).toBe("idle");
  expect(Object.keys(resumed.state.timers)).toEqual(["blink"]);
  // Rung from memory, its dead letter holds what the broker would have said: to be replayed.
  const overdue = { kind: "overdue", address: "scribe.a", timerId: first?.id ?? "" } as const;
  const context = { kind: kindWith(), address: "scribe.a", id: "a", now: 1_000, newId: () => "id" };
  const dead = refuseInput(context, set.state, overdue, new Error("too large"));
  expect(JSON.parse(String(dead.messages[0]?.body))).toMatchObject({ actor: "scribe.a", message: ring });
  expect(dead.alarm).toEqual(parked.alarm);
});

test("a timer of an earlier visit, or one that nobody set, changes nothing", () => {
  const set = turnOf([mail(1, { type: "Blink" })]);
  const stale = turnOf([mail(2, { type: "callboard.timer", timer: "nobody's" })], set.state);
  expect(stale.state.snapshot?.value).toBe("blinking");
  expect(stale.state.cursor).toBe(2);
});

test("an invoked task is stored with its turn; its answer counts once, and not after the state was left", () => {
  const asked = turnOf([mail(1, { type: "Work" })]);
  const entry = asked.state.tasks.job;
  expect(asked.started).toEqual([["job", entry]]);
  const answer = (taskId: string): Delivery => ({
    kind: "task",
    address: "scribe.a",
    invokeId: "job",
    taskId,
    result: { ok: true, output: "done" },
    settled: [],
  });
  const done = turnOf([answer(entry?.id ?? "")], asked.state);
  expect(done.state.snapshot?.value).toBe("idle");
  expect([...done.answered]).toEqual([entry?.id]);
  const left = turnOf([mail(2, { type: "Leave" })], asked.state);
  expect(left.stopped).toEqual([entry?.id]);
  const late = turnOf([answer(entry?.id ?? "")], left.state);
  expect(late.answered.size).toBe(0);
});

test.each([
  ["does not decode", { type: "Note", text: 7 }],
  ["is not JSON", "{"],
  ["makes the machine throw", { type: "Fail" }],
  ["asks for a side effect in a closure", { type: "Sneak" }],
  ["makes the machine talk to itself for ever", { type: "Chatter" }],
])("a message that %s becomes a dead letter, says nothing, and the next is applied", (_, body) => {
  const turn = turnOf([mail(1, body), mail(2, { type: "Note", text: "next" })]);
  expect(subjects(turn)).toEqual(["callboard.out.dead.scribe.a"]);
  expect(notes(turn.state)).toEqual(["next"]);
  expect(turn.state.cursor).toBe(2);
});

test("a failing message is tried again as often as the policy says, and holds back what follows", () => {
  const policy = { restarts: 2 };
  const inputs = [mail(1, { type: "Fail" }), mail(2, { type: "Note", text: "next" })];
  const first = turnOf(inputs, undefined, policy);
  expect([first.retryInMs, first.consumed.length, first.state.attempts]).toEqual([100, 0, 1]);
  const second = turnOf(inputs, first.state, policy);
  expect(second.retryInMs).toBe(200);
  const third = turnOf(inputs, second.state, policy);
  expect([third.retryInMs, third.consumed.length, third.state.attempts]).toEqual([null, 2, 0]);
});

test("a paused actor sets its mail aside and hears nothing until it is resumed", () => {
  const failed = turnOf([mail(1, { type: "Fail" }), mail(2, { type: "Note", text: "x" })], undefined, {
    lastResort: "pause",
  });
  expect(failed.state.paused).toContain("broken");
  expect(subjects(failed)).toEqual(["callboard.out.dead.scribe.a", "callboard.parked.scribe.a"]);
  const resumed = turnOf(
    [mail(3, { type: "callboard.resume" }), mail(4, { type: "Note", text: "y" })],
    failed.state,
  );
  expect(notes(resumed.state)).toEqual(["y"]);
});

test("counts what no state handles", () => {
  expect(turnOf([mail(1, { type: "Unheard" })]).state.ignored).toBe(1);
});

test("a state too large to be stored is refused, and the message behind it becomes a dead letter", () => {
  const kind = kindWith();
  const context = { kind, address: "scribe.a", id: "a", now: 1_000, newId: () => "id" };
  const actor = { address: "scribe.a", kind } as ResidentActor;
  const large = mail(1, { type: "Note", text: "x".repeat(300_000) });
  expect(() => messagesOf(actor, takeTurn(context, unborn(kind.current), [large]))).toThrow(
    /bound its context/,
  );
  const refused = refuseInput(context, unborn(kind.current), large, new Error("too large"));
  const [state, letter] = messagesOf(actor, refused);
  expect(decodeRecord(String(state?.body)).cursor).toBe(1);
  expect(letter?.subject).toBe("callboard.out.dead.scribe.a");
});
