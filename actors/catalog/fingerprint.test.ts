import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fingerprint, type Listing } from "./fingerprint.ts";

const job: Listing = {
  title: "Senior Backend Engineer, Payments",
  company: "Northwind Logistics",
  locations: ["Berlin, Germany"],
};

describe("fingerprint", () => {
  test.each<[string, Partial<Listing>]>([
    ["legal form", { company: "Northwind Logistics GmbH" }],
    ["legal form with dots", { company: "NORTHWIND Logistics B.V." }],
    ["gender mark", { title: "Senior Backend Engineer (m/f/d), Payments" }],
    ["other gender mark", { title: "Senior Backend Engineer - Payments (all genders)" }],
    ["seniority short", { title: "Sr. Backend Engineer, Payments" }],
    ["remote mark in the title", { title: "Senior Backend Engineer, Payments (Remote)" }],
    ["town alone", { locations: ["Berlin"] }],
    ["country first", { locations: ["Germany, Berlin"] }],
    ["schema.org parts", { locations: ["Berlin, Berlin, DE"] }],
    ["remote mark in the place", { locations: ["Remote - Berlin (Hybrid)"] }],
    ["postal code", { locations: ["10243 Berlin, DE"] }],
  ])("is the same whatever the %s", (_, change) => {
    expect(fingerprint({ ...job, ...change })).toBe(fingerprint(job));
  });

  test.each<[string, Partial<Listing>]>([
    ["company", { company: "Lumen Pay" }],
    ["title", { title: "Backend Engineer, Payments" }],
    ["place", { locations: ["Hamburg, Germany"] }],
    ["language of a title", { title: "Senior C++ Engineer" }],
  ])("differs with another %s", (_, change) => {
    expect(fingerprint({ ...job, ...change })).not.toBe(fingerprint(job));
  });

  test("takes Oregon for a state, not for the word between two places", () => {
    const at = (location: string) => fingerprint({ ...job, locations: [location] });
    expect(at("Portland, OR, US")).toBe(at("Portland, OR"));
    expect(at("Portland, OR 97201")).toBe(at("Portland, Oregon"));
  });

  test("keeps C, C++ and C# apart", () => {
    const of = (title: string) => fingerprint({ ...job, title });
    expect(new Set([of("C Developer"), of("C++ Developer"), of("C# Developer")]).size).toBe(3);
  });

  test("is 24 hexadecimal digits for any text, and the same each time", () => {
    const text = fc.string({ unit: "binary" });
    fc.assert(
      fc.property(text, text, fc.array(text, { maxLength: 4 }), (title, company, locations) => {
        const one = fingerprint({ title, company, locations });
        expect(one).toMatch(/^[0-9a-f]{24}$/);
        expect(fingerprint({ title, company, locations })).toBe(one);
      }),
    );
  });

  test("does not depend on case, blanks, accents or the order of places", () => {
    const word = fc.stringMatching(/^[a-z]{3,9}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), word, word, (title, here, there) => {
        const one = fingerprint({ ...job, title: title.join(" "), locations: [here, there] });
        const other = fingerprint({
          ...job,
          title: ` ${title.join("  ").toUpperCase()}\n`,
          locations: [`${there}\u0301 `, here.toUpperCase()],
        });
        expect(other).toBe(one);
      }),
    );
  });
});
