import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readJobPosting } from "./job-posting.ts";
import { readScripts } from "./json-ld-text.ts";
import { readRobots } from "./robots.ts";

const page = (...scripts: string[]) => ({
  url: "https://example.org/jobs/1",
  heading: "Engineer",
  applyUrl: "",
  scripts,
});
const job = { "@type": "JobPosting", title: "Engineer", description: "Build." };
const read = (change: object) =>
  readJobPosting(page(JSON.stringify({ ...job, ...change })), Date.parse("2026-01-01"));

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
    for (const shape of shapes)
      expect(readJobPosting(page("{}", JSON.stringify(shape)), 0).title).toBe("Engineer");
    expect(readJobPosting(page(JSON.stringify(shapes[1])), 0).company).toBe("Acme");
  });

  test("picks the posting that the page is about", () => {
    const other = { ...job, title: "Cook" };
    expect(readJobPosting(page(JSON.stringify([other, job])), 0).title).toBe("Engineer");
    const addressed = { ...other, url: "https://example.org/jobs/1" };
    expect(readJobPosting(page(JSON.stringify([job, addressed])), 0).title).toBe("Cook");
  });

  test("mends raw line breaks, comments and trailing commas, and says what it can't mend", () => {
    const raw = '<!-- {"@type":"JobPosting","title":"Engi\nneer","skills":["a",],} -->';
    expect(readScripts([raw]).values).toEqual([
      { "@type": "JobPosting", title: "Engi\nneer", skills: ["a"] },
    ]);
    expect(() => readJobPosting(page('{"@type":"JobPosting","title":"a "b" c"}'), 0)).toThrow(
      /not valid JSON/,
    );
    expect(() => readJobPosting(page(), 0)).toThrow(/no JobPosting/);
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
      locations: ["Remote, Germany"],
      remote: "yes",
    });
  });

  test("refuses what has expired", () => {
    expect(() => read({ validThrough: "2019-12-31" })).toThrow(/expired on 2019-12-31/);
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
        try {
          const found = readJobPosting(page(junk, JSON.stringify({ ...job, ...(value as object) })), 0);
          expect(typeof found.title).toBe("string");
        } catch (error) {
          expect(error).toMatchObject({ name: "Refused" });
        }
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
