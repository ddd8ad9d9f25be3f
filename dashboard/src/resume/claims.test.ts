import { expect, test } from "vitest";
import { newClaims, vocabulary } from "./claims.ts";

const base = vocabulary({
  basics: { summary: "Backend engineer, 6 years of Node.js and Postgres" },
  work: [{ name: "Contoso", highlights: ["Migrated billing services to event streams"] }],
  skills: [{ name: "Languages", keywords: ["TypeScript", "C++"] }],
});

test("rewording what the résumé says already is no new claim", () => {
  expect(newClaims("Engineered backend services; migrating billing to an event stream", base)).toEqual([]);
  expect(newClaims("Node and C++ within the years at Contoso", base)).toEqual([]);
});

test("a skill, a figure and a name that the base nowhere says are claims", () => {
  expect(newClaims("Cut costs by 40% with Kafka", base)).toEqual(["Cut", "costs", "40%", "Kafka"]);
});

test("a word claimed twice is listed once", () => {
  expect(newClaims("Kafka, Kafka and kafka", base)).toEqual(["Kafka"]);
});
