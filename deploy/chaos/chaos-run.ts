/** One chaos run: world up, load on, faults in, rest, verdict. */
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { subjects } from "../../protocols/subjects.ts";
import { comeToRest, judge, type Verdict } from "./check.ts";
import { type Injected, injectFaults } from "./injector.ts";
import { startManager } from "./manager.ts";
import type { BrokerOptions } from "./nats-cluster.ts";
import { randomOf } from "./random.ts";
import { type Notes, Reviewer } from "./reviewer.ts";
import { startWitnesses } from "./witnesses.ts";
import { startWorld, type World } from "./world.ts";

export interface ChaosOptions extends BrokerOptions {
  readonly minutes: number;
  readonly seed: number;
  /** Names or parts of names of fault kinds; empty: all. */
  readonly faults: readonly string[];
  /** Mean time between two tries to break something. */
  readonly faultEveryMs: number;
  /** How long it may go on after the last fault without coming nearer to its rest. */
  readonly restMinutes: number;
  readonly reviewers: number;
  readonly newPostingEveryMs: number;
  /** Whose boards of the demo portal are watched. Default: half of them, of each way to publish. */
  readonly companies?: readonly string[];
  /** Leaves logs and stores where they are. */
  readonly keep: boolean;
  readonly log: (line: string) => void;
}

export interface ChaosReport {
  readonly options: ChaosOptions;
  readonly injected: Injected;
  readonly verdict: Verdict;
  /** Snapshots that were published, as one who listens counted them. */
  readonly turns: number;
  readonly acknowledged: number;
  readonly diskRefused: string;
  readonly home: string;
  readonly restMs: number;
}

const minute = 60_000;
/** What a machine of two cores can apply for while everything breaks. */
const halfOfTheDemo = ["northwind", "lumenpay", "fieldstone"];
/** Short reviews, so that many end within the run, and longer than what is broken at a time. */
const settings = {
  CALLBOARD_REVIEW_MIN_MS: "14000",
  CALLBOARD_REVIEW_MAX_MS: "18000",
  CALLBOARD_WARN_BEFORE_MS: "5000",
  CALLBOARD_RECEIPT_GRACE_MS: "500",
  CALLBOARD_ACK_WITHIN_MS: "8000",
  CALLBOARD_PRESENCE_GRACE_MS: "4000",
  CALLBOARD_PORTAL_POLL_MS: "3000",
  CALLBOARD_APPLY_DAILY_LIMIT: "10000", // Ten minutes send more than a day's; what waits for tomorrow looks lost.
  CALLBOARD_APPLY_EVERY_MS: "0",
  CALLBOARD_PASSIVATE_AFTER_MS: "2000", // Actors are loaded again and again, as in a long life.
};

/** Two let most of what they get pass: misses that are their own fault. A third one within a minute makes it an incident. */
const missShares = [0.6, 0.6];
const seldom = 0.04;

export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const random = randomOf(options.seed);
  const world = await startWorld({
    employees: options.reviewers,
    brokers: options.brokers,
    sync: options.sync,
    companies: options.companies ?? halfOfTheDemo,
    settings,
  });
  const kept = createWriteStream(join(world.home, "logs", "faults.log"));
  const log = (line: string) => {
    kept.write(`${new Date().toISOString()} ${line}\n`);
    options.log(line);
  };
  log(`up in ${world.home}`);
  let ok = false;
  try {
    const report = await underFire(world, { ...options, log }, random);
    ok = [...report.verdict.violations.values()].every((wrong) => wrong.length === 0);
    return report;
  } finally {
    kept.end();
    await world.stop(options.keep || !ok);
  }
}

async function underFire(world: World, options: ChaosOptions, random: ReturnType<typeof randomOf>) {
  const { log } = options;
  let turns = 0;
  world.nc.subscribe(subjects.allStates, { callback: () => void turns++ });
  const notes: Notes = { acknowledged: [], attempts: [], missed: [] };
  const witnesses = startWitnesses(world.nc, 6, 150, join(world.home, "logs", "witnesses.log"));
  let over = false;
  const manager = startManager(world, () => over);
  await manager.changeSettings(({ terms }) => ({
    // Three who miss within five minutes are an incident; here that would be everybody, all the time.
    correlatedWithinMs: minute,
    // Who has missed one can have it again before the run is over; and when our clock rang late, they get seconds, not minutes.
    terms: { ...terms, excludeForMs: 10_000, extendMs: 10_000 },
    waiveExclusionAfterMs: 5_000,
  }));
  const reviewers = world.employees.map(
    (account, index) =>
      new Reviewer({
        account,
        edges: world.edges,
        random: random.fork(account.id),
        notes,
        unlock: manager.unlock,
        missShare: missShares[index] ?? seldom,
      }),
  );
  for (const reviewer of reviewers) reviewer.start();
  const stopPosting = keepPosting(world.portal.url, options.newPostingEveryMs);
  await wait(3_000); // The load has begun when the first fault comes.
  const injected = await injectFaults(
    world,
    random.fork("faults"),
    options.minutes * minute,
    options.faultEveryMs,
    options.faults,
    log,
  );
  log("the last fault is healed; waiting for rest");
  const healedAt = performance.now();
  stopPosting();
  for (const reviewer of reviewers) reviewer.diligent = true;
  await witnesses.stop();
  const patienceMs = options.restMinutes * minute;
  const restless = await comeToRest(world, witnesses.acknowledged, patienceMs, log);
  over = true;
  await Promise.all(reviewers.map((reviewer) => reviewer.stop()));
  const verdict = await judge(world, notes, witnesses.acknowledged, restless);
  return {
    options,
    injected,
    verdict,
    turns,
    acknowledged: notes.acknowledged.length + [...witnesses.acknowledged.values()].reduce((a, b) => a + b, 0),
    diskRefused: world.cluster.diskRefused,
    home: world.home,
    restMs: performance.now() - healedAt,
  };
}

/** @returns a function that ends it. */
function keepPosting(portal: string, everyMs: number): () => void {
  const timer = setInterval(() => {
    fetch(`${portal}/__control/postings`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ count: 1 }),
    }).catch(() => {}); // The portal ends with the run.
  }, everyMs);
  return () => clearInterval(timer);
}
