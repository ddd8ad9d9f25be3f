import { expect, test } from "vitest";
import { Conversation } from "../conversation.ts";
import { propose, scoreOf } from "./example.ts";
import { applicationMachine } from "./machine.ts";

const by = { by: "lena", reason: "so", replyTo: "manager" };
const proposed = (score: number) => {
  const talk = new Conversation(applicationMachine, { id: "ada-f00d" });
  talk.tell(propose(scoreOf(score)));
  return talk;
};

test("a manager who has looked at an older list is told how the review stands", () => {
  const answer = (talk: Conversation, type: string) => talk.tell({ type, priority: 0, ...by })[0]?.message;
  const refusal = (message: RegExp) => ({ type: "Rejected", message: expect.stringMatching(message) });
  const decided = proposed(95);
  for (const type of ["SetPriority", "Requeue", "DropReview", "GiveTo"])
    expect(answer(decided, type)).toMatchObject(refusal(/^This review is not waiting any more/));
  for (const type of ["TakeBack", "GiveTime"])
    expect(answer(decided, type)).toMatchObject(refusal(/^Nobody has this review/));
  const taken = proposed(60);
  expect(answer(taken, "TakeBack")).toMatchObject(refusal(/^Nobody has this review/));
  taken.tell({ type: "AssignReview", employee: "bob", request: 1, queue: "main" });
  expect(answer(taken, "Requeue")).toMatchObject(refusal(/^Somebody has this review now/));
});
