import { expect, test } from "vitest";
import { loginThrottle } from "./throttle.ts";

test("one who fails waits, others from the same address don't, and the window passes", () => {
  let now = 0;
  const throttle = loginThrottle(() => now);
  for (let n = 0; n < 5; n++) throttle.failed("Ada@x", "1");
  expect(() => throttle.check("ada@x", "1")).toThrow("Wait 15 minutes");
  throttle.check("ada@x", "2");
  throttle.check("bob@x", "1");
  now = 15 * 60_000;
  throttle.check("ada@x", "1");
});

test("a list of accounts tried from one address ends too", () => {
  const throttle = loginThrottle(() => 0);
  for (let n = 0; n < 100; n++) throttle.failed(`a${n}@x`, "1");
  expect(() => throttle.check("new@x", "1")).toThrow("Too many");
});
