import fc from "fast-check";
import { expect, test } from "vitest";
import type { MatchScore } from "../../protocols/match-score.ts";
import { suggestionsFor } from "./suggestions.ts";

const said = { weight: 0, value: 0, detail: "" };
const scoreOf = (must: string[], nice: string[] = []): MatchScore => ({
  score: 70,
  version: "test",
  parts: {
    mustHaves: { weight: 50, value: 0.5, found: [], missing: must },
    niceToHaves: { weight: 5, value: 0, found: [], missing: nice },
    title: said,
    experience: said,
    semantic: said,
  },
  gates: [],
  quality: { passed: true, reasons: [] },
});
const work = (...highlights: string[]) => ({ work: [{ name: "Acme", highlights }] });

test("names what is missing, must-haves first, and asks for the truth", () => {
  const [first, second] = suggestionsFor(scoreOf(["Kafka"], ["Rust"]), {});
  expect([first?.kind, second?.kind]).toEqual(["missing", "missing"]);
  expect(first?.message).toMatch(/“Kafka”.*If it is true.*if not, leave it out/);
  expect(second?.message).toContain("“Rust”");
});

test.each([
  ["Responsible for the billing system of the group", "opening"],
  [`Built ${"a very large and important system ".repeat(9)}`, "length"],
  ["Wrote the documentation of the billing service", "result"],
])("%s is a weak line", (line, kind) => {
  expect(suggestionsFor(scoreOf([]), work(line))).toMatchObject([{ kind, line: line.trim() }]);
});

test("a line with a verb and a result is left alone", () => {
  expect(suggestionsFor(scoreOf([]), work("Cut p99 latency from 900 ms to 120 ms", "Code review"))).toEqual(
    [],
  );
});

test("words nothing itself: all that it quotes stands in the posting or in the résumé, and it is bounded", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string(), { maxLength: 40 }),
      fc.array(fc.string(), { maxLength: 40 }),
      (missing, lines) => {
        const suggestions = suggestionsFor(scoreOf(missing), work(...lines));
        expect(suggestions.length).toBeLessThanOrEqual(14);
        for (const { kind, line } of suggestions) {
          if (kind !== "missing") expect(lines.map((one) => one.trim())).toContain(line);
        }
      },
    ),
  );
});
