import { expect, test } from "vitest";
import { factWords, readableId } from "./fact-words.ts";

const names = {
  person: (id: string) => (id === "jon" ? "Jon" : id),
  application: (id: string) => (id === "a-1" ? "Data Analyst · Northwind" : readableId(id)),
};

test("a fact is a sentence with names, not a type with ids", () => {
  const fact = { type: "ReviewWarned", employee: "jon", application: "a-1" };
  expect(factWords({ type: "ReviewWarned", about: "a-1", fact }, names)).toBe(
    "Jon is warned: little time left for Data Analyst · Northwind",
  );
});

test("a fact that is not known here is still readable", () => {
  const fact = { type: "IncidentDeclared", employee: "jon", reason: "The gateway restarted." };
  expect(factWords({ type: "IncidentDeclared", about: "jon", fact }, names)).toBe(
    "Incident declared · Jon · The gateway restarted.",
  );
});

test("of an id that nobody knows the part that is a name is shown", () => {
  expect(readableId("sofia-marchetti-3604f472cdf6f540efc1c10c")).toBe("Sofia Marchetti");
});
