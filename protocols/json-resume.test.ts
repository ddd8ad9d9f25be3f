import { Schema } from "effect";
import { expect, test } from "vitest";
import { JsonResume } from "./json-resume.ts";
import { MatchScore } from "./match-score.ts";

const decode = Schema.decodeUnknownSync(JsonResume);

test("reads a résumé with nulls and gaps and ignores fields it does not know", () => {
  const resume = decode({
    $schema: "x",
    basics: { name: "Ada", email: null, location: { city: "Bonn" }, image: "" },
    work: [{ name: "Acme", endDate: null, highlights: ["Built things"] }],
    skills: [{ name: "Go" }],
    awards: [],
  });
  expect(resume).toEqual({
    basics: { name: "Ada", email: null, location: { city: "Bonn" } },
    work: [{ name: "Acme", endDate: null, highlights: ["Built things"] }],
    skills: [{ name: "Go" }],
  });
});

test("refuses what is no résumé at all", () => {
  for (const bad of [null, "text", { work: "Acme" }, { basics: { name: 7 } }])
    expect(() => decode(bad)).toThrow();
});

test("a score outside 0 to 100 is refused", () => {
  const none = { weight: 0, value: 0, found: [], missing: [] };
  const said = { weight: 0, value: 0, detail: "" };
  const score = {
    score: 90.1,
    version: "ats-1",
    parts: { mustHaves: none, niceToHaves: none, title: said, experience: said, semantic: said },
    gates: [],
    quality: { passed: true, reasons: [] },
  };
  const decodeScore = Schema.decodeUnknownSync(MatchScore);
  expect(decodeScore(score).score).toBe(90.1);
  expect(() => decodeScore({ ...score, score: 101 })).toThrow();
});
