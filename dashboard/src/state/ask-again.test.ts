import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { askAgain } from "./ask-again.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const asking = (answers: ReadonlyArray<string | Error>, isWorthIt = () => true) => {
  const heard: unknown[] = [];
  let asked = 0;
  const stop = askAgain({
    ask: async () => {
      const answer = answers[Math.min(asked++, answers.length - 1)];
      if (answer instanceof Error) throw answer;
      return answer;
    },
    answered: (value) => heard.push(value),
    failed: (error) => heard.push(error),
    isWorthIt,
    firstAfterMs: 400,
  });
  return { heard, stop, asked: () => asked };
};
const down = new Error("down");

test("asks after the pause, and again until there is an answer", async () => {
  const { heard, asked } = asking([down, down, "71"]);
  await vi.advanceTimersByTimeAsync(399);
  expect(asked()).toBe(0);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(heard).toEqual([down, down, "71"]);
  expect(asked()).toBe(3);
});

test("a refusal that the next try would get too is said once", async () => {
  const { asked } = asking([down], () => false);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked()).toBe(1);
});

test("once stopped nothing is asked, and a late answer is dropped", async () => {
  const { heard, stop, asked } = asking([down]);
  await vi.advanceTimersByTimeAsync(400);
  stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([heard, asked()]).toEqual([[down], 1]);
  const late = asking(["late"]);
  vi.advanceTimersByTime(400);
  late.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(late.heard).toEqual([]);
});
