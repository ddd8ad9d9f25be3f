import { describe, expect, test } from "vitest";
import { type EventFromLogic, initialTransition, type SnapshotFrom, transition } from "xstate";
import type { ApplyRequest, AttemptOutcome } from "../../protocols/applier.ts";
import { applierActor } from "./actor.ts";
import { applierMachine, maxOwnBackoffMs, maxQueue, maxQueueBytes, maxRecent, maxTries } from "./machine.ts";

type State = SnapshotFrom<typeof applierMachine>;

const request = (application: string, attempt = 1, answer = ""): ApplyRequest => ({
  application,
  attempt,
  job: {
    id: "f00d",
    title: "Engineer",
    company: "Acme",
    region: "eu",
    portal: "greenhouse-acme",
    url: "http://127.0.0.1/1",
    applyUrl: "http://127.0.0.1/1/apply",
  },
  candidate: {
    id: "ada",
    name: "Ada Example",
    email: "ada@example.org",
    phone: "",
    region: "eu",
    search: [],
    resumeVersion: "ada/v1",
    answerBook: [],
  },
  resumeVersion: "ada/v1",
  answers: answer === "" ? [] : [{ question: "Why?", answer }],
});
const apply = (application: string, attempt = 1, answer = "") =>
  ({ type: "Apply", request: request(application, attempt, answer), at: 1 }) as const;

/** Done and error events are the runtime's; XState's types leave them out of a machine's events. */
const step = (state: State, event: object) =>
  transition(applierMachine, state, event as EventFromLogic<typeof applierMachine>);
const done = (state: State, output: AttemptOutcome) =>
  step(state, { type: "xstate.done.actor.0.applier@2.submitting", output, at: 2 });
const cooled = (state: State) => step(state, { type: "xstate.after.coolDown.applier@2.cooling", at: 3 })[0];
const start = () => initialTransition(applierMachine, { id: "greenhouse-acme", at: 0 })[0];
const failed: AttemptOutcome = { outcome: "failed", reason: "the form has changed", evidence: [] };
const blocked: AttemptOutcome = { outcome: "blocked", reason: "captcha", retryAfterMs: null };

