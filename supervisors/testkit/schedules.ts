/**
 * Very many short schedules, in two halves that run side by side: 100,000 where the tests are the build's own (CI is set, as by
 * `.ci/run`) and by `npm run simulation`, 10,000 on a developer's machine. `SIMULATION_SEED` plays one alone.
 */
import { playToTheEnd, type Schedule } from "./review-world.ts";

/** Two reviews, three people, and enough steps for assignment, warning, miss, return and a second round. */
export const shortSchedule: Schedule = { tasks: 2, steps: 40, duplicateOneIn: 12, crashOneIn: 25 };

/** @throws Error at the first violation, with the seed */
export async function playHalf(half: 1 | 2): Promise<void> {
  const only = Number(process.env.SIMULATION_SEED ?? 0);
  const count = only > 0 ? 1 : process.env.CI === "true" ? 50_000 : 5_000;
  const from = only > 0 ? only : 1 + (half - 1) * count;
  for (let seed = from; seed < from + count; seed++) {
    playToTheEnd(seed, shortSchedule);
    // Whoever runs the tests hears that it is alive.
    if (seed % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}
