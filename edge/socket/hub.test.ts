import { expect, test } from "vitest";
import { createHub, type Watcher } from "./hub.ts";

const watcher = () => {
  const frames: { op: string; seq: number; data: unknown }[] = [];
  return { frames, send: (_topic, _op, text) => void frames.push(JSON.parse(text)) } satisfies Watcher & {
    frames: unknown;
  };
};
const figures = (pendingReviews: number) => ({
  activeScrapers: 0,
  totalScrapers: 0,
  jobsFoundPerMinute: 0,
  pendingReviews,
  employeesOnline: 0,
});
const numbers = (frames: { op: string; seq: number }[]) => frames.map(({ op, seq }) => `${op} ${seq}`);

test("sends what was missed, in order, and a snapshot where it is no longer kept", async () => {
  let now = 0;
  const hub = createHub(() => now);
  for (let n = 1; n <= 3; n++) hub.publish("live", "live", figures(n));
  const one = watcher();
  await hub.watch("live", "live", one, 1, async () => figures(99));
  hub.publish("live", "live", figures(4));
  expect(numbers(one.frames)).toEqual(["change 2", "change 3", "change 4"]);
  now = 3 * 60_000;
  hub.publish("live", "live", figures(5));
  const two = watcher();
  await hub.watch("live", "live", two, 1, async () => figures(5));
  expect(numbers(two.frames)).toEqual(["snapshot 5"]);
  hub.leave(two);
  hub.publish("live", "live", figures(6));
  expect(two.frames).toHaveLength(1);
  expect(hub.watched("live")).toBe(true);
});

test("a number from the future is answered with a snapshot", async () => {
  const hub = createHub();
  const one = watcher();
  await hub.watch("live", "live", one, 7, async () => figures(0));
  expect(numbers(one.frames)).toEqual(["snapshot 0"]);
});

test("what changes while a snapshot is made follows it without a gap", async () => {
  const hub = createHub();
  hub.publish("live", "live", figures(1));
  const one = watcher();
  await hub.watch("live", "live", one, null, async () => {
    hub.publish("live", "live", figures(2));
    return figures(1);
  });
  hub.publish("live", "live", figures(3));
  expect(numbers(one.frames)).toEqual(["snapshot 1", "change 2", "change 3"]);
});