describe("applier machine", () => {
  test("can be made durable", () => {
    expect(applierActor().kind).toBe("applier");
  });

  test("fills one form at a time, in order", () => {
    let [state] = step(start(), apply("a"));
    [state] = step(state, apply("b"));
    expect([state.value, state.context.queue.length]).toEqual(["submitting", 2]);
    const [next, said] = done(state, failed);
    expect(next.value).toBe("submitting");
    expect(next.context.queue[0]?.application).toBe("b");
    expect(JSON.stringify(said)).toContain('"application.a"');
    expect(JSON.stringify(said)).toContain("SubmissionFailed");
    expect(done(next, failed)[0].value).toBe("idle");
  });

  const proof = {
    reference: "NW-1",
    confirmation: "Thank you",
    evidence: [],
    resumeVersion: "",
    submittedAt: 1,
  };
  test.each<[AttemptOutcome, string]>([
    [{ outcome: "confirmed", proof }, "SubmissionConfirmed"],
    [{ outcome: "duplicate", detail: "has applied" }, "SubmissionDuplicate"],
    [failed, "SubmissionFailed"],
    [{ outcome: "needs-person", questions: ["Why?"], evidence: [] }, "SubmissionNeedsPerson"],
    [{ outcome: "uncertain", detail: "pressed" }, "SubmissionUncertain"],
    [{ outcome: "ready", evidence: ["a/1-before.png"] }, "SubmissionReady"],
  ])("reports %o with its attempt", (outcome, type) => {
    const [state, said] = done(step(start(), apply("a", 3))[0], outcome);
    expect(state.value).toBe("idle");
    expect(JSON.stringify(said)).toContain(`"type":"${type}","attempt":3`);
  });

  test("does not take the same attempt twice, queued or done", () => {
    let [state] = step(start(), apply("a"));
    [state] = step(state, apply("a"));
    expect(state.context.queue).toHaveLength(1);
    [state] = done(state, failed);
    const [after, said] = step(state, apply("a"));
    expect([after.value, said.length]).toEqual(["idle", 0]);
    expect(step(state, apply("a", 2))[0].value).toBe("submitting");
    for (let i = 0; i < 3 * maxRecent; i++) [state] = done(step(state, apply(`x${i}`))[0], failed);
    expect(state.context.recent).toHaveLength(maxRecent);
  });

  test("is full at its bound in number and in size, and says so", () => {
    let [state] = step(start(), apply("a"));
    for (let i = 0; i < 2 * maxQueue; i++) [state] = step(state, apply(`x${i}`));
    expect(state.context.queue).toHaveLength(maxQueue);
    expect(JSON.stringify(step(state, apply("late"))[1])).toContain("ApplierBusy");
    const [one] = step(start(), apply("a", 1, "x".repeat(maxQueueBytes - 2_000)));
    expect(JSON.stringify(step(one, apply("b", 1, "x".repeat(4_000)))[1])).toContain("ApplierBusy");
  });

  test("pauses when blocked, tries again, and gives up after its last try", () => {
    let [state] = step(start(), apply("a"));
    [state] = step(state, apply("b"));
    for (let tries = 1; tries < maxTries; tries++) {
      const [cooling, said] = done(state, blocked);
      expect([cooling.value, cooling.context.tries]).toEqual(["cooling", tries]);
      expect(JSON.stringify(said)).toContain("ApplierBlocked");
      expect(JSON.stringify(said)).not.toContain("SubmissionFailed");
      state = cooled(cooling);
      expect(state.value).toBe("submitting");
    }
    const [cooling, said] = done(state, { ...blocked, evidence: ["a/1-instead.png"] });
    expect(cooling.value).toBe("cooling");
    expect(JSON.stringify(said)).toContain("SubmissionFailed");
    expect(JSON.stringify(said)).toContain("a/1-instead.png");
    expect(cooling.context.queue.map(({ application }) => application)).toEqual(["b"]);
    const [reset] = step(cooling, { type: "ResetBreaker", at: 4 });
    expect([reset.value, reset.context.failures]).toEqual(["submitting", 0]);
  });

  test("takes our own failure as a pause, not as an answer", () => {
    const [state] = step(start(), apply("a"));
    const [cooling] = step(state, {
      type: "xstate.error.actor.0.applier@2.submitting",
      error: { name: "Error", message: "no browser" },
      at: 2,
    });
    expect([cooling.value, cooling.context.trouble, cooling.context.queue.length]).toEqual([
      "cooling",
      "no browser",
      1,
    ]);
    expect(cooling.context.failures).toBe(0);
  });

  test("waits at most a minute or so for our own trouble, however long the portal was shut before", () => {
    let [state] = step(start(), apply("a"));
    for (let n = 1; n < maxTries; n++) state = cooled(done(state, blocked)[0]);
    const [, said] = step(state, {
      type: "xstate.error.actor.0.applier@2.submitting",
      error: { name: "Error", message: "no browser" },
      at: 2,
    });
    const [wait] = /(?<="retryAfterMs":)[0-9]+/.exec(JSON.stringify(said)) ?? [];
    expect(Number(wait)).toBeGreaterThan(0);
    expect(Number(wait)).toBeLessThan(1.3 * maxOwnBackoffMs);
  });

  test("hears every message in every state without breaking", () => {
    const [submitting] = step(start(), apply("a"));
    const [cooling] = done(submitting, blocked);
    const reached = [start(), submitting, cooling].map((state) =>
      [apply("z"), { type: "ResetBreaker", at: 9 }].map((message) => step(state, message)[0].value),
    );
    expect(reached).toEqual([
      ["submitting", "idle"],
      ["submitting", "submitting"],
      ["cooling", "submitting"],
    ]);
  });

  const inputOf = (said: readonly object[]) => JSON.stringify(said).match(/"press":(true|false)/)?.[1];
  const switchTo = (mode: "dry-run" | "live") =>
    ({ type: "SwitchMode", mode, by: "mo", reason: "checked by hand", at: 5 }) as const;

  test("only fills until a manager lets it send, and says who did", () => {
    expect(inputOf(step(start(), apply("a"))[1])).toBe("false");
    const [live, said] = step(start(), switchTo("live"));
    expect(JSON.stringify(said)).toContain("ApplierModeChanged");
    expect(JSON.stringify(said)).toContain("Accepted");
    expect(inputOf(step(live, apply("a"))[1])).toBe("true");
    expect(inputOf(step(step(live, switchTo("dry-run"))[0], apply("a"))[1])).toBe("false");
    expect(JSON.stringify(step(live, { type: "Describe", replyTo: "r", at: 6 })[1])).toContain(
      '"mode":"live","by":"mo","at":5,"reason":"checked by hand"',
    );
  });

  test("sends at the demo portal without being told, but not against a manager's word", () => {
    const demo = initialTransition(applierMachine, {
      id: "demo",
      at: 0,
      liveAt: ["http://127.0.0.1/"],
    })[0];
    expect(inputOf(step(demo, apply("a"))[1])).toBe("true");
    expect(inputOf(step(step(demo, switchTo("dry-run"))[0], apply("a"))[1])).toBe("false");
  });

  test("sends what a person has seen and sends", () => {
    const seen = { ...apply("a"), request: { ...request("a"), send: true } };
    expect(inputOf(step(start(), seen)[1])).toBe("true");
  });

  test("sends no more than its daily number for one candidate, what waits included, and goes on tomorrow", () => {
    let state = initialTransition(applierMachine, { id: "p", at: 0, dailyLimit: 2, liveAt: ["http"] })[0];
    [state] = step(state, apply("a"));
    [state] = step(state, apply("b"));
    const [third, said] = step(state, apply("c"));
    expect(third.context.queue).toHaveLength(2);
    expect(JSON.stringify(said)).toContain('"type":"ApplierBusy","attempt":1,"retryAfterMs":86399999');
    [state] = done(third, { outcome: "confirmed", proof });
    [state] = done(state, failed); // Not sent, so not counted.
    [state] = step(state, apply("d"));
    expect(state.value).toBe("submitting");
    [state] = done(state, { outcome: "uncertain", detail: "pressed" });
    expect(JSON.stringify(step(state, apply("e"))[1])).toContain("ApplierBusy");
    const other = apply("f");
    const bob = {
      ...other,
      request: { ...other.request, candidate: { ...other.request.candidate, id: "bob" } },
    };
    expect(step(state, bob)[0].value).toBe("submitting");
    expect(step(state, { ...apply("e"), at: 86_400_001 })[0].value).toBe("submitting");
  });

  test("rests between two forms", () => {
    let state = initialTransition(applierMachine, { id: "p", at: 0, everyMs: 1_000 })[0];
    [state] = step(state, apply("a"));
    [state] = step(state, apply("b"));
    [state] = done(state, failed);
    expect([state.value, state.context.queue.length]).toEqual(["resting", 1]);
    const [next] = step(state, { type: "xstate.after.rest.applier@2.resting", at: 9 });
    expect(next.value).toBe("submitting");
  });

  test("carries an applier of before the modes over: nobody has decided for it", () => {
    const { mode: _mode, switched: _switched, sent: _sent, day: _day, ...old } = start().context;
    const moved = applierActor().migrate?.({ value: "idle", context: old }, "applier@1");
    expect(moved).toMatchObject({ context: { mode: null, sent: {}, day: 0, id: "greenhouse-acme" } });
  });
});

