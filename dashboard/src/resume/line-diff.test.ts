import { expect, test } from "vitest";
import { diffLines } from "./line-diff.ts";

const marks = (base: string[], current: string[]) =>
  diffLines(base, current).map((c) => `${c.kind} ${c.kind === "removed" ? c.base : c.text}`);

test("an untouched list has only lines that stayed", () => {
  expect(marks(["a", "b"], ["a", "b"])).toEqual(["same a", "same b"]);
});

test("a reworded line is one change that remembers its base, not a removal and an addition", () => {
  expect(diffLines(["a", "b", "c"], ["a", "B", "c"])[1]).toEqual({
    kind: "changed",
    index: 1,
    text: "B",
    base: "b",
  });
});

test("a line put in and a line taken out are marked where they stand", () => {
  expect(marks(["a", "b", "c"], ["a", "x", "b"])).toEqual(["same a", "added x", "same b", "removed c"]);
});

test("from nothing and to nothing", () => {
  expect(marks([], ["a"])).toEqual(["added a"]);
  expect(marks(["a"], [])).toEqual(["removed a"]);
  expect(marks([], [])).toEqual([]);
});
