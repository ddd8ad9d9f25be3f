import { expect, test } from "vitest";
import { Turnstile } from "./turnstile.ts";

const { signal } = new AbortController();
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("lets in so many, in order, and past those whose share is used up", async () => {
  const turnstile = new Turnstile(2);
  const entered: string[] = [];
  const enter = (who: string, share?: string) =>
    turnstile.enter(share === undefined ? [] : [{ name: share, most: 1 }], signal).then((leave) => {
      entered.push(who);
      return leave;
    });
  const leaveSlow = await enter("slow 1", "slow");
  const second = enter("slow 2", "slow");
  const leaveForm = await enter("form");
  const third = enter("form 2");
  await settled();
  expect(entered).toEqual(["slow 1", "form"]);
  leaveForm();
  const leaveThird = await third;
  expect(entered).toEqual(["slow 1", "form", "form 2"]);
  leaveSlow();
  (await second)();
  leaveThird();
  expect(entered).toEqual(["slow 1", "form", "form 2", "slow 2"]);
});

test("who gives up takes no place", async () => {
  const turnstile = new Turnstile(1);
  const leave = await turnstile.enter([], signal);
  const stop = new AbortController();
  const waiting = turnstile.enter([], stop.signal);
  const next = turnstile.enter([], signal);
  stop.abort(new Error("stopped"));
  await expect(waiting).rejects.toThrow("stopped");
  leave();
  (await next)();
  await expect(turnstile.enter([], stop.signal)).rejects.toThrow("stopped");
});
