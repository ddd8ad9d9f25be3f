/**
 * One program that must run: started, watched, started again with backoff when it dies, ended in order.
 * It doesn't outlive this process, whatever ends that.
 */
import { spawn } from "node:child_process";
import { endWithUs } from "../../supervisors/end-with-us.ts";
import { type Backoff, childBackoff, delayBefore } from "./backoff.ts";
import type { LogFile } from "./log-file.ts";

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  readonly uid?: number;
  readonly gid?: number;
}

export interface ChildSpec {
  readonly name: string;
  /** What to start. Asked before each start, so that it can clear away what a killed one left. */
  readonly command: () => Promise<Command> | Command;
  /** When it is ready: a line of its output, or a check of its own that gives up when `signal` is aborted. */
  readonly ready: RegExp | ((signal: AbortSignal) => Promise<void>);
  /** Asks it to end. Default SIGTERM. */
  readonly stopSignal?: NodeJS.Signals;
  /** By force after this, ms. Default 10 s. */
  readonly stopWithinMs?: number;
  /** Longest time to become ready at the first start, ms. Default 60 s. */
  readonly readyWithinMs?: number;
}

export interface ChildSurroundings {
  readonly log: LogFile;
  /** One line for the person who watches. */
  readonly say: (line: string) => void;
  /** Told the process id of every start. */
  readonly started: (pid: number) => void;
  readonly backoff?: Backoff;
  readonly random?: () => number;
}

export interface SupervisedChild {
  readonly name: string;
  /** Resolves when it is ready for the first time; rejects with one clear line if it ends before or takes too long. */
  readonly ready: Promise<void>;
  /** Of the one that runs; undefined between two. */
  readonly pid: number | undefined;
  /** How many times it was started again. */
  readonly restarts: number;
  /** Ends it, and starts it no more. Resolves when it is gone. */
  stop(): Promise<void>;
}

/** Starts the program and keeps it running until `stop`. If its first start fails, it is not tried again. */
export const superviseChild = (spec: ChildSpec, around: ChildSurroundings): SupervisedChild => {
  const { log, say } = around;
  const backoff = around.backoff ?? childBackoff;
  const random = around.random ?? Math.random;
  const stopping = new AbortController();
  let pid: number | undefined;
  let restarts = 0;
  let wasReady = false;

  /** One life. Resolves with how it ended, after it ended. */
  const live = async (becameReady: () => void): Promise<string> => {
    const { command, args, env, ...options } = await spec.command();
    if (stopping.signal.aborted) return "was stopped";
    const child = spawn(command, args, {
      ...options,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true, // A Ctrl-C in the terminal goes to us alone, and we end them in their order.
    });
    const over = new AbortController();
    const ended = new Promise<string>((resolve) => {
      child.once("error", (error) => resolve(`could not be started (${error.message})`));
      child.once("close", (code, signal) =>
        resolve(signal === null ? `ended with code ${code}` : `was ended by ${signal}`),
      );
    });
    if (child.pid === undefined) return ended;
    pid = child.pid;
    around.started(child.pid);
    const release = endWithUs(child.pid, 5);

    let said = "";
    const hear = (chunk: Buffer) => {
      log.write(chunk);
      if (wasReadyNow || !(spec.ready instanceof RegExp)) return;
      said = (said + chunk.toString("utf8")).slice(-16_384);
      if (spec.ready.test(said)) nowReady();
    };
    let wasReadyNow = false;
    const nowReady = () => {
      wasReadyNow = true;
      becameReady();
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    if (!(spec.ready instanceof RegExp)) spec.ready(over.signal).then(nowReady, () => {}); // Aborted: it has ended.

    const stop = () => {
      child.kill(spec.stopSignal ?? "SIGTERM");
      force = setTimeout(() => child.kill("SIGKILL"), spec.stopWithinMs ?? 10_000);
    };
    let force: NodeJS.Timeout | undefined;
    if (stopping.signal.aborted) stop();
    else stopping.signal.addEventListener("abort", stop, { once: true });

    const how = await ended;
    stopping.signal.removeEventListener("abort", stop);
    clearTimeout(force);
    over.abort();
    pid = undefined;
    await release();
    return how;
  };

  let firstReady: () => void = () => {};
  let firstFailed: (error: Error) => void = () => {};
  const ready = new Promise<void>((resolve, reject) => {
    firstReady = resolve;
    firstFailed = reject;
  });
  ready.catch(() => {}); // Who starts it also waits for it; until then a failure is not "unhandled".

  const lifetimes = (async () => {
    for (let failures = 0; !stopping.signal.aborted; ) {
      const start = performance.now();
      const how = await live(() => {
        if (wasReady) say(`${spec.name} is ready again`);
        wasReady = true;
        firstReady();
      }).catch((error: Error) => `could not be started (${error.message})`);
      if (stopping.signal.aborted) return;
      const lastWords = log.lastLines(1)[0]?.slice(0, 300);
      const tells = `${lastWords === undefined ? "" : ` Its last line: ${lastWords}`} (log: ${log.path})`;
      if (!wasReady) {
        firstFailed(new Error(`${spec.name} ${how} before it was ready.${tells}`));
        return;
      }
      failures = performance.now() - start >= backoff.quietMs ? 1 : failures + 1;
      const delay = delayBefore(backoff, failures, random());
      say(`${spec.name} ${how}; starting it again in ${delay} ms.${tells}`);
      await new Promise<void>((resolve) => {
        const now = () => {
          clearTimeout(timer);
          resolve();
        };
        const timer = setTimeout(now, delay);
        stopping.signal.addEventListener("abort", now, { once: true });
      });
      restarts++;
    }
  })();

  const patience = setTimeout(() => {
    firstFailed(
      new Error(
        `${spec.name} was not ready within ${(spec.readyWithinMs ?? 60_000) / 1000} s (log: ${log.path}).`,
      ),
    );
  }, spec.readyWithinMs ?? 60_000);
  const forget = () => clearTimeout(patience);
  ready.then(forget, forget);

  return {
    name: spec.name,
    ready,
    get pid() {
      return pid;
    },
    get restarts() {
      return restarts;
    },
    stop: async () => {
      stopping.abort();
      forget();
      await lifetimes;
    },
  };
};
