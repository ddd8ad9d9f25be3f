/**
 * One server program that a test starts: waits until it is ready, ends it, and makes sure that it doesn't outlive the
 * test even if that is killed.
 */
import { spawn } from "node:child_process";
import { endWithUs } from "../end-with-us.ts";

export interface ServerProgram {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  readonly uid?: number;
  readonly gid?: number;
  /** The line of its output that means "ready". */
  readonly ready: RegExp;
  /** Default 30,000 milliseconds. */
  readonly readyWithinMs?: number;
  /** How to ask it to end. Default SIGTERM. */
  readonly stopSignal?: NodeJS.Signals;
}

export interface ServerProcess {
  readonly pid: number;
  /** What it has printed so far, at most the last 64 KiB. */
  output(): string;
  /** Ends it in order; by force after 10 s. Resolves when it is gone. */
  stop(): Promise<void>;
  /** kill -9. Resolves when it is gone. */
  kill(): Promise<void>;
}

/** Starts it and resolves when it says that it is ready; rejects with its output if it ends before or takes longer. */
export const startServer = async (program: ServerProgram): Promise<ServerProcess> => {
  const child = spawn(program.command, program.args, {
    env: { ...process.env, ...program.env },
    stdio: ["ignore", "pipe", "pipe"],
    ...(program.cwd === undefined ? {} : { cwd: program.cwd }),
    ...(program.uid === undefined ? {} : { uid: program.uid }),
    ...(program.gid === undefined ? {} : { gid: program.gid }),
  });
  const { readyWithinMs = 30_000 } = program;
  let said = "";
  const exited = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });

  await new Promise<void>((resolve, reject) => {
    const fail = (why: string) => {
      child.kill("SIGKILL");
      reject(new Error(`${program.command} ${why}. It said:\n${said}`));
    };
    const deadline = setTimeout(() => fail(`was not ready within ${readyWithinMs} ms`), readyWithinMs);
    const hear = (chunk: Buffer) => {
      said = (said + chunk.toString("utf8")).slice(-65_536);
      if (program.ready.test(said)) {
        clearTimeout(deadline);
        resolve();
      }
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("error", (error) => {
      clearTimeout(deadline);
      fail(`could not be started: ${error.message}`);
    });
    child.once("exit", (code, signal) => {
      clearTimeout(deadline);
      fail(`ended with ${signal ?? `code ${code}`} before it was ready`);
    });
  });

  const pid = child.pid;
  if (pid === undefined) throw new Error(`${program.command} has no process id although it is ready.`);
  const release = endWithUs(pid, 0);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      const force = setTimeout(() => child.kill("SIGKILL"), 10_000);
      await exited;
      clearTimeout(force);
    }
    await release();
  };
  return {
    pid,
    output: () => said,
    stop: () => end(program.stopSignal ?? "SIGTERM"),
    kill: () => end("SIGKILL"),
  };
};
