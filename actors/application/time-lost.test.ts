import fc from "fast-check";
import { expect, test } from "vitest";
import { uncovered } from "./time-lost.ts";

const range = fc.tuple(fc.nat(30), fc.nat(30)).map(([from, length]) => ({ from, to: from + length }));

test("what lies in none of the others, counted one by one", () => {
  fc.assert(
    fc.property(range, fc.array(range, { maxLength: 5 }), (one, others) => {
      let count = 0;
      for (let at = one.from; at < one.to; at++)
        if (!others.some(({ from, to }) => from <= at && at < to)) count++;
      expect(uncovered(one, others)).toBe(count);
    }),
  );
  expect(uncovered({ from: 9, to: 3 }, [])).toBe(0);
});
