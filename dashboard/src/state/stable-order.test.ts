import { expect, test } from "vitest";
import { heldOrder } from "./stable-order.ts";

test("cards stand still for ten seconds, whatever becomes more urgent", () => {
  const first = heldOrder(null, ["a", "b"], 0);
  const held = heldOrder(first, ["b", "a"], 9_999);
  expect(held).toBe(first);
  expect(heldOrder(held, ["b", "a"], 10_000).order).toEqual(["b", "a"]);
});

test("who comes or goes is shown at once", () => {
  const first = heldOrder(null, ["a", "b"], 0);
  expect(heldOrder(first, ["a", "b", "c"], 10).order).toEqual(["a", "b", "c"]);
  expect(heldOrder(first, ["b"], 10).order).toEqual(["b"]);
});
