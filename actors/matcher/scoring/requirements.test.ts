import { expect, test } from "vitest";
import { demandsOf, requirementOf } from "./requirements.ts";

const asked = (description: string) => {
  const { must, nice, soft, conditions, sectioned } = demandsOf({ description });
  return {
    must: must.map((one) => one.text),
    nice: nice.map((one) => one.text),
    soft,
    conditions,
    sectioned,
  };
};

test("sorts lines by their section and their own words, bulleted or not", () => {
  expect(
    asked(`About the role
You will love Java here.
What you'll do
Design services in Rust
What you bring:
• Experience with Go
Home health experience with OASIS
- You are a curious team player
- Kafka is a plus
- Valid driving licence
Bonus points
Terraform
What we offer
Free Python courses`),
  ).toEqual({
    must: ["Experience with Go", "Home health experience with OASIS"],
    nice: ["Kafka is a plus", "Terraform"],
    soft: ["You are a curious team player"],
    conditions: ["Valid driving licence"],
    sectioned: true,
  });
});

test("a heading and its text on one line", () => {
  expect(
    asked("Responsibilities: write C++\nRequirements: 3 years of Java\nNice to have: Kotlin"),
  ).toMatchObject({
    must: ["3 years of Java"],
    nice: ["Kotlin"],
  });
});

test("reads the whole text of a posting without sections and says so", () => {
  expect(asked("We are a bakery.\nYou know Excel and SAP.\nCall us.")).toMatchObject({
    must: ["You know Excel and SAP."],
    sectioned: false,
  });
});

test("tells alternatives from lists", () => {
  const skills = (text: string) => requirementOf(text).skills;
  expect(skills("Python or Go, and SQL")).toEqual([["Python", "Go"], ["SQL"]]);
  expect(skills("Docker, Kubernetes and Terraform")).toEqual([["Docker"], ["Kubernetes"], ["Terraform"]]);
  expect(skills("a cloud such as AWS, Azure or similar")).toEqual([["Cloud"], ["AWS", "Azure"]]);
  expect(skills("AWS/Azure")).toEqual([["AWS", "Azure"]]);
});

test("reads years, degrees, languages and names", () => {
  expect(requirementOf("5+ years of experience")).toMatchObject({ years: 5 });
  expect(requirementOf("between 3 and 5 yrs")).toMatchObject({ years: 5 });
  expect(requirementOf("3-5 years, or three years")).toMatchObject({ years: 3 });
  expect(requirementOf("a company of 250 years")).toMatchObject({ years: 0 });
  expect(requirementOf("Bachelor's or Master's degree")).toMatchObject({ degree: 2 });
  expect(requirementOf("Certified Scrum Master")).toMatchObject({ degree: 0 });
  expect(requirementOf("PhD in physics or equivalent")).toMatchObject({
    degree: 4,
    degreeOrExperience: true,
  });
  expect(requirementOf("Fluent German or English")).toMatchObject({ languages: [["German", "English"]] });
  expect(requirementOf("Our French customers")).toMatchObject({ languages: [] });
  expect(requirementOf("Experience with ClickHouse under PCI DSS (DORA)")).toMatchObject({
    names: ["clickhouse", "pci", "dss"],
  });
});

test("stays bounded for an endless posting", () => {
  const endless = `Requirements\n${"- Python and Go and SQL\n".repeat(20_000)}`;
  expect(demandsOf({ description: endless }).must.length).toBe(40);
  expect(demandsOf({ description: `Requirements: ${"a".repeat(1_000_000)}` }).must.length).toBeLessThan(3);
});
