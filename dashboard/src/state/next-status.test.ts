import { expect, test } from "vitest";
import { breakKey, switchKey } from "./next-status.ts";

test("with nothing in hand the switch goes online or offline, and b begins a break", () => {
  expect(switchKey({ status: "free", next: null })).toBe("offline");
  for (const status of ["away", "break"] as const) expect(switchKey({ status, next: null })).toBe("online");
  expect(breakKey({ status: "free", next: null })).toBe("break");
});

test("with a review in hand the switch says what follows it, or that nothing does", () => {
  expect(switchKey({ status: "reviewing", next: null })).toBe("offline");
  for (const next of ["break", "ending", "offline"] as const)
    expect(switchKey({ status: "reviewing", next })).toBe("online");
});

test("b takes back the break that it asked for, and nothing else", () => {
  expect(breakKey({ status: "reviewing", next: null })).toBe("break");
  expect(breakKey({ status: "reviewing", next: "ending" })).toBe("break");
  expect(breakKey({ status: "reviewing", next: "break" })).toBe("online");
});

test("a locked account has no switch", () => {
  expect(switchKey({ status: "locked", next: null })).toBeNull();
});
