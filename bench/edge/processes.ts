/** The processes of the bench, and what they cost: one edge from the build, a node, and crowds of clients. */
import { type ChildProcess, execFileSync, fork, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { nodeFlags } from "../../supervisors/node-flags.ts";
import { repoRoot } from "../../supervisors/repo-root.ts";
import type { Order, Report } from "./crowd.ts";

/** Files and sockets that a process may have open here. */
export const fileLimit = Number(execFileSync("sh", ["-c", "ulimit -Hn"]).toString()) || 65_536;

const built = (path: string) => join(repoRoot, "dist", path);

export interface Cost {
  readonly mib: number;
  readonly cpuSeconds: number;
}

/** Of a process as the kernel counts it. */
export const costOf = (pid: number): Cost => {
  const rss = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return { mib: Number(rss) / 1024, cpuSeconds: (Number(fields[11]) + Number(fields[12])) / 100 };
};

export interface RunningEdge {
  readonly pid: number;
  /** Its last lines. */
  said(): string;
  kill(): Promise<void>;
}

/** Resolves when it answers. */
export const startEdge = async (env: Record<string, string>, port: number): Promise<RunningEdge> => {
  const child = spawn(
    "sh",
    ["-c", 'ulimit -n $(ulimit -Hn); exec "$@"', "sh", process.execPath, built("cli/callboard.js"), "edge"],
    {
      env: { ...process.env, ...env },
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  let said = "";
  child.stderr.on("data", (chunk) => {
    said = `${said}${chunk}`.slice(-4_000);
  });
  const deadline = performance.now() + 30_000;
  for (;;) {
    const answers = await fetch(`http://127.0.0.1:${port}/api/health`).then(
      () => true,
      () => false, // Not listening yet.
    );
    if (answers) break;
    if (child.exitCode !== null || performance.now() > deadline)
      throw new Error(`The edge did not start:\n${said}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return { pid: child.pid ?? 0, said: () => said, kill: () => ended(child, "SIGKILL") };
};

export const ended = (child: ChildProcess, signal: NodeJS.Signals): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once("exit", () => resolve());
    child.kill(signal);
  });

/** Resolves when it hosts its kinds. */
export const startNode = (connection: object): Promise<ChildProcess> =>
  new Promise((resolve, reject) => {
    const child = fork(built("bench/edge/review-node.js"), {
      execArgv: [...nodeFlags],
      env: { ...process.env, BENCH_NATS: JSON.stringify(connection) },
    });
    child.once("message", () => resolve(child));
    child.once("exit", (code) => reject(new Error(`The node ended with ${code}.`)));
  });

export interface Crowd {
  tell(order: Order): void;
  report(): Promise<Report>;
  end(): Promise<void>;
}

export const startCrowd = (): Crowd => {
  const child = fork(built("bench/edge/crowd.js"));
  return {
    tell: (order) => void child.send(order),
    report: () =>
      new Promise((resolve) => {
        child.once("message", (report) => resolve(report as Report));
        child.send({ type: "report" } satisfies Order);
      }),
    end: () => ended(child, "SIGKILL"),
  };
};
