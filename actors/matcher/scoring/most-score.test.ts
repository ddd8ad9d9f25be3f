import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonResume } from "../../../protocols/json-resume.ts";
import { worthScoring } from "../prefilter.ts";
import { createLexicon } from "./lexicon.ts";
import { mostScore } from "./most-score.ts";
import { documentOf } from "./resume-document.ts";
import { postingBackground, readDocument, readPosting, scorePair } from "./score-posting.ts";

const whole = createLexicon(
  readFileSync(new URL("../lexicon/onet-occupations.txt", import.meta.url), "utf8"),
);
const lexicon = { ...whole, background: whole.background.slice(0, 5) };

const titles = [
  "Senior Accountant",
  "Backend Engineer",
  "Registered Nurse",
  "Line Cook",
  "Zorbl Wrangler",
  "",
];
const asked = [
  "3+ years of experience in accounting",
  "Experience with month-end close",
  "Python or Go",
  "Kubernetes, Docker, Terraform and AWS",
  "ClickHouse",
  "Fluent German",
  "Bachelor's degree in accounting or equivalent experience",
  "Nursing licence and experience in intensive care",
  "Four years organising trade fairs",
];
const told = [
  "Leads the month-end close for four entities and reconciles the accounts",
  "Prepares financial statements and tax returns with experience in accounting",
  "Built services in Go and Python on Kubernetes",
  "Runs Docker and Terraform on AWS, stores events in ClickHouse",
  "Cared for ventilated patients in intensive care with a nursing licence",
  "Organised trade fairs with forty exhibitors",
  "Grilled fish for eighty guests",
];
const some = (lines: readonly string[]) => fc.subarray([...lines]).map((chosen) => chosen);
const posting = fc.record({
  title: fc.constantFrom(...titles),
  datePosted: fc.constant("2026-01-10"),
  description: fc
    .record({
      heading: fc.constantFrom("Requirements", "Requirements", "Requirements", "Hello"),
      must: some(asked),
      nice: some(asked),
      duties: some(told),
    })
    .map(({ heading, must, nice, duties }) =>
      [
        "What you will do",
        ...duties.map((line) => line.toLowerCase()),
        heading,
        ...must,
        "Nice to have",
        ...nice,
      ].join("\n"),
    ),
});
const resume: fc.Arbitrary<JsonResume> = fc.record({
  basics: fc.record({
    name: fc.constantFrom("Cleo Park", "Cleo Park", ""),
    label: fc.constantFrom(...titles),
    email: fc.constantFrom("cleo@example.org", "cleo@example.org", "none"),
  }),
  work: fc.array(
    fc.record({
      name: fc.constant("Mill & Sons"),
      position: fc.constantFrom(...titles),
      startDate: fc.constantFrom("2015-03", "2024-06", "once"),
      highlights: some(told),
    }),
    { maxLength: 3 },
  ),
  education: fc.constantFrom(
    [],
    [{ studyType: "Bachelor of Science", area: "Accounting", institution: "State University" }],
  ),
  skills: fc.constantFrom([], [{ name: "Tools", keywords: ["Docker", "AWS", "Excel", "ClickHouse"] }]),
  languages: fc.constantFrom([], [{ language: "German", fluency: "Native" }]),
});

/** Any encoder at all: what two sentences are alike is as good as drawn, and the same each time. */
const anyEncoder = (seed: number, kind: "noise" | "whole") => (a: string, b: string) => {
  if (kind === "whole") return 1;
  let hash = seed;
  for (const letter of a < b ? a + b : b + a) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0;
  return (hash >>> 0) / 2 ** 32;
};

test("no score of any encoder lies over the most that the prefilter expects", () => {
  let over90 = 0;
  let filtered = 0;
  fc.assert(
    fc.property(
      posting,
      resume,
      fc.integer(),
      fc.constantFrom("noise" as const, "whole" as const),
      (wanted, had, seed, kind) => {
        const read = readPosting(wanted, lexicon);
        const written = readDocument(documentOf(had), lexicon);
        const similarity = anyEncoder(seed, kind);
        // A background far away lifts the nearness to its most.
        const background =
          kind === "whole" ? { mean: 0, spread: 0.1 } : postingBackground(read, lexicon, similarity);
        const { score } = scorePair(read, written, similarity, background, { today: "2026-01-15" });
        const most = mostScore(read, written);
        expect(score).toBeLessThanOrEqual(most);
        if (score >= 90) over90 += 1;
        if (most < 90) filtered += 1;
      },
    ),
    { numRuns: 1_000, examples: fitting.map((pair) => [...pair, 1, "whole"]) },
  );
  // Else it would have proved nothing.
  expect(over90).toBeGreaterThan(0);
  expect(filtered).toBeGreaterThan(250);
});

const fitting: [typeof posting extends fc.Arbitrary<infer P> ? P : never, JsonResume][] = [
  [
    {
      title: "Senior Accountant",
      datePosted: "2026-01-10",
      description: `Requirements\n${asked[0]}\n${asked[1]}\n${asked[6]}\nNice to have\n${asked[5]}`,
    },
    {
      basics: { name: "Cleo Park", label: "Senior Accountant", email: "cleo@example.org" },
      work: [
        {
          name: "Mill & Sons",
          position: "Senior Accountant",
          startDate: "2015-03",
          highlights: told.slice(0, 2),
        },
        {
          name: "Bank",
          position: "Accountant",
          startDate: "2012-03",
          endDate: "2015-02",
          highlights: told.slice(0, 1),
        },
      ],
      education: [{ studyType: "Bachelor of Science", area: "Accounting", institution: "State University" }],
    },
  ],
  [
    {
      title: "Backend Engineer",
      datePosted: "2026-01-10",
      description: `Requirements\n${asked[2]}\n${asked[3]}\n${asked[4]}`,
    },
    {
      basics: { name: "Ada Lind", label: "Backend Engineer", email: "ada@example.org" },
      work: [
        { name: "Parcel", position: "Backend Engineer", startDate: "2015-03", highlights: told.slice(2, 4) },
      ],
    },
  ],
];

describe("who is worth a full score", () => {
  const candidate = fc.record({ id: fc.nat(), most: fc.integer({ min: 0, max: 100 }) });
  test("everybody who could be approved, and the most promising of the others", () => {
    fc.assert(
      fc.property(fc.array(candidate), fc.nat(20), (all, atLeast) => {
        const worth = worthScoring(all, 90, atLeast);
        const left = all.filter((one) => !worth.includes(one));
        expect(left.every(({ most }) => most < 90)).toBe(true);
        expect(worth.length).toBeGreaterThanOrEqual(Math.min(atLeast, all.length));
        const least = Math.min(...worth.map(({ most }) => most));
        expect(left.every(({ most }) => most <= least)).toBe(true);
      }),
    );
  });
});
