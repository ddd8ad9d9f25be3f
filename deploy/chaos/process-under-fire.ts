/**
 * One process that the harness kills, pauses and starts again. Between faults it is kept running, as a supervisor would: one
 * that can't start because the broker has no quorum is started again.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { endWithUs } from "../../supervisors/end-with-us.ts";

export interface ProcessProgram {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The line that says that it is ready. */
  readonly ready: RegExp;
  readonly logFile: string;
}

/** From then on a start counts as hanging, and is ended and tried again. A stream without a leader can take that long. */
const readyWithinMs = 45_000;
const betweenStartsMs = 300;

export class ProcessUnderFire {
  readonly name: string;
  /** Times it ended although it was ready and nobody had touched it. */
  crashes = 0;
  paused = false;
  readonly #program: ProcessProgram;
  #child: ChildProcess | null = null;
  #exited: Promise<void> = Promise.resolve();
  #release: (() => Promise<void>) | null = null;
  #isReady = false;
  #expected = false;
  /** The start of the child that lives: true once it is ready, false if it ended before. */
  #attempt: Promise<boolean> | null = null;
  /** Counts starts and ends: a start that was overtaken gives up. */
  #epoch = 0;

  constructor(program: ProcessProgram) {
    this.name = program.name;
    this.#program = program;
  }

  /** False also while it is being ended: two faults at one process would start it twice. */
  get isUp() {
    return this.#isReady && !this.paused && !this.#expected;
  }

  /** Resolves when it is ready, however many tries that takes, or when it was stopped meanwhile. */
  async start(): Promise<void> {
    const epoch = ++this.#epoch;
    while (epoch === this.#epoch) {
      this.#attempt ??= this.#startOnce();
      if (await this.#attempt) return;
      await new Promise((resolve) => setTimeout(resolve, betweenStartsMs));
    }
  }

  async #startOnce(): Promise<boolean> {
    const { command, args, env, ready, logFile } = this.#program;
    this.#expected = false;
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    const log = createWriteStream(logFile, { flags: "a" });
    log.write(`--- started as ${child.pid} at ${new Date().toISOString()}\n`);
    if (child.pid !== undefined) this.#release = endWithUs(child.pid, 0);
    const release = this.#release;
    let said = "";
    let ended = false;
    return await new Promise<boolean>((resolve) => {
      const late = setTimeout(() => child.kill("SIGKILL"), readyWithinMs);
      const hear = (chunk: Buffer) => {
        log.write(chunk);
        if (this.#isReady || ended) return;
        said = (said + chunk.toString("utf8")).slice(-65_536);
        if (!ready.test(said)) return;
        clearTimeout(late);
        this.#isReady = true;
        resolve(true);
      };
      child.stdout?.on("data", hear);
      child.stderr?.on("data", hear);
      child.once("close", () => log.end()); // After the last of its output, which can come after its end.
      this.#exited = new Promise((gone) => {
        child.once("error", () => {
          this.#attempt = null;
          gone();
        });
        child.once("exit", (code, signal) => {
          clearTimeout(late);
          this.#attempt = null;
          ended = true; // What it wrote before may still be read after.
          log.write(`--- ended with ${signal ?? `code ${code}`} at ${new Date().toISOString()}\n`);
          const crashed = this.#isReady && !this.#expected;
          this.#isReady = false;
          this.paused = false;
          void release?.();
          gone();
          resolve(false);
          if (!crashed) return;
          this.crashes++;
          void this.start();
        });
      });
    });
  }

  pause() {
    this.paused = this.#child?.kill("SIGSTOP") ?? false;
  }

  resume() {
    this.#child?.kill("SIGCONT");
    this.paused = false;
  }

  /** kill -9. Resolves when it is gone. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** Asks it to end, and waits for that; by force after 20 s. `start` brings it back. */
  async endInOrder(): Promise<void> {
    this.resume();
    await this.#end("SIGTERM");
  }

  async #end(signal: NodeJS.Signals) {
    this.#expected = true;
    this.#epoch++;
    this.#child?.kill(signal);
    const force = setTimeout(() => this.#child?.kill("SIGKILL"), 20_000);
    await this.#exited;
    clearTimeout(force);
  }
}
