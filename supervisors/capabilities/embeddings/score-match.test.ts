import { afterAll, beforeAll, expect, test } from "vitest";
import type { Embedder } from "../../../actors/matcher/capabilities.ts";
import type { JsonResume } from "../../../protocols/json-resume.ts";
import type { Posting } from "../../../protocols/posting.ts";
import { createEmbedder } from "./embedder.ts";
import { createScoring } from "./score-match.ts";

let embedder: Embedder;
beforeAll(async () => {
  embedder = await createEmbedder();
});
afterAll(() => embedder.close());

const posting: Posting = {
  id: "p1",
  portal: "demo",
  externalId: "1",
  title: "Accountant, General Ledger",
  company: "Acme",
  locations: ["Denver, CO"],
  remote: "no",
  employmentType: "Full-time",
  salary: null,
  datePosted: "2026-01-10",
  description: `About the role
You keep our books in order.
Requirements
3+ years of experience in accounting
Experience with month-end close and account reconciliations
Working knowledge of US GAAP
Advanced Excel
Helping auditors to find what they look for
Nice to have
NetSuite`,
  descriptionHtml: "",
  region: "us",
  url: "https://example.org/1",
  applyUrl: "https://example.org/1/apply",
  fingerprint: "f",
};
const accountant: JsonResume = {
  basics: { name: "Cleo Park", label: "Senior Accountant", email: "cleo@example.org" },
  work: [
    {
      name: "Mill & Sons",
      position: "Senior Accountant",
      startDate: "2019-04",
      highlights: [
        "Leads the monthly close for four entities and reconciles every balance sheet account",
        "Prepares financial statements under GAAP",
        "Automated schedules in Excel with Power Query",
        "Looks after the auditors and finds the documents they need",
      ],
    },
  ],
};
const engineer: JsonResume = {
  basics: { name: "Ada Lind", label: "Backend Engineer", email: "ada@example.org" },
  work: [
    {
      name: "Parcel AG",
      position: "Backend Engineer",
      startDate: "2015-01",
      highlights: ["Runs Go services on Kubernetes", "Tuned PostgreSQL", "Reviews code"],
    },
  ],
};

test("the real encoder and the rules lift the fitting résumé to 90 and leave the other far below", async () => {
  const { scoreMatch, mostScore } = createScoring(embedder, () => new Date("2026-01-15"));
  const [fit, other, again] = [
    await scoreMatch(posting, accountant),
    await scoreMatch(posting, engineer),
    await scoreMatch(posting, accountant),
  ];
  expect(fit.parts.mustHaves.missing).toEqual([]);
  expect(fit.score).toBeGreaterThanOrEqual(90);
  expect(fit.quality.passed).toBe(true);
  expect(other.score).toBeLessThan(40);
  expect(again).toEqual(fit);
  expect(mostScore(posting, accountant)).toBeGreaterThanOrEqual(fit.score);
  expect(mostScore(posting, engineer)).toBeLessThan(90);
});

test("scores a posting and a résumé without any text without a failure", async () => {
  const { scoreMatch } = createScoring(embedder);
  const match = await scoreMatch({ ...posting, title: "", description: "" }, {});
  expect(match.score).toBe(0);
});
