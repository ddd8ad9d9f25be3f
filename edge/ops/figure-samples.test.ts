import { expect, test } from "vitest";
import { figureSamples, quantileOf } from "./figure-samples.ts";

test("a quantile lies within its bucket, and is unknown where nothing was observed", () => {
  expect(
    quantileOf(
      [
        [0.1, 50],
        [0.2, 100],
        [Number.POSITIVE_INFINITY, 100],
      ],
      0.75,
    ),
  ).toBeCloseTo(0.15);
  expect(
    quantileOf(
      [
        [0.1, 0],
        [Number.POSITIVE_INFINITY, 5],
      ],
      0.5,
    ),
  ).toBe(0.1);
  expect(quantileOf([[0.1, 0]], 0.5)).toBeNull();
});

test("a figure is summed over those that carry the labels, and one sample has no rate", async () => {
  const values = [
    { value: 10, labels: { kind: "portal", node: "a" } },
    { value: 5, labels: { kind: "portal", node: "b" } },
    { value: 99, labels: { kind: "matcher", node: "a" } },
  ];
  const samples = figureSamples(
    async () => [{ name: "callboard_turns_total", values }],
    () => {},
  );
  await samples.watched();
  expect(samples.now("callboard_turns_total", { kind: "portal" })).toBe(15);
  expect(samples.shared("callboard_turns_total", { kind: "portal" })).toBe(10);
  expect(samples.shared("callboard_dead_letters_total")).toBe(0);
  expect(samples.rate("callboard_turns_total")).toBeNull();
  samples.close();
});
