import { expect, test } from "vitest";
import { reviewOfChanges } from "./changes.ts";
import { lineAdded, withLines, withSummary } from "./edit.ts";

const base = {
  basics: { summary: "Backend engineer" },
  work: [{ name: "Contoso", highlights: ["Ran the billing service", "Wrote tests"] }],
};

test("an untouched résumé has nothing to check", () => {
  expect(reviewOfChanges(base, base)).toEqual({ changed: 0, claims: [] });
});

test("counts each change, and lists only those that claim something new", () => {
  const edited = withLines(withSummary(base, "Engineer, backend"), { section: "work", index: 0 }, [
    "Ran the billing service",
    ...lineAdded([], "Ran Kafka"),
  ]);
  expect(reviewOfChanges(base, edited)).toEqual({
    changed: 2,
    claims: [{ line: "Ran Kafka", words: ["Kafka"] }],
  });
});
