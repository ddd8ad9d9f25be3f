/**
 * Two minutes under fire, the same faults each time: three brokers, three nodes and two edges as real processes. The long runs are
 * `npm run chaos` (docs/chaos.md). CHAOS_SEED takes other faults.
 */
import { expect, test } from "vitest";
import { runChaos } from "./chaos-run.ts";
import { chaosTable, howToRepeat, violationsOf } from "./report.ts";

const seed = Number(process.env.CHAOS_SEED ?? 7);

test("case 11: two minutes of faults lose nothing, do nothing twice and strike nobody who is not to blame", async () => {
  console.log(`chaos, seed ${seed}`); // Also for a run that never comes to its report.
  const report = await runChaos({
    seed,
    minutes: 2,
    faults: [],
    // Every 650 ms, as in the long runs, a review of 16 seconds may see nothing but faults.
    faultEveryMs: 1_300,
    restMinutes: 2, // Without any progress; the rest of the tests may be using both cores.
    brokers: 3,
    sync: "default",
    reviewers: 4,
    newPostingEveryMs: 8_000,
    companies: ["lumenpay"],
    keep: false,
    log: () => {}, // Kept beside the other logs.
  });
  const table = chaosTable(report);
  if (violationsOf(report) > 0) throw new Error(`${table}\n\n${howToRepeat(report)}`);
  console.log(table);
  // Nothing can go wrong where nothing happens.
  const { injected, verdict, acknowledged } = report;
  expect(injected.total).toBeGreaterThanOrEqual(30);
  expect(acknowledged).toBeGreaterThan(500);
  expect(verdict.submissions).toBeGreaterThan(0);
  expect(verdict.reviews.completed).toBeGreaterThan(0);
  expect(verdict.strikes + verdict.excused).toBeGreaterThan(0);
}, 900_000);
