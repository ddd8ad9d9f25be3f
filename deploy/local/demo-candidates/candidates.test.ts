import { expect, test } from "vitest";
import { formFields } from "../demo-portal/form-fields.ts";
import { type Opening, openingAt } from "../demo-portal/opening.ts";
import { type DemoCandidate, loadDemoCandidates } from "./candidates.ts";

const candidates = loadDemoCandidates();

const openingsFor = (candidate: DemoCandidate, count: number): Opening[] =>
  Array.from({ length: count }, (_, sequence) => openingAt(7, sequence)).filter(
    (one) =>
      one.company.region === candidate.region &&
      candidate.search.titles.some((word) => one.title.toLowerCase().includes(word.toLowerCase())),
  );

/** Share of the must-haves whose word stands in the work, education or certificates of the résumé. */
const shown = (candidate: DemoCandidate, opening: Opening): number => {
  const { work, education, certificates } = candidate.resume;
  const evidence = JSON.stringify([work, education, certificates, "English"]).toLowerCase();
  return (
    opening.mustWords.filter((word) => evidence.includes(word.toLowerCase())).length /
    opening.mustWords.length
  );
};

test("six candidates, three per region, each with a résumé that can be sent", () => {
  expect(candidates.map((one) => one.region).sort()).toEqual(["eu", "eu", "eu", "us", "us", "us"]);
  expect(new Set(candidates.map((one) => one.resume.basics?.email)).size).toBe(6);
  for (const { resume } of candidates) expect(resume.work?.length).toBeGreaterThanOrEqual(2);
});

test("about a third of the openings a candidate looks at ask only for what the résumé shows", () => {
  let pairs = 0;
  let whole = 0;
  let poor = 0;
  for (const candidate of candidates) {
    for (const opening of openingsFor(candidate, 480)) {
      const share = shown(candidate, opening);
      pairs += 1;
      if (share === 1) whole += 1;
      if (share < 0.5) poor += 1;
      expect([opening.title, share === 1]).toEqual([opening.title, opening.tier === "core"]);
    }
  }
  expect(whole / pairs).toBeGreaterThan(0.28);
  expect(whole / pairs).toBeLessThan(0.42);
  expect(poor / pairs).toBeGreaterThan(0.15);
});

test("the answer book answers every required question of the openings that fit, with an option the form has", () => {
  const own = ["First Name", "Last Name", "Email", "Phone", "Resume/CV"];
  for (const candidate of candidates) {
    for (const opening of openingsFor(candidate, 480).filter((one) => one.tier === "core")) {
      for (const field of formFields(opening)) {
        if (own.includes(field.label) || field.kind === "consent" || !field.required) continue;
        const answer = candidate.answerBook.find((one) => one.question === field.label)?.answer;
        expect([candidate.id, field.label, answer]).toEqual([candidate.id, field.label, expect.any(String)]);
        const options = field.options.map((one) => one.label);
        if (options.length > 0)
          for (const part of field.kind === "checkboxes" ? (answer ?? "").split(", ") : [answer])
            expect(options).toContain(part);
      }
    }
  }
});