describe("an application that is withdrawn", () => {
  const withdraw = (application: string, attempt = 1) =>
    ({ type: "Withdraw", application, attempt, at: 1 }) as const;
  const queueOf = (state: State) => state.context.queue.map(({ application }) => application);
  const two = () => step(step(start(), apply("a"))[0], apply("b"))[0];

  test("leaves the queue, and is told so", () => {
    const [state, said] = step(two(), withdraw("b"));
    expect(queueOf(state)).toEqual(["a"]);
    expect(JSON.stringify(said)).toContain('"application.b"');
    expect(JSON.stringify(said)).toContain("SubmissionWithdrawn");
    // It can't come in by a message that is repeated.
    expect(queueOf(step(state, apply("b"))[0])).toEqual(["a"]);
  });

  test("stays where it may be at the button: its outcome will be told", () => {
    const [state, said] = step(two(), withdraw("a"));
    expect([queueOf(state), said.length]).toEqual([["a", "b"], 0]);
  });

  test("leaves while the portal does not let us in, and the next has all its tries", () => {
    const [cooling] = done(two(), blocked);
    const [state] = step(cooling, withdraw("a"));
    expect([queueOf(state), state.value, state.context.tries]).toEqual([["b"], "cooling", 0]);
    expect(cooled(state).value).toBe("submitting");
    expect(step(state, withdraw("nobody"))[1]).toEqual([]);
  });
});
