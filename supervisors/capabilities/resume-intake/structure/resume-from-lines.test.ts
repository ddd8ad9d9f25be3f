import { describe, expect, test } from "vitest";
import { plainLine } from "../text-line.ts";
import { spanIn } from "./dates.ts";
import { headingOf } from "./headings.ts";
import { resumeFromText } from "./resume-from-lines.ts";

describe("headings", () => {
  test.each([
    ["WORK HISTORY", "work"],
    ["Professional Experience:", "work"],
    ["Education and Training", "education"],
    ["Core Qualifications", "skills"],
    ["Skill Highlights", "skills"],
    ["TECHNICALCOMPETENCIES", "skills"],
    ["Licenses & Certifications", "certificates"],
    ["Academic Projects", "projects"],
    ["Berufserfahrung", "work"],
    ["Experiencia laboral", "work"],
    ["Executive Summary", "summary"],
    ["Language Skills", "languages"],
  ])("%s opens %s", (text, part) => {
    expect(headingOf(plainLine(text), "top")?.part).toBe(part);
  });

  test.each([
    "Skills in negotiating with suppliers.",
    "experience",
    "Project Manager",
    "Software Engineer",
    "Led projects in 2020",
  ])("%s opens nothing", (text) => {
    expect(headingOf(plainLine(text), "work")).toBeUndefined();
  });
});

test.each([
  ["Jan 2020 – Present", "2020-01", null],
  ["09/2016 to 12/2016", "2016-09", "2016-12"],
  ["Jan - Mar 2020", "2020-01", "2020-03"],
  ["(2015-2017)", "2015", "2017"],
  ["März 2019 bis heute", "2019-03", null],
  ["Summer 2018", "2018-06", "2018-06"],
  ["since May 2021", "2021-05", null],
  ["2019-03 - 2021-11", "2019-03", "2021-11"],
  ["Sept. '19 – Nov. '20", "2019-09", "2020-11"],
])("%s is a span of time", (text, start, end) => {
  expect(spanIn(text)).toMatchObject({ start, end });
});

test("a price, a quantity and a phone number are no time", () => {
  for (const text of ["raised $2000 in a week", "+1 415 2010 2011234", "1,200 claims"])
    expect(spanIn(text)).toBeUndefined();
});

test("what stands in no section of JSON Resume is kept, and what is missing is said to be unsure", () => {
  const { resume, confidence, doubts } = resumeFromText(
    "Ada Okafor\n\nAccomplishments\n- Cut costs by 12 %\n\nAwards\nBest paper 2019",
  );
  expect(resume.projects).toEqual([{ name: "Accomplishments", highlights: ["Cut costs by 12 %"] }]);
  expect(resume.awards).toEqual([{ title: "Best paper 2019" }]);
  expect(confidence).toMatchObject({ work: 0, education: 0, skills: 0, languages: 1 });
  expect(doubts.map(({ kind }) => kind)).toEqual(["unsure-sections"]);
});

test("two headings on one line tell of columns that are mixed", () => {
  const { doubts, confidence } = resumeFromText(
    "EDUCATION SKILLS\nMSc Physics, Moscow State University 2019 Python\n",
  );
  expect(doubts.map(({ kind }) => kind)).toContain("mixed-columns");
  expect(confidence.education).toBeLessThan(0.7);
});

test("a title and a company are no town and country, though written alike", () => {
  const { resume } = resumeFromText(
    "Jane Roe\njane@example.org\nExperience\nSenior Backend Engineer, Acme, 2018 - 2026\n- Built payment services",
  );
  expect(resume.work?.[0]).toMatchObject({ position: "Senior Backend Engineer", name: "Acme" });
});

test("nothing is invented: a text without a name has none", () => {
  expect(resumeFromText("STAFF ACCOUNTANT\n\nSkills\nExcel, SAP").resume.basics).toEqual({
    label: "STAFF ACCOUNTANT",
  });
});

test("hostile text is read in time that grows with its length", () => {
  for (const text of [
    "a ".repeat(50_000),
    "- ".repeat(50_000),
    "2019 ".repeat(20_000),
    "A B C D ".repeat(20_000),
    "x@".repeat(50_000),
    `${"a.".repeat(60_000)}@`,
    "(".repeat(100_000),
    "1 ".repeat(60_000),
  ]) {
    const began = performance.now();
    resumeFromText(`Ada Okafor\nExperience\n${text}\nSkills\n${text.slice(0, 20_000)}`);
    expect(performance.now() - began).toBeLessThan(10_000);
  }
});
