/** Answers of real portals, where a copy of them lies beside the clone; and damaged ones, made of small answers of our own. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { adapters } from "./adapters/all-adapters.ts";
import { readAnswer } from "./reading/read-answer.ts";

const samples = join(import.meta.dirname, "../../../../shared/portals");

const table: readonly (readonly [file: string, portal: string, outcome: string, ids: readonly string[]])[] = [
  ["greenhouse/docs-list-content.json", "greenhouse", "postings", ["127817"]],
  ["greenhouse/offices-2013-generalassembly.json", "greenhouse", "postings", ["722", "721"]],
  ["greenhouse/error-unknown-board.json", "greenhouse", "changed", []],
  ["lever/list-velo3d.json", "lever", "postings", ["48f02e24-fde8-4067-9b13-867cc5e10e32"]],
  ["lever/error-unknown-site.json", "lever", "changed", []],
  ["ashby/job-board-compensation-cleo.json", "ashby", "postings", ["2b5c38bb-474f-4180-889c-1625c8f35343"]],
  ["smartrecruiters/list-unknown-company.json", "smartrecruiters", "empty", []],
  ["workday/jobs-past-the-end.json", "workday", "empty", []],
  ["workable/widget-details-starling.json", "workable", "postings", ["0DA49B0B28"]],
  ["recruitee/offers-acme.json", "recruitee", "postings", ["2700825", "2697184"]],
  ["remoteok/api.json", "remoteok", "postings", ["1135437", "1135435"]],
  ["linkedin/search-fragment-empty.html", "linkedin", "empty", []],
  ["linkedin/job-fragment-closed-tr.html", "linkedin", "empty", []],
  ["indeed/viewjob-jobinfo-models.json", "indeed", "postings", ["0e633abc66767644", "851525cd1dc01964"]],
  ["glassdoor/next-data-no-results-uk.html", "glassdoor", "empty", []],
  ["blocks/glassdoor-cloudflare-security.html", "glassdoor", "blocked", []],
  ["jsonld/handmade-array-of-three.html", "jsonld", "postings", ["4412"]],
  ["jsonld/negative-totaljobs-serp.html", "jsonld", "changed", []],
  ["other-ats/hrmdirect.html", "hrmdirect", "postings", ["3762934", "3779928"]],
  ["other-ats/rippling.json", "rippling", "postings", ["2f0674e6-f01f-4ecd-b459-e947241c211f"]],
];

describe.runIf(existsSync(samples))("answers of real portals", () => {
  test.each(table)("%s", (file, portal, outcome, ids) => {
    const reading = readAnswer({ body: readFileSync(join(samples, file), "utf8") });
    expect(reading).toMatchObject({ portal, outcome });
    expect(reading.listings.map(({ externalId }) => externalId)).toEqual(ids);
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
