import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { autosave } from "./autosave.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const now = () => 42;

test("saves once, when the typing has stopped", async () => {
  const save = vi.fn(async () => undefined);
  const draft = autosave<string>({ save, now });
  draft.changed("a");
  await vi.advanceTimersByTimeAsync(1_000);
  draft.changed("ab");
  await vi.advanceTimersByTimeAsync(1_499);
  expect(save).not.toHaveBeenCalled();
  expect(draft.status.get()).toEqual({ state: "unsaved" });
  await vi.advanceTimersByTimeAsync(1);
  expect(save.mock.calls).toEqual([["ab"]]);
  expect(draft.status.get()).toEqual({ state: "saved", at: 42 });
});

test("a failed save is said, kept and tried again", async () => {
  const save = vi.fn(async () => undefined).mockRejectedValueOnce(new Error("no connection"));
  const draft = autosave<string>({ save, now });
  draft.changed("a");
  await vi.advanceTimersByTimeAsync(1_500);
  expect(draft.status.get()).toEqual({ state: "failed", problem: "no connection" });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(save.mock.calls).toEqual([["a"], ["a"]]);
  expect(draft.status.get()).toEqual({ state: "saved", at: 42 });
});

test("what is typed during a save is saved after it, never beside it", async () => {
  const done: Array<() => void> = [];
  const save = vi.fn((_: string) => new Promise<void>((resolve) => done.push(resolve)));
  const draft = autosave<string>({ save, now });
  draft.changed("a");
  await vi.advanceTimersByTimeAsync(1_500);
  draft.changed("ab");
  const flushed = draft.flush();
  expect(save).toHaveBeenCalledTimes(1);
  done[0]?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(save.mock.calls).toEqual([["a"], ["ab"]]);
  done[1]?.();
  await flushed;
  expect(draft.status.get()).toEqual({ state: "saved", at: 42 });
});

test("after the stop nothing is saved any more", async () => {
  const save = vi.fn(async () => undefined);
  const draft = autosave<string>({ save, now });
  draft.changed("a");
  draft.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  await draft.flush();
  expect(save).not.toHaveBeenCalled();
});

test("who leaves at once loses nothing, and who comes back goes on", async () => {
  const save = vi.fn(async () => undefined);
  const draft = autosave<string>({ save, now });
  draft.changed("a");
  await draft.leave();
  expect(save.mock.calls).toEqual([["a"]]);
  draft.changed("ab");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(save).toHaveBeenCalledTimes(1);
  draft.start();
  draft.changed("abc");
  void draft.leave();
  draft.start();
  draft.changed("abcd");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(save.mock.calls.at(-1)).toEqual(["abcd"]);
});

test("who leaves while the server is away is not kept trying", async () => {
  const save = vi.fn(async () => Promise.reject(new Error("no connection")));
  const draft = autosave<string>({ save, now });
  draft.changed("a");
  await draft.leave();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(save).toHaveBeenCalledTimes(1);
});

test("who leaves during a save waits for it", async () => {
  const done: Array<() => void> = [];
  const draft = autosave<string>({ save: () => new Promise((resolve) => done.push(resolve)), now });
  draft.changed("a");
  await vi.advanceTimersByTimeAsync(1_500);
  let left = false;
  void draft.leave().then(() => {
    left = true;
  });
  await vi.advanceTimersByTimeAsync(10);
  expect(left).toBe(false);
  done[0]?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(left).toBe(true);
});
