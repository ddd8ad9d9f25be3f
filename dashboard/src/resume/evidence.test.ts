import { expect, test } from "vitest";
import { showsIn } from "./evidence.ts";

test("a line is found by the words that the score names, whatever stands around them", () => {
  expect(showsIn("Led migration to NATS", "• Led migration to NATS, twice")).toBe(true);
  expect(showsIn("Skills: Go, PostgreSQL, Kafka", "PostgreSQL")).toBe(true);
  expect(showsIn("Engineer at Parkwise · Wrote the service in Go", "Wrote the service in Go")).toBe(true);
});

test("a word within another, and an empty line, are no evidence", () => {
  expect(showsIn("Skills: JavaScript", "Java")).toBe(false);
  expect(showsIn("Skills: Java", "")).toBe(false);
  expect(showsIn("", "Java")).toBe(false);
});
