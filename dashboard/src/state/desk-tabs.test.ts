import { afterEach, expect, test } from "vitest";
import { type DeskTabs, deskTabs } from "./desk-tabs.ts";

const open: DeskTabs[] = [];
afterEach(() => {
  for (const tab of open.splice(0)) tab.close();
});
const tabOf = (review: string) => {
  const tab = deskTabs(review);
  open.push(tab);
  tab.open();
  return tab;
};

test("the second window looks on; it edits once the first has saved what was typed there", async () => {
  const first = tabOf("a 1");
  const second = tabOf("a 1");
  const other = tabOf("b 1");
  await expect.poll(() => second.editing.get()).toBe(false);
  const done: string[] = [];
  first.onYield(async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    done.push("saved");
  });
  await second.othersYield();
  done.push("yielded");
  expect(first.editing.get()).toBe(false);
  second.takeOver();
  expect(done).toEqual(["saved", "yielded"]);
  expect([second.editing.get(), other.editing.get()]).toEqual([true, true]);
});

test("a window that can't save yields all the same, and one that is gone holds up nobody", async () => {
  const first = tabOf("c 1");
  const second = tabOf("c 1");
  await expect.poll(() => second.editing.get()).toBe(false);
  first.onYield(() => Promise.reject(new Error("no connection")));
  await second.othersYield();
  expect(first.editing.get()).toBe(false);
  second.takeOver();
  first.close();
  const third = tabOf("c 1");
  await expect.poll(() => third.editing.get()).toBe(false);
  second.close();
  await third.othersYield();
  third.takeOver();
  expect(third.editing.get()).toBe(true);
});
