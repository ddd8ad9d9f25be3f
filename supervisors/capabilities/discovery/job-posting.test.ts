import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readJobPage } from "./adapters/jsonld-reader.ts";
import { readScripts } from "./json-ld-text.ts";
import type { Listing } from "./reading/answer.ts";
import { readRobots } from "./robots.ts";

const facts = { heading: "Engineer", title: "", ogTitle: "", canonical: "", language: "en" };
const page = (...scripts: string[]) =>
  readJobPage({ ...facts, scripts }, new URL("https://example.org/jobs/1"));
const one = (...scripts: string[]): Listing => {
  const { listings, reason } = page(...scripts);
  if (listings[0] === undefined) throw new Error(reason);
  return listings[0];
};
const job = { "@type": "JobPosting", title: "Engineer", description: "Build." };
const read = (change: object) => one(JSON.stringify({ ...job, ...change }));

describe("readJobPosting", () => {
  test("finds the posting in arrays, graphs and lists, and parts by reference", () => {
    const shapes = [
      [{ "@type": "BreadcrumbList" }, job],
      {
        "@graph": [
          { "@type": "Organization", "@id": "#o", name: "Acme" },
          { ...job, hiringOrganization: { "@id": "#o" } },
        ],
      },
      { "@type": "ItemList", itemListElement: [{ "@type": "ListItem", item: job }] },
      { ...job, "@type": ["Thing", "http://schema.org/JobPosting"] },
    ];
    for (const shape of shapes) expect(one("{}", JSON.stringify(shape)).title).toBe("Engineer");
    expect(one(JSON.stringify(shapes[1])).company).toBe("Acme");
  });

  test("picks the posting that the page is about", () => {
    const other = { ...job, title: "Cook" };
    expect(one(JSON.stringify([other, job])).title).toBe("Engineer");
    const addressed = { ...other, url: "https://example.org/jobs/1" };
    expect(one(JSON.stringify([job, addressed])).title).toBe("Cook");
  });

  test("mends raw line breaks, comments and trailing commas, and says what it can't mend", () => {
    const raw = '<!-- {"@type":"JobPosting","title":"Engi\nneer","skills":["a",],} -->';
    expect(readScripts([raw]).values).toEqual([
      { "@type": "JobPosting", title: "Engi\nneer", skills: ["a"] },
    ]);
    expect(page('{"@type":"JobPosting","title":"a "b" c"}')).toMatchObject({
      reason: expect.stringMatching(/malformed/),
      listings: [{ title: 'a "b" c' }],
    });
    expect(page('{"@type":"JobPosting","title":"Cook","datePosted":"2026-01-02", ,,}}{')).toMatchObject({
      reason: expect.stringMatching(/malformed/),
      listings: [{ title: "Cook", datePosted: "2026-01-02" }],
    });
    expect(page('{"@type":"JobPosting",')).toMatchObject({
      outcome: "changed",
      reason: expect.stringMatching(/not valid JSON/),
    });
    expect(page()).toMatchObject({ outcome: "changed", reason: expect.stringMatching(/no JobPosting/) });
  });

  test("reads pay as figures or not at all", () => {
    const value = (inner: unknown) => read({ baseSalary: { currency: "EUR", value: inner } }).salary;
    expect(value({ minValue: 50, maxValue: "60", unitText: "HOUR" })).toEqual({
      min: 50,
      max: 60,
      currency: "EUR",
      unit: "hour",
    });
    expect(value({ value: 70_000, unitText: "Yearly" })).toMatchObject({
      min: 70_000,
      max: 70_000,
      unit: "year",
    });
    for (const absurd of [
      "a lot",
      { minValue: 0, maxValue: 0 },
      { minValue: -5, maxValue: "1e999" },
      { minValue: 9, maxValue: 1 },
    ])
      expect(value(absurd)).toBeNull();
    expect(read({ salaryCurrency: "EUR" }).salary).toBeNull();
  });

  test("takes places and remote work as the posting says them", () => {
    const place = {
      address: { addressLocality: "Berlin", addressRegion: "Berlin", addressCountry: { name: "Germany" } },
    };
    expect(read({ jobLocation: [place, null, 12, { address: 7 }] })).toMatchObject({
      locations: ["Berlin, Germany"],
      remote: "unknown",
    });
    const remote = { jobLocationType: "TELECOMMUTE", applicantLocationRequirements: { name: "Germany" } };
    expect(read({ jobLocation: place, ...remote })).toMatchObject({
      locations: ["Berlin, Germany"],
      remote: "yes",
    });
    expect(read(remote)).toMatchObject({ locations: ["Germany"], remote: "yes" });
  });

  test("answers or refuses with a sentence, whatever the script holds", () => {
    const mutated = fc.record(
      Object.fromEntries(
        [
          "title",
          "description",
          "jobLocation",
          "baseSalary",
          "hiringOrganization",
          "identifier",
          "validThrough",
          "@id",
          "@graph",
        ].map((key) => [key, fc.jsonValue()]),
      ),
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(mutated, fc.jsonValue()), fc.string(), (value, junk) => {
        const { listings, rejected, reason } = page(junk, JSON.stringify({ ...job, ...(value as object) }));
        for (const { title } of listings) expect(title).not.toBe("");
        for (const refusal of rejected) expect(refusal.reason).not.toBe("");
        if (listings.length === 0) expect(reason).not.toBe("");
      }),
      { numRuns: 500 },
    );
  });
});

describe("readRobots", () => {
  const allows = (text: string, path: string) => readRobots(text).allows(`https://example.org${path}`);
  test("takes the group for us before that for all, and the longest rule in it", () => {
    const text =
      "User-agent: *\nDisallow: /\n\nUser-agent: Callboard\nDisallow: /jobs/\nAllow: /jobs/open\nCrawl-delay: 2 # s\n";
    expect(allows(text, "/")).toBe(true);
    expect(allows(text, "/jobs/1")).toBe(false);
    expect(allows(text, "/jobs/open/1")).toBe(true);
    expect(readRobots(text).crawlDelayMs).toBe(2_000);
  });
  test("understands patterns and ends, and allows all where nothing is said", () => {
    expect(allows("User-agent: *\nDisallow: /*.pdf$\nDisallow: /a(b", "/x/y.pdf")).toBe(false);
    expect(allows("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z")).toBe(true);
    expect(allows("User-agent: *\nDisallow:", "/")).toBe(true);
    expect(allows("", "/")).toBe(true);
  });
});
