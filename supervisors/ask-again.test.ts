/** A question whose server has died is asked again, and the answer that comes first counts. */
import { expect, test } from "vitest";
import { askAgain } from "./ask-again.ts";

const asked = () => {
  const asking = askAgain();
  const tries: { again: boolean; resolve: (answer: string) => void; reject: (error: Error) => void }[] = [];
  const answer = asking.untilAnswered<string>(
    (again) => new Promise((resolve, reject) => tries.push({ again, resolve, reject })),
  );
  return { ...asking, tries, answer };
};

test("answered or refused, that is all", async () => {
  const one = asked();
  one.tries[0]?.resolve("yes");
  expect(await one.answer).toBe("yes");
  const other = asked();
  other.tries[0]?.reject(new Error("no"));
  await expect(other.answer).rejects.toThrow("no");
  one.lineIsBack();
  other.lineIsBack();
  expect([one.tries.length, other.tries.length]).toEqual([1, 1]);
});

test("asked again when the line is back, the first try's patience ends unheard, and the last one decides", async () => {
  const { answer, tries, lineIsBack } = asked();
  lineIsBack();
  lineIsBack();
  expect(tries.map(({ again }) => again)).toEqual([false, true, true]);
  tries[0]?.reject(new Error("too late"));
  tries[1]?.reject(new Error("too late"));
  tries[2]?.resolve("yes");
  expect(await answer).toBe("yes");
});

test("an earlier try may still be answered", async () => {
  const { answer, tries, lineIsBack } = asked();
  lineIsBack();
  tries[0]?.resolve("first");
  tries[1]?.reject(new Error("no"));
  expect(await answer).toBe("first");
});
