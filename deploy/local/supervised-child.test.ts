/** Watching over a program: restarts with backoff, an orderly end, and nothing left behind. Real small programs. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { childBackoff, delayBefore } from "./backoff.ts";
import { type LogFile, openLog } from "./log-file.ts";
import { identify, isAlive } from "./process-identity.ts";
import {
  type ChildSpec,
  type ChildSurroundings,
  type SupervisedChild,
  superviseChild,
} from "./supervised-child.ts";

let dir: string;
let log: LogFile;
let said: string[];
let pids: number[];
let running: SupervisedChild[];
/** Wakes whoever waits for something that a line or a start changes. */
let wake: () => void;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "callboard-child-"));
  log = openLog(join(dir, "child.log"));
  said = [];
  pids = [];
  running = [];
  wake = () => {};
});
afterEach(async () => {
  await Promise.all(running.map((child) => child.stop()));
  log.close();
  await rm(dir, { recursive: true, force: true });
});

const node = (script: string): ChildSpec => ({
  name: "program",
  command: () => ({ command: process.execPath, args: ["-e", script] }),
  ready: /ready/,
});

const supervise = (spec: ChildSpec, more: Partial<ChildSurroundings> = {}): SupervisedChild => {
  const child = superviseChild(spec, {
    log,
    say: (line) => {
      said.push(line);
      wake();
    },
    started: (pid) => {
      pids.push(pid);
      wake();
    },
    backoff: { minMs: 1, maxMs: 20, quietMs: 60_000 },
    ...more,
  });
  running.push(child);
  return child;
};

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) {
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
};

const stays = "console.log('ready'); setInterval(() => {}, 1000);";

test("a program that is killed is started again, and a line says so", async () => {
  const child = supervise(node(stays));
  await child.ready;
  const first = child.pid ?? 0;
  process.kill(first, "SIGKILL");
  await until(() => said.some((line) => /is ready again/.test(line)));
  expect(said[0]).toMatch(
    /^program was ended by SIGKILL; starting it again in \d+ ms\. Its last line: ready \(log: /,
  );
  expect(child.pid).not.toBe(first);
  expect(child.restarts).toBe(1);
});

test("a program that keeps dying is started again ever more slowly", async () => {
  const child = supervise(node("console.log('ready'); setTimeout(() => process.exit(3), 5);"), {
    backoff: { minMs: 1, maxMs: 8, quietMs: 60_000 },
    random: () => 1,
  });
  await child.ready;
  await until(() => said.filter((line) => /starting it again/.test(line)).length >= 4);
  const delays = said.flatMap((line) => /code 3; starting it again in (\d+) ms/.exec(line)?.[1] ?? []);
  expect(delays.slice(0, 4)).toEqual(["2", "4", "8", "8"]);
});

test("a program that has run quietly for long enough starts over with a short wait", async () => {
  const child = supervise(node("console.log('ready'); setTimeout(() => process.exit(3), 5);"), {
    backoff: { minMs: 1, maxMs: 1_000, quietMs: 0 },
    random: () => 0,
  });
  await child.ready;
  await until(() => said.filter((line) => /starting it again/.test(line)).length >= 3);
  expect(said.filter((line) => /starting it again in 1 ms/.test(line)).length).toBeGreaterThanOrEqual(3);
});

test("a first start that fails is told with the program's own last words, and not tried again", async () => {
  const child = supervise(node("console.error('no such table'); process.exit(1);"));
  await expect(child.ready).rejects.toThrow(
    /program ended with code 1 before it was ready\. Its last line: no such table/,
  );
  await child.stop();
  expect(pids).toHaveLength(1);
});

test("a program that does not exist is told in one line", async () => {
  const child = supervise({
    name: "program",
    command: () => ({ command: "/nowhere/program", args: [] }),
    ready: /x/,
  });
  await expect(child.ready).rejects.toThrow(
    /program could not be started \(spawn \/nowhere\/program ENOENT\)/,
  );
});

test("stopping asks first, and waits for the program's own end", async () => {
  const child = supervise(
    node(`process.on('SIGTERM', () => { console.log('tidied up'); process.exit(0); }); ${stays}`),
  );
  await child.ready;
  await child.stop();
  expect(await readFile(log.path, "utf8")).toContain("tidied up");
  expect(child.pid).toBeUndefined();
});

test("a program that does not listen is ended by force", async () => {
  const child = supervise({ ...node(`process.on('SIGTERM', () => {}); ${stays}`), stopWithinMs: 20 });
  await child.ready;
  await child.stop();
  expect(child.pid).toBeUndefined();
});

test("stopping while the next start waits for its time ends at once", async () => {
  const child = supervise(node("console.log('ready'); process.exit(0);"), {
    backoff: { minMs: 3_600_000, maxMs: 3_600_000, quietMs: 3_600_000 },
  });
  await child.ready;
  await until(() => said.length > 0);
  await child.stop();
  expect(pids).toHaveLength(1);
});

test("a program does not outlive a supervisor that is killed", async () => {
  const script = `
    import { endWithUs } from ${JSON.stringify(new URL("../../supervisors/end-with-us.ts", import.meta.url).href)};
    import { spawn } from "node:child_process";
    const child = spawn("sleep", ["600"], { stdio: "ignore", detached: true });
    endWithUs(child.pid, 0);
    console.log(child.pid);
    setInterval(() => {}, 1000);`;
  // Through the compiler first: plain Node 20 does not read TypeScript.
  const { transformWithOxc } = await import("vite");
  const source = await readFile(new URL("../../supervisors/end-with-us.ts", import.meta.url), "utf8");
  const { code } = await transformWithOxc(source, "end-with-us.ts");
  const plain = `${code}\n${script.replace(/import \{ endWithUs \}[^\n]*\n/, "").replace(/import \{ spawn \}[^\n]*\n/, "")}`;
  const parent = spawn(process.execPath, ["--input-type=module", "-e", plain], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [chunk] = await once(parent.stdout, "data");
  const child = identify(Number(String(chunk)));
  expect(isAlive(child)).toBe(true);
  parent.kill("SIGKILL");
  const deadline = performance.now() + 10_000;
  while (isAlive(child) && performance.now() < deadline)
    await new Promise((resolve) => setImmediate(resolve));
  expect(isAlive(child)).toBe(false);
});

test("the wait doubles, is at least the minimum and at most the cap, whatever the dice say", () => {
  expect([1, 2, 3, 4, 5, 6, 7].map((n) => delayBefore(childBackoff, n, 0))).toEqual([
    200, 400, 800, 1600, 3200, 5000, 5000,
  ]);
  expect([1, 5, 6, 50].map((n) => delayBefore(childBackoff, n, 1))).toEqual([400, 6400, 10_000, 10_000]);
});

test("a log that is full is moved aside once", async () => {
  const small = openLog(join(dir, "small.log"), 10);
  for (const line of ["first\n", "second\n", "third\n"]) small.write(Buffer.from(line));
  small.close();
  expect(await readFile(join(dir, "small.log"), "utf8")).toBe("third\n");
  expect(await readFile(join(dir, "small.log.1"), "utf8")).toBe("second\n");
});
