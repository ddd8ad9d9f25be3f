/** The page draws the server's time, whatever its own clock says (dispatch, edge case 5). */
import { afterEach, expect, test, vi } from "vitest";

const hour = 3_600_000;
const realNow = Date.now();

afterEach(() => {
  vi.useRealTimers();
  vi.resetModules();
});

/** A page that is opened now, on a laptop whose clock is off; the monotonic clock runs on regardless. */
const page = async (offBy: number) => {
  vi.useFakeTimers({ now: realNow + offBy, toFake: ["Date", "performance"] });
  return await import("./clock.ts");
};

test.each([
  ["right", 0],
  ["an hour fast", hour],
  ["an hour slow", -hour],
  ["a day fast", 24 * hour],
  ["a day slow", -24 * hour],
])("case 5: on a laptop whose clock is %s the time left is the server's", async (_, offBy) => {
  const { heardServerTime, serverNow } = await page(offBy);
  heardServerTime(realNow);
  expect(Math.abs(serverNow() - realNow)).toBeLessThan(1);
  vi.advanceTimersByTime(5 * 60_000);
  expect(Math.abs(serverNow() - realNow - 5 * 60_000)).toBeLessThan(1);
});

test("case 5: summer time, or a hand on the laptop's clock, moves nothing while a review runs", async () => {
  const { heardServerTime, serverNow } = await page(0);
  heardServerTime(realNow);
  vi.setSystemTime(realNow + hour);
  expect(Math.abs(serverNow() - realNow)).toBeLessThan(1_000);
});

test("case 28: after a sleep the next word of the server sets it right at once; small delays move it slowly", async () => {
  const { heardServerTime, serverNow } = await page(0);
  heardServerTime(realNow);
  // The monotonic clock stood still for twenty minutes.
  heardServerTime(realNow + 20 * 60_000);
  expect(Math.abs(serverNow() - realNow - 20 * 60_000)).toBeLessThan(1);
  heardServerTime(realNow + 20 * 60_000 + 500);
  expect(serverNow() - realNow - 20 * 60_000).toBeLessThan(100);
});
