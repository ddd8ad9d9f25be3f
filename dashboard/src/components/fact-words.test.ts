import { expect, test } from "vitest";
import { factWords, jobsIn, readableId, unknownWork } from "./fact-words.ts";

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

test("where the job is not known, an application is called one and not the candidate, and an id is none of somebody", () => {
  const id = "sofia-marchetti-3604f472cdf6f540efc1c10c";
  const told = { ...names, application: unknownWork };
  const ended = { type: "ApplicationFailed", application: id, reason: "The form has changed." };
  expect(factWords({ type: ended.type, about: id, fact: ended }, told)).toBe(
    "The application of Sofia Marchetti failed: The form has changed.",
  );
  const matched = { type: "JobMatched", job: "a8e8a660cdf6f540efc1c10c", considered: 12, proposed: 2 };
  expect(factWords({ type: "JobMatched", about: matched.job, fact: matched }, told)).toBe(
    "The job a8e8a660 is matched: 12 candidates considered, 2 proposed",
  );
});

test("a job is known by its own id and by those of the applications for it", () => {
  const job = { id: "a8e8a660cdf6f540efc1c10c", title: "Data Analyst", company: "Northwind" };
  const jobs = jobsIn([{ about: "ada-1", fact: { type: "ApplicationScored", job } }]);
  expect([jobs.get("ada-1"), jobs.get(job.id)]).toEqual([
    "Data Analyst · Northwind",
    "Data Analyst · Northwind",
  ]);
});
