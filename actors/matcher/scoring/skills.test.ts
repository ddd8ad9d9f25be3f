import { expect, test } from "vitest";
import { findSkills, skillsIn } from "./find-skills.ts";
import { SKILLS } from "./skills.ts";

const named = (text: string) => findSkills(text).map((mention) => mention.skill);

test("the lexicon is well formed: unique names, known implications, an alias for each", () => {
  const names = new Set(SKILLS.map((skill) => skill.name));
  expect(SKILLS.length).toBeGreaterThan(250);
  expect(names.size).toBe(SKILLS.length);
  expect(SKILLS.flatMap((skill) => skill.implies).filter((name) => !names.has(name))).toEqual([]);
  expect(SKILLS.filter((skill) => skill.aliases.length === 0)).toEqual([]);
});

test("knows a skill by its other names", () => {
  expect(named("Ran k8s and Postgres with Node.js, C++, C#, .NET, CI/CD and GitHub Actions")).toEqual([
    "Kubernetes",
    "PostgreSQL",
    "Node.js",
    "C++",
    "C#",
    ".NET",
    "CI/CD",
    "GitHub Actions",
  ]);
  expect(named("A/B testing, FP&A, S/4HANA, ICD-10")).toEqual([
    "A/B testing",
    "FP&A",
    "SAP",
    "Medical coding",
  ]);
});

test("the longest name wins and ordinary words are not skills", () => {
  expect(named("React Native and React")).toEqual(["React Native", "React"]);
  expect(named("Go the extra mile, excel at what you do, rest well and react quickly")).toEqual(["Go"]);
  expect(named("You go and excel; rest assured")).toEqual([]);
});

test("a skill shows what it includes, not the other way round", () => {
  expect(skillsIn("Next.js")).toEqual(new Set(["Next.js", "React", "JavaScript", "Frontend"]));
  expect(skillsIn("SQL")).toEqual(new Set(["SQL"]));
});
