import { expect, test } from "vitest";
import { numberProblem } from "./number-problem.ts";

test.each(["1", "15", " 1440 ", "60"])("%j minutes of trouble are fine", (typed) => {
  expect(numberProblem(typed, { min: 1, max: 1440, unit: "minutes", whole: true })).toBe("");
});

test.each(["", "0", "-5", "0.2", "5000", "1e9", "soon"])("%j minutes are none", (typed) => {
  expect(numberProblem(typed, { min: 1, max: 1440, unit: "minutes", whole: true })).toBe(
    "A whole number from 1 to 1440 minutes, please.",
  );
});

test("a length of time may be short, and not nothing", () => {
  const bounds = { min: null, max: 60, unit: "min" };
  expect(numberProblem("0.3333", bounds)).toBe("");
  expect(numberProblem("0", bounds)).toBe("A number more than 0 and at most 60 min, please.");
  expect(numberProblem("90", bounds)).toBe("A number more than 0 and at most 60 min, please.");
});
