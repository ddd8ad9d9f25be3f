/** What the application really says, counted: whatever happens to one, the sums are what it is. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { oneOfEach, propose, scoreOf } from "../../../actors/application/example.ts";
import { applicationMachine } from "../../../actors/application/machine.ts";
import { Conversation } from "../../../actors/conversation.ts";
import { figuresOf } from "../../../actors/pulse/fold.ts";
import type { Fact } from "../../../protocols/event.ts";
import { factCounter } from "./count-facts.ts";

const countsOf = (facts: readonly Fact[]) => {
  const counter = factCounter();
  for (const fact of facts) counter.add(fact, 0);
  return counter.deltas().counts;
};
const factsOf = ({ said }: Conversation) =>
  said.filter(({ to }) => to === "fact").map(({ message }) => message as unknown as Fact);
const waits = ({ state }: Conversation) =>
  ["waiting", "escalated", "reviewing"].includes(state.value as string) ? 1 : 0;

const commands = oneOfEach("bob", 1, 1, 1).length;
const people = ["bob", "eve", "mia", "ian"];
const step = fc.oneof(
  fc.record({ what: fc.nat(commands - 1), who: fc.nat(people.length - 1) }),
  // What leads on, so that a walk gets somewhere.
  fc.record({ what: fc.constantFrom(1, 15, 17), who: fc.nat(people.length - 1) }),
  fc.constantFrom({ passMs: 21 * 60_000 }, { passMs: 61 * 60_000 }),
);

test("a review is pending from the moment a person is asked until somebody has decided, whatever happens between", () => {
  fc.assert(
    fc.property(fc.constantFrom(60, 95), fc.array(step, { maxLength: 40 }), (score, steps) => {
      const talk = new Conversation(applicationMachine, { id: "ada-f00d" });
      talk.tell(propose(scoreOf(score)));
      for (const one of steps) {
        if ("passMs" in one) talk.pass(one.passMs);
        else {
          const { employee, assignment, request, attempt, ended } = talk.state.context;
          const who = employee ?? (one.what === 17 ? ended?.employee : undefined) ?? people[one.who] ?? "bob";
          const message = oneOfEach(who, assignment, request, attempt)[one.what];
          if (message !== undefined) talk.tell(message);
        }
        const { pendingReviews } = countsOf(factsOf(talk));
        if (pendingReviews !== waits(talk))
          throw new Error(
            `${pendingReviews} pending in ${JSON.stringify(talk.state.value)} after ${factsOf(talk).map(({ type }) => type)}`,
          );
      }
    }),
    { numRuns: 300 },
  );
});

const manager = { by: "lena", reason: "so", replyTo: "asker" };
const reviewed = (...facts: readonly Record<string, unknown>[]) => {
  const talk = new Conversation(applicationMachine, { id: "ada-f00d" });
  talk.tell(propose(scoreOf(60)));
  for (const message of facts) talk.tell(message as { type: string });
  return factsOf(talk);
};
const assign = { type: "AssignReview", employee: "bob", request: 1, queue: "main" };
const decide = { employee: "bob", assignment: 1, replyTo: "asker" };

test("the rates are of what was decided: undecided ones are neither, and a rejection is a decision", () => {
  const approved = reviewed(assign, {
    type: "CompleteReview",
    ...decide,
    resumeVersion: "ada/3",
    answers: [],
  });
  const rejected = reviewed(assign, { type: "RejectPosting", ...decide, reason: "no" });
  const dropped = reviewed({ type: "DropReview", ...manager });
  const machine = new Conversation(applicationMachine, { id: "ada-f00d" });
  machine.tell(propose(scoreOf(95)));
  const facts = [...approved, ...rejected, ...dropped, ...reviewed(), ...factsOf(machine)];
  const counts = countsOf(facts);
  expect(counts).toMatchObject({ autoApproved: 1, reviewed: 3, pendingReviews: 1 });
  expect(figuresOf({ position: 1, counts, minutes: [], portals: [] }, 0).kpis).toMatchObject({
    autoApplyRate: 0.25,
    manualRate: 0.75,
  });
});

test("what the machine approved and could not do alone is not its own, once", () => {
  const talk = new Conversation(applicationMachine, { id: "ada-f00d" });
  talk.tell(propose(scoreOf(95)));
  talk.tell({ type: "SubmissionNeedsPerson", attempt: 1, questions: ["Why us?"], evidence: [] });
  expect(countsOf(factsOf(talk))).toMatchObject({ autoApproved: 0, reviewed: 0, pendingReviews: 1 });
  talk.tell(assign);
  talk.tell({ type: "CompleteReview", ...decide, resumeVersion: "ada/3", answers: [] });
  talk.tell({ type: "SubmissionNeedsPerson", attempt: 2, questions: ["And why?"], evidence: [] });
  expect(countsOf(factsOf(talk))).toMatchObject({ autoApproved: 0, reviewed: 1, pendingReviews: 1 });
});
