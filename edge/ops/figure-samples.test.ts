import { expect, test, vi } from "vitest";
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

test("a node that restarts, comes or is missed once moves no rate by what it did in its life", async () => {
  vi.useFakeTimers();
  const turns = (node: string, value: number, kind = "portal") => ({ value, labels: { kind, node } });
  const rounds = [
    [turns("a", 1_000_000), turns("b", 1_000_000)],
    [turns("a", 1_000_100), turns("b", 50)],
    [turns("a", 1_000_200)],
    [turns("a", 1_000_300), turns("b", 60)],
    // The first of its kind on a node that is known began at zero; on one that is new it may have run for days.
    [turns("a", 1_000_400), turns("a", 5, "matcher"), turns("b", 70), turns("c", 900)],
  ];
  const samples = figureSamples(
    async () => [{ name: "callboard_turns_total", values: rounds.shift() ?? [] }],
    () => {},
  );
  await samples.watched();
  for (const expected of [150, 250, 360, 475]) {
    await vi.advanceTimersByTimeAsync(5_000);
    expect(samples.grown("callboard_turns_total")).toBe(expected);
  }
  expect(samples.grown("callboard_turns_total", { kind: "matcher" })).toBe(5);
  expect(samples.rate("callboard_turns_total")).toBe(475 / 20);
  expect(samples.series("callboard_turns_total")).toEqual([30, 20, 20, 23]);
  samples.close();
  vi.useRealTimers();
});
