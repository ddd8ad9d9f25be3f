import { expect, test } from "vitest";
import type { DeadLetter } from "../../../../protocols/dead-letter.ts";
import { arrivals, groupLetters } from "./letter-groups.ts";

const letter = (n: number, actor: string, cause: string, type: string, at = 0): DeadLetter => ({
  ...{ letter: n, actor, at, cause: { name: cause, message: "" }, from: null },
  ...{ message: { type }, replayTo: "callboard.act.x.y" },
});

test("letters with one cause at one kind of actor are one group, the largest first", () => {
  const groups = groupLetters([
    letter(3, "portal.b", "Timeout", "PollNow"),
    letter(2, "employee.ada", "SchemaError", "OfferReview"),
    letter(1, "portal.a", "Timeout", "Watch"),
    letter(4, "portal.b", "Timeout", "PollNow"),
  ]);
  expect(groups.map(({ fingerprint, letters }) => [fingerprint, letters.map((one) => one.letter)])).toEqual([
    ["Timeout portal", [1, 3, 4]],
    ["SchemaError employee", [2]],
  ]);
  expect(groups[0]?.types).toEqual(["PollNow", "Watch"]);
});

test("every letter falls into one piece of time", () => {
  const letters = [0, 30_000, 59_000, 60_000].map((at, i) => letter(i + 1, "a.b", "x", "y", at));
  expect(arrivals(letters, 60_000).reduce((sum, n) => sum + n, 0)).toBe(4);
});
