import { beforeEach, expect, test } from "vitest";
import type { Because, MyState } from "../../../protocols/api/socket.ts";
import { serverNow } from "./clock.ts";
import { endingSeen, forgetMe, mine, stateHeard } from "./my-state.ts";

const offer = (application: string) => ({
  application,
  assignment: 1,
  title: "Backend Engineer",
  company: application,
  candidateName: "Ada",
  score: 0.6,
  assignedAt: 0,
  deadlineAt: 60_000,
});
const heard = (
  status: MyState["status"],
  inHand: string | null,
  because: Because | null,
  rest: Partial<MyState> = {},
) =>
  stateHeard({
    status,
    offer: inHand === null ? null : offer(inHand),
    strikes: 0,
    warnAtStrike: 3,
    lockAtStrike: 4,
    next: null,
    because,
    ...rest,
  } as MyState);
const ended = (
  application: string,
  outcome: "completed" | "taken-back" | "missed" | "returned",
): Because => ({
  type: "Ended",
  application,
  assignment: 1,
  outcome,
  strike: outcome === "missed",
  reason: "",
});
beforeEach(forgetMe);

test("what became of a review is kept beside the next one, until it is seen or the next one has ended", () => {
  heard("reviewing", "first", { type: "Offered" });
  heard("free", null, ended("first", "taken-back"));
  heard("reviewing", "second", { type: "Offered" });
  expect(mine.get().ended).toMatchObject({ outcome: "taken-back", offer: { company: "first" } });
  heard("free", null, ended("second", "completed"));
  expect(mine.get().ended).toMatchObject({ outcome: "completed", offer: { company: "second" } });
  endingSeen();
  expect(mine.get().ended).toBeNull();
});

test("the verdict about a miss reaches what is said of it", () => {
  heard("reviewing", "first", { type: "Offered" });
  heard("away", null, ended("first", "missed"));
  heard("away", null, { type: "Struck", count: 1, level: "recorded" });
  expect(mine.get().ended).toMatchObject({ outcome: "missed", verdict: { strike: true } });
});

test("what was to follow the review is kept with its end", () => {
  heard("reviewing", "first", { type: "Offered" });
  heard("reviewing", "first", null, { next: "ending" });
  heard("away", null, ended("first", "returned"));
  expect(mine.get().ended).toMatchObject({ outcome: "returned", next: "ending" });
  heard("reviewing", "second", { type: "Offered" });
  heard("free", null, ended("second", "returned"));
  expect(mine.get().ended).toMatchObject({ next: null });
});

const dueIn = (minutes: number) => ({
  offer: { ...offer("first"), deadlineAt: serverNow() + minutes * 60_000 },
});
const warnedAt = (minutes: number) => {
  const rest = dueIn(minutes);
  heard("reviewing", "first", { type: "Offered" });
  heard(
    "reviewing",
    "first",
    { type: "Warned", application: "first", deadlineAt: rest.offer.deadlineAt },
    rest,
  );
};
const extendedTo = (minutes: number, application = "first") => {
  const rest = dueIn(minutes);
  const { deadlineAt } = rest.offer;
  heard("reviewing", "first", { type: "Extended", application, deadlineAt, reason: "" }, rest);
};

test("a warning is over when there is more time than it warned of, and comes again by the server's word", () => {
  warnedAt(5);
  expect(mine.get().warned).toMatchObject({ application: "first", assignment: 1 });
  extendedTo(10);
  expect(mine.get().warned).toBeNull();
  warnedAt(5);
  expect(mine.get().warned).toMatchObject({ application: "first" });
});

test("it stays where the time given is within it: the server does not warn again then", () => {
  warnedAt(5);
  extendedTo(4);
  expect(mine.get().warned).toMatchObject({ application: "first" });
});

test("news of another kind, and more time for another review, leave it", () => {
  warnedAt(5);
  heard("reviewing", "first", { type: "LinkChanged" }, dueIn(5));
  extendedTo(5, "another");
  expect(mine.get().warned).toMatchObject({ application: "first" });
});
