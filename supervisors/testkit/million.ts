/**
 * `npm run simulation:million`: a million assignments (or `-- 50000`) of the real machines in memory, seed after seed, with messages
 * reordered across actors and delivered twice, nodes that die, clocks that are wrong by up to 2 s, lost lines, incidents, and
 * managers with their hands in everything. Every fact is checked (`review-invariants.ts`); the first violation ends it, with its seed, and
 * `SIMULATION_SEED` plays that one alone.
 */
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { longSchedule, playToTheEnd } from "./review-world.ts";

interface Tally {
  readonly seeds: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly judged: number;
}

/** Plays seeds `from`, `from + step`, ... until so many assignments have ended. */
function playUntil(assignments: number, from: number, step: number, told: (done: number) => void): Tally {
  const outcomes: Record<string, number> = {};
  let seeds = 0;
  let judged = 0;
  for (let done = 0, seed = from; done < assignments; seed += step) {
    const world = playToTheEnd(seed, longSchedule);
    for (const outcome of world.ends.values()) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    judged += world.givenStrikes.size;
    done += world.ends.size;
    seeds++;
    if (seeds % 50 === 0) told(done);
  }
  return { seeds, outcomes, judged };
}

async function main(): Promise<void> {
  const only = Number(process.env.SIMULATION_SEED ?? 0);
  if (only > 0) {
    playToTheEnd(only, longSchedule);
    return;
  }
  const wanted = Number(process.argv[2] ?? 1_000_000);
  if (!Number.isInteger(wanted) || wanted < 1) {
    process.stderr.write("How many assignments? A whole number, e.g. 1000000.\n");
    process.exit(1);
  }
  const threads = 2;
  const started = Date.now();
  const done = new Map<number, number>();
  const tallies = await Promise.all(
    Array.from(
      { length: threads },
      (_, index) =>
        new Promise<Tally>((resolve, reject) => {
          const worker = new Worker(new URL(import.meta.url), {
            workerData: { assignments: Math.ceil(wanted / threads), from: index + 1, step: threads },
          });
          worker.on("error", reject);
          worker.on("message", (word: number | Tally) => {
            if (typeof word !== "number") return resolve(word);
            done.set(index, word);
            const all = [...done.values()].reduce((sum, one) => sum + one, 0);
            process.stdout.write(
              `\r${all.toLocaleString("en")} of ${wanted.toLocaleString("en")} assignments`,
            );
          });
        }),
    ),
  );
  const outcomes = new Map<string, number>();
  for (const tally of tallies)
    for (const [outcome, count] of Object.entries(tally.outcomes))
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + count);
  const sum = (pick: (tally: Tally) => number) => tallies.reduce((all, tally) => all + pick(tally), 0);
  const line = (what: string, count: number) => `| ${what} | ${count.toLocaleString("en")} |\n`;
  process.stdout.write(
    `\r| what | count |\n| --- | --- |\n${line(
      "assignments ended",
      [...outcomes.values()].reduce((all, one) => all + one, 0),
    )}${[...outcomes]
      .sort()
      .map(([outcome, count]) => line(`  ${outcome}`, count))
      .join("")}${line(
      "misses judged",
      sum(({ judged }) => judged),
    )}${line(
      "schedules",
      sum(({ seeds }) => seeds),
    )}${line("double, lost or unjust", 0)}`,
  );
  process.stdout.write(`${Math.round((Date.now() - started) / 1_000)} s\n`);
}

if (isMainThread)
  await main().catch((error) => {
    process.stderr.write(`\n${error instanceof Error ? error.message : error}\n`);
    process.exit(1);
  });
else {
  const { assignments, from, step } = workerData as { assignments: number; from: number; step: number };
  parentPort?.postMessage(playUntil(assignments, from, step, (done) => parentPort?.postMessage(done)));
}
