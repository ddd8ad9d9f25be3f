/** Pages are told that their edge is cut off from the system, and that it is back; of a flicker they hear nothing. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { watchUpstream } from "./upstream.ts";

beforeEach(() => void vi.useFakeTimers({ now: 5_000 }));
afterEach(() => void vi.useRealTimers());

const watched = () => {
  const told: (number | null)[] = [];
  return { told, upstream: watchUpstream((lostAt) => void told.push(lostAt)) };
};

test("lost for longer than a flicker it is told with the time when it was lost, once, and its end too", () => {
  const { told, upstream } = watched();
  upstream.lost();
  vi.advanceTimersByTime(999);
  expect([told, upstream.lostAt()]).toEqual([[], null]);
  vi.advanceTimersByTime(1);
  upstream.lost();
  vi.advanceTimersByTime(5_000);
  expect([told, upstream.lostAt()]).toEqual([[5_000], 5_000]);
  upstream.back();
  upstream.back();
  expect([told, upstream.lostAt()]).toEqual([[5_000, null], null]);
});

test("a line that flickers is nobody's news, and each loss is counted from its own begin", () => {
  const { told, upstream } = watched();
  upstream.lost();
  vi.advanceTimersByTime(500);
  upstream.back();
  vi.advanceTimersByTime(5_000);
  expect(told).toEqual([]);
  upstream.lost();
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual([10_500]);
});
