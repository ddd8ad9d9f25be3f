/** Steps of a long run against a fleet: each is shown when it ends, with its time, and all of them once more as a table. */
import { table } from "../../../cli/table.ts";

const limitMs = 180_000;
const endings: (() => Promise<unknown>)[] = [];
const results: [step: string, seconds: string, outcome: string][] = [];

/** What is ended when the run is over, latest first, however it went. */
export const atEnd = (end: () => Promise<unknown>) => endings.push(end);

/** Asks until the answer is not null. @throws with `what` when the time is up. */
export async function until<T>(what: string, ask: () => Promise<T | null>): Promise<T> {
  let problem: unknown;
  for (const deadline = Date.now() + limitMs; ; ) {
    // What can't be asked now (a broker that is electing, an edge that begins) answers later.
    const answer = await ask().catch((error) => {
      problem = error;
      return null;
    });
    if (answer !== null) return answer;
    if (Date.now() > deadline)
      throw new Error(`Not within ${limitMs / 1_000} s: ${what}.${problem ? ` ${problem}` : ""}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** @param work does it, and says what came of it */
export async function step(name: string, work: () => Promise<string>) {
  const since = performance.now();
  const outcome = await work();
  const seconds = ((performance.now() - since) / 1_000).toFixed(1);
  results.push([name, seconds, outcome]);
  process.stdout.write(`${seconds.padStart(6)} s  ${name}: ${outcome}\n`);
}

/** Runs to the end, cleans up, prints the table, and ends the process: 0 if every step did what it should. */
export async function runSteps(command: string, run: () => Promise<void>): Promise<never> {
  const interrupted = new Promise<never>((_, reject) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const)
      process.once(signal, () => reject(new Error(`ended by ${signal}`)));
  });
  let failed = false;
  try {
    await Promise.race([run(), interrupted]);
  } catch (error) {
    failed = true;
    process.stderr.write(`${command}: ${error instanceof Error ? error.message : error}\n`);
  } finally {
    for (const end of endings.reverse()) await end().catch(() => {}); // What has ended already need not end again.
  }
  process.stdout.write(`\n${table(["step", "s", "outcome"], results)}${failed ? "FAILED" : "ok"}\n`);
  process.exit(failed ? 1 : 0);
}
