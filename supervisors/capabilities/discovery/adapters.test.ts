/** Every adapter on a small answer of our own; the same answers damaged in ten thousand ways. */
import { expect, test } from "vitest";
import { PortalKind } from "../../../protocols/portal-kind.ts";
import { readAnswer } from "./reading/read-answer.ts";
import { shownReading } from "./shown-reading.ts";
import { damage } from "./testkit/damage.ts";
import { bodyOf } from "./testkit/small-answer.ts";
import { smallAnswers } from "./testkit/small-answers.ts";

test("there is an answer for every kind of portal", () => {
  expect(smallAnswers.map(({ kind }) => kind).sort()).toEqual([...PortalKind.literals].sort());
});

test.each(smallAnswers.map((one) => [one.kind, one] as const))("%s", (kind, small) => {
  const { url } = small;
  const reading = shownReading(readAnswer({ body: bodyOf(small), url }), 0, url);
  expect(reading).toMatchObject({ portal: kind, outcome: "postings", rejected: [] });
  expect(reading.postings[0]).toMatchObject(small.first);
  expect(reading.postings.map(({ title }) => title)).toEqual(["Lamp Keeper", "Rigger"]);
});

/** The whole number takes seconds, which the test's time-out holds them to; more by this variable. */
const documents = Number(process.env.CALLBOARD_FUZZ_DOCUMENTS ?? 10_000);
const isoDay = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))?$/;

test("ten thousand damaged answers: no throw, a reason for each refusal, and the rest is kept", {
  timeout: 60_000,
}, () => {
  const seen = new Set<string>();
  for (let seed = 0; seen.size < documents; seed++) {
    const small = smallAnswers[seed % smallAnswers.length] as (typeof smallAnswers)[number];
    const { body, spares } = damage(small, seed);
    if (seen.has(body)) continue;
    seen.add(body);
    const reading = shownReading(readAnswer({ body, kind: small.kind, url: small.url }), 0, small.url);
    const about = `${small.kind}, seed ${seed}`;
    if (reading.outcome !== "postings") expect(reading.reason, about).toMatch(/\S/);
    for (const { reason } of reading.rejected) expect(reason, about).toMatch(/\S/);
    for (const posting of reading.postings) {
      expect(posting.id, about).toMatch(/\S/);
      expect(posting.title, about).toMatch(/\p{L}/u);
      if (posting.url !== null) expect(posting.url, about).toMatch(/^https?:\/\//);
      if (posting.datePosted !== null) expect(posting.datePosted, about).toMatch(isoDay);
      expect(posting.descriptionHtml, about).not.toMatch(/<script|<[^>]*\son\w+\s*=|href="?javascript:/i);
      const { min, max } = posting.salary ?? { min: 1, max: 1 };
      for (const bound of [min, max]) expect(bound === null || (bound > 0 && bound < 1e10), about).toBe(true);
    }
    if (spares !== null)
      expect(
        reading.postings.map(({ title }) => title),
        about,
      ).toContain(spares);
  }
  expect(seen.size).toBe(documents);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});
