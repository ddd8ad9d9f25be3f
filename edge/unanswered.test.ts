/** What an edge could not answer is told to the employee's actor: once, as soon as it can be, and only if it was our fault. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Schema } from "effect";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { NoAnswer } from "../supervisors/edge-link.ts";
import { openJournal } from "./journal.ts";
import { Refusal } from "./problem.ts";
import { createUnanswered, Tried } from "./unanswered.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "callboard-tried-"));
  vi.useFakeTimers({ now: 1_000 });
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(dir, { recursive: true });
});

const held = { application: "a1", assignment: 3 };
const watched = () => {
  const told: { address: string; message: object; key: string | undefined }[] = [];
  let isUp = true;
  const unanswered = createUnanswered(
    {
      tell: async (address, message, key) => {
        if (!isUp) throw new Error("no line");
        told.push({ address, message, key });
        return true;
      },
    },
    openJournal(join(dir, "tried.jsonl"), Schema.decodeUnknownOption(Tried), () => {}),
    () => {},
  );
  const fails = (error: Error, command: "draft" | "complete" = "complete") =>
    expect(unanswered.watch("mira", held, command, () => Promise.reject(error))).rejects.toMatchObject(
      error instanceof Refusal ? { status: 409, reason: "Late" } : { status: 503, reason: "NoAnswer" },
    );
  return {
    ...{ told, unanswered, fails },
    line: (up: boolean) => {
      isUp = up;
    },
  };
};

test("what failed through us is told, with what was tried and when", async () => {
  const { told, fails } = watched();
  await fails(new NoAnswer("late"));
  const message = { type: "CommandUnanswered", review: held, command: "complete", triedAt: 1_000 };
  expect(told).toMatchObject([{ address: "employee.mira", message }]);
});

test("what was answered, also with a refusal, is not; what took long is, however it ended", async () => {
  const { told, unanswered, fails } = watched();
  expect(await unanswered.watch("mira", held, "draft", async () => 7)).toBe(7);
  await fails(new Refusal(409, "Late", "Too late."));
  expect(told).toEqual([]);
  const slow = unanswered.watch("mira", null, "open", async () => {
    await vi.advanceTimersByTimeAsync(5_001);
    return 8;
  });
  expect(await slow).toBe(8);
  expect(told).toMatchObject([{ message: { review: null, command: "open", triedAt: 1_000 } }]);
});

test("while the line is down it waits; of what was tried again meanwhile the first counts", async () => {
  const { told, fails, line } = watched();
  line(false);
  await fails(new NoAnswer("late"));
  await vi.advanceTimersByTimeAsync(3_000);
  await fails(new NoAnswer("late"));
  await fails(new NoAnswer("late"), "draft");
  expect(told).toEqual([]);
  line(true);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(told).toMatchObject([
    { message: { command: "complete", triedAt: 1_000 } },
    { message: { command: "draft", triedAt: 4_000 } },
  ]);
  // Told, it may happen again.
  await fails(new NoAnswer("late"));
  expect(told).toHaveLength(3);
  expect(new Set(told.map(({ key }) => key)).size).toBe(3);
});

test("what was in hand or waited when the edge was killed, its next life tells, and the life after that does not", async () => {
  const { told, unanswered, fails, line } = watched();
  line(false);
  expect(await unanswered.watch("mira", held, "open", async () => 7)).toBe(7);
  void unanswered.watch("mira", held, "draft", () => new Promise(() => {}));
  await vi.advanceTimersByTimeAsync(500);
  await fails(new NoAnswer("late"));
  unanswered.close();
  const next = watched();
  await vi.advanceTimersByTimeAsync(1);
  expect([...told, ...next.told]).toMatchObject([
    { message: { review: held, command: "draft", triedAt: 1_000 } },
    { message: { review: held, command: "complete", triedAt: 1_500 } },
  ]);
  expect(watched().told).toEqual([]);
});

test("closed, it stops trying", async () => {
  const { told, unanswered, fails, line } = watched();
  line(false);
  await fails(new NoAnswer("late"));
  unanswered.close();
  line(true);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(told).toEqual([]);
});
