/** Answers of real portals, where a copy of them lies beside the clone; and damaged ones, made of small answers of our own. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { adapters } from "./adapters/all-adapters.ts";
import { readAnswer } from "./reading/read-answer.ts";
import { shownReading } from "./shown-reading.ts";

const samples = join(import.meta.dirname, "../../../../shared/portals");

/** Of each sample: whose answer it is, what it comes to, and of its postings what people go by. */
const expected = JSON.parse(
  readFileSync(join(import.meta.dirname, "testkit/samples.json"), "utf8"),
) as Record<string, object>;

describe.runIf(existsSync(samples))("answers of real portals", () => {
  test.each(Object.entries(expected))("%s", (file, whole) => {
    const reading = readAnswer({ body: readFileSync(join(samples, file), "utf8") });
    const { postings, portal, outcome, rejected } = shownReading(reading, Date.UTC(2026, 9, 1));
    const first = postings
      .slice(0, 3)
      .map(({ id, title, company, location, remote, url, datePosted, salary }) => ({
        ...{ id, title, company, location, remote, url, datePosted },
        salary: salary === null ? null : `${salary.min}-${salary.max} ${salary.currency} ${salary.unit}`,
      }));
    expect({ portal, outcome, count: postings.length, rejected: rejected.length, first }).toEqual(whole);
    for (const { title, company, location, description } of postings)
      for (const text of [title, company, location, description])
        expect(text).not.toMatch(/<\/?[a-z][^>]{0,80}>|&(?:[a-z]{2,8}|#\d+);|\ufffd/i);
  });

  test("every sample of an answer is in the list", () => {
    const files = readdirSync(samples, { recursive: true, encoding: "utf8" })
      .map((file) => file.replaceAll("\\", "/"))
      .filter((file) => /\/.+\.(?:json|html|xml)$/.test(file) && !/^forms\/|_http\.json$/.test(file));
    expect(files.sort()).toEqual(Object.keys(expected).sort());
  });
});

test("any document gets an answer from every adapter, and a refusal says why", () => {
  const row = fc.dictionary(
    fc.constantFrom(
      "id",
      "title",
      "name",
      "jobs",
      "text",
      "location",
      "salary",
      "shortcode",
      "jobkey",
      "url",
    ),
    fc.jsonValue(),
  );
  const rows = fc.array(row, { maxLength: 4 });
  const list = fc.constantFrom(
    "jobs",
    "content",
    "jobPostings",
    "offers",
    "items",
    "result",
    "positions",
    "data",
  );
  const document = fc.oneof(
    rows.map((all) => JSON.stringify(all)),
    fc.tuple(list, rows).map(([key, all]) => JSON.stringify({ [key]: all })),
    fc.jsonValue().map((value) => JSON.stringify(value)),
    fc
      .string()
      .map((text) => `<html><script type="application/ld+json">{"@type":"JobPosting",${text}</script>`),
    fc.string().map((text) => `<rss><channel><item><title>${text}</item>`),
  );
  const kinds = [undefined, ...adapters.map(({ kind }) => kind)];
  fc.assert(
    fc.property(document, fc.nat(200), (whole, cut) => {
      for (const kind of kinds)
        for (const body of [whole, whole.slice(0, cut)]) {
          const reading = readAnswer({ body, ...(kind === undefined ? {} : { kind }) });
          expect(reading.reason ?? reading.outcome).not.toBe("");
          expect(reading.rejected.every(({ reason }) => reason !== "")).toBe(true);
        }
    }),
    { numRuns: 250 },
  );
});
