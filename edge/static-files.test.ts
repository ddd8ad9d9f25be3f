/** What a browser asks for at once, from the first moment on. */
import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { staticFiles } from "./static-files.ts";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "callboard-static-"));
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(root, { recursive: true, force: true });
});

const build = async (text: string, at: number) => {
  await writeFile(join(root, "index.html"), text);
  await writeFile(join(root, "app.js"), text);
  await utimes(join(root, "index.html"), at, at);
};

test("who asks while the files are read for the first time waits for them", async () => {
  await build("one", 1_000);
  const files = staticFiles(root);
  const found = await Promise.all(["/", "/app.js", "/queue"].map(files.find));
  expect(found.map((file) => file?.body.toString())).toEqual(["one", "one", "one"]);
  expect(await files.find("/none.js")).toBeNull();
});

test("a new build is seen within a second, and one that comes later than the edge too", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: 1_000_000 });
  const files = staticFiles(root);
  expect(await files.find("/")).toBeNull();
  for (const [text, at] of [
    ["one", 1_000],
    ["two", 2_000],
  ] as const) {
    await build(text, at);
    vi.setSystemTime(Date.now() + 1_001);
    expect((await files.find("/"))?.body.toString()).toBe(text);
  }
});
