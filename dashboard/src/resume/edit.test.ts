import { expect, test } from "vitest";
import type { JsonResume } from "../../../protocols/json-resume.ts";
import { lineAdded, lineRemoved, lineSet, linesOf, tidied, withLines, withSummary } from "./edit.ts";

const resume: JsonResume = {
  basics: { name: "Ada", summary: "Old" },
  work: [{ name: "Contoso", highlights: ["a", "b"] }, { name: "Fabrikam" }],
  skills: [{ name: "Web", keywords: ["HTML"] }],
};

test("a changed summary leaves every other field alone", () => {
  expect(withSummary(resume, "New")).toEqual({ ...resume, basics: { name: "Ada", summary: "New" } });
  expect(resume.basics?.summary).toBe("Old");
});

test("fields our schema does not know survive an edit", () => {
  const foreign = { ...resume, meta: { theme: "kendall" } };
  expect(withLines(foreign, { section: "work", index: 1 }, ["c"])).toEqual({
    ...foreign,
    work: [resume.work?.[0], { name: "Fabrikam", highlights: ["c"] }],
  });
});

test("lines are set, added and removed at their place", () => {
  const lines = linesOf(resume, { section: "work", index: 0 });
  expect(lineSet(lines, 1, "B")).toEqual(["a", "B"]);
  expect(lineAdded(lines, "x", 1)).toEqual(["a", "x", "b"]);
  expect(lineRemoved(lines, 0)).toEqual(["b"]);
});

test("lines left empty are not sent", () => {
  const edited = withLines(resume, { section: "skills", index: 0 }, ["HTML", "  ", " CSS "]);
  expect(linesOf(tidied(edited), { section: "skills", index: 0 })).toEqual(["HTML", "CSS"]);
  expect(tidied(resume)).toBe(resume);
});
