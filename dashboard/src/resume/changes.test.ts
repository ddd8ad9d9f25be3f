import { expect, test } from "vitest";
import { keptOf, reviewOfChanges } from "./changes.ts";
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

test("of the changes those are kept whose text was kept and still stands there", () => {
  const highlights = (...lines: string[]) => withLines(base, { section: "work", index: 0 }, lines);
  const kept = new Set(["Ran Kafka", "Wrote tests"]);
  expect(keptOf(base, highlights("Ran Kafka", "Wrote tests"), kept)).toBe(1);
  expect(keptOf(base, highlights("Ran Kafka"), kept)).toBe(2);
  expect(keptOf(base, highlights("Ran RabbitMQ", "Wrote tests"), kept)).toBe(0);
  expect(keptOf(base, withSummary(base, "Ran Kafka"), kept)).toBe(1);
});
