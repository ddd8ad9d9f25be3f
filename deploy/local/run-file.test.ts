/** One `up` per home, and nothing left over from one that was killed. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { identify, isAlive } from "./process-identity.ts";
import { takeRunFile } from "./run-file.ts";

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "callboard-run-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const sleeper = async () => {
  const child = spawn("sleep", ["600"], { stdio: "ignore" });
  await once(child, "spawn");
  return { child, identity: identify(child.pid ?? 0), gone: once(child, "exit") };
};

test("a home in which another one runs is refused in one line", async () => {
  const other = await sleeper();
  await writeFile(join(home, "run.json"), JSON.stringify({ up: other.identity, children: {} }));
  await expect(takeRunFile(home, () => {})).rejects.toThrow(
    /Callboard runs already on .* \(process \d+\): stop that one/,
  );
  other.child.kill("SIGKILL");
  await other.gone;
  await (await takeRunFile(home, () => {})).release();
});

test("what a killed one left running is ended; what merely has its number is left alone", async () => {
  const leftover = await sleeper();
  const stranger = await sleeper();
  const children = { nats: leftover.identity, mongo: { ...stranger.identity, started: "1" } };
  await writeFile(
    join(home, "run.json"),
    JSON.stringify({ up: { pid: process.pid, started: "1" }, children }),
  );
  const ended: string[] = [];
  const run = await takeRunFile(home, (name) => ended.push(name));
  expect(ended).toEqual(["nats"]);
  await leftover.gone;
  expect(isAlive(stranger.identity)).toBe(true);
  stranger.child.kill("SIGKILL");
  await stranger.gone;
  await run.release();
});

test("a damaged file does not keep anyone from starting", async () => {
  await writeFile(join(home, "run.json"), '{"up":');
  await (await takeRunFile(home, () => {})).release();
});
