import { expect, test } from "vitest";
import { leastWidth } from "./table-width.ts";

test("a column without a width has room of its own, however wide the others are", () => {
  expect(leastWidth([{ width: "7rem" }, { width: "15rem" }, { width: "22rem" }, {}, {}])).toBe(44 + 2 * 11);
});

test("few columns are as wide as a table is at least", () => {
  expect(leastWidth([{}, { width: "8rem" }])).toBe(44);
});
