import { expect, test } from "vitest";
import { backoffMs } from "./backoff.ts";

test("waits longer with each try, but never more than twenty seconds", () => {
  expect([0, 1, 2, 3, 9, 99].map((n) => backoffMs(n, 1))).toEqual([500, 1_000, 2_000, 4_000, 20_000, 20_000]);
});

test("spreads clients over the whole interval, and none comes back at once", () => {
  expect(backoffMs(6, 0.5)).toBe(10_000);
  expect(backoffMs(6, 0)).toBe(200);
});
