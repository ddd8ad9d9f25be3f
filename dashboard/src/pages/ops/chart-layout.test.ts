import fc from "fast-check";
import { expect, test } from "vitest";
import type { Chart } from "../../../../protocols/inspection.ts";
import { boxHeight, boxWidth, layoutRegion } from "./chart-layout.ts";
import { overlap, rectOf } from "./place-labels.ts";

const state = (path: string, initial = false) => ({
  ...{
    path,
    key: path.split(".").at(-1) ?? "",
    parent: path.includes(".") ? path.slice(0, path.lastIndexOf(".")) : "",
  },
  ...{ type: "atomic" as const, initial, tasks: [] },
});
const step = (from: string, to: string | null, on: string) => ({ from, to, on, guard: null });
const chart: Chart = {
  version: "employee@1",
  states: [
    state("away", true),
    state("free"),
    state("reviewing"),
    state("reviewing.warned"),
    state("locked"),
  ],
  steps: [
    step("away", "free", "SignIn"),
    step("free", "away", "SignOut"),
    step("free", "away", "LinkLost"),
    step("free", "reviewing", "OfferReview"),
    step("reviewing.warned", "away", "ReviewEnded"),
    step("free", null, "Standing"),
  ],
};

test("states stand in columns by their distance from the initial one, and none is lost", () => {
  const { boxes } = layoutRegion(chart, "");
  const x = Object.fromEntries(boxes.map((box) => [box.state.path, box.x]));
  expect(Object.keys(x)).toEqual(["away", "free", "reviewing", "locked"]);
  expect(x.away).toBeLessThan(x.free ?? 0);
  expect(x.free).toBeLessThan(x.reviewing ?? 0);
});

test("steps between the same two states are one arrow, and inner states step as the one they are in", () => {
  const { arrows } = layoutRegion(chart, "");
  expect(arrows.map(({ from, to, all }) => [from, to, all])).toEqual([
    ["away", "free", ["SignIn"]],
    ["free", "away", ["SignOut", "LinkLost"]],
    ["free", "reviewing", ["OfferReview"]],
    ["reviewing", "away", ["ReviewEnded"]],
  ]);
});

test("no two boxes overlap", () => {
  const { boxes } = layoutRegion(chart, "");
  expect(new Set(boxes.map(({ x, y }) => `${x} ${y}`)).size).toBe(boxes.length);
});

test("whatever a machine looks like, no words cover others or a state, and none is cut off", () => {
  const path = fc.constantFrom("a", "b", "c", "d", "e", "f");
  const words = fc.constantFrom("done", "failed", "after retryAfter", "SwitchedOffForALongWhile", "PollNow");
  const links = fc.array(fc.record({ from: path, to: path, on: words, guard: fc.constant(null) }), {
    maxLength: 25,
  });
  const states = ["a", "b", "c", "d", "e", "f"].map((one, i) => state(one, i === 0));
  fc.assert(
    fc.property(links, (steps) => {
      const { boxes, arrows, ...all } = layoutRegion({ version: "any@1", states, steps }, "");
      const labels = arrows.map(({ label, labelX, labelY }) => rectOf(label, { x: labelX, y: labelY }));
      const drawn = [...boxes.map(({ x, y }) => ({ x, y, width: boxWidth, height: boxHeight })), ...labels];
      for (const label of labels) {
        expect(drawn.filter((other) => other !== label && overlap(label, other))).toEqual([]);
        expect(label.x).toBeGreaterThanOrEqual(all.x);
        expect(label.y).toBeGreaterThanOrEqual(all.y);
        expect(label.x + label.width).toBeLessThanOrEqual(all.x + all.width);
        expect(label.y + label.height).toBeLessThanOrEqual(all.y + all.height);
      }
    }),
  );
});

test("arrows between states that stand above one another swing out one further than the other", () => {
  const column = [state("a", true), state("b"), state("c"), state("d")];
  const steps = [
    step("a", "b", "one"),
    step("a", "c", "two"),
    step("a", "d", "three"),
    step("b", "c", "four"),
    step("c", "d", "five"),
    step("d", "b", "six"),
  ];
  const { arrows } = layoutRegion({ version: "any@1", states: column, steps }, "");
  const within = arrows.filter(({ from }) => from !== "a");
  expect(new Set(within.map(({ path }) => /C([\d.]+),/.exec(path)?.[1])).size).toBe(within.length);
});
