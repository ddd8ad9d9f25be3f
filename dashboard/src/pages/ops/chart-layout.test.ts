import { expect, test } from "vitest";
import type { Chart } from "../../../../protocols/inspection.ts";
import { layoutRegion } from "./chart-layout.ts";

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
