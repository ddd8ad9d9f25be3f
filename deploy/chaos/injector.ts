/** Injects faults at random moments, in an order that the seed decides, and heals all of them at the end. */
import { setTimeout as wait } from "node:timers/promises";
import { type Fault, faults } from "./faults.ts";
import type { Random } from "./random.ts";
import type { World } from "./world.ts";

export interface Injected {
  /** By kind. */
  readonly counts: ReadonlyMap<string, number>;
  readonly total: number;
}

/** Two of a kind that kills several things need time between them, or nothing ever works and nothing is tested. */
const restMs: Readonly<Record<string, number>> = {
  "late timers (all nodes paused)": 15_000,
  "majority of servers paused": 30_000,
  "power cut (every server, node and edge killed)": 60_000,
  "postgres kill -9": 20_000,
  "mongo kill -9": 20_000,
};
/** After a server's fault the cluster elects leaders: seconds without progress. */
const serverRestMs = 9_000;
const isOfServer = (kind: string) => /server/.test(kind);

/**
 * @param everyMs mean time between two tries; about half of them find no victim
 * @param only names or parts of names of kinds; empty: all.
 */
export async function injectFaults(
  world: World,
  random: Random,
  forMs: number,
  everyMs: number,
  only: readonly string[],
  log: (line: string) => void,
): Promise<Injected> {
  const chosen = faults.filter(({ kind }) => only.length === 0 || only.some((part) => kind.includes(part)));
  const counts = new Map<string, number>();
  const lastOf = new Map<string, number>();
  const healing = new Set<Promise<void>>();
  const start = performance.now();
  let total = 0;
  while (performance.now() - start < forMs) {
    await wait(random.between(everyMs * 0.4, everyMs * 1.6));
    const now = performance.now();
    const rested = chosen.filter(
      ({ kind }) =>
        now - (lastOf.get(kind) ?? Number.NEGATIVE_INFINITY) > (restMs[kind] ?? 0) &&
        (!isOfServer(kind) || now - (lastOf.get("server") ?? Number.NEGATIVE_INFINITY) > serverRestMs),
    );
    if (rested.length === 0) continue;
    const fault = weighted(rested, random);
    const injected = fault.inject(world, random);
    if (injected === null) continue;
    lastOf.set(fault.kind, now);
    counts.set(fault.kind, (counts.get(fault.kind) ?? 0) + 1);
    total++;
    log(`${((now - start) / 1_000).toFixed(1).padStart(6)} s  ${fault.kind}: ${injected.text}`);
    const healed: Promise<void> = injected.healed
      .catch((error) => log(`healing "${fault.kind}": ${error}`))
      .then(() => {
        healing.delete(healed);
        if (isOfServer(fault.kind)) lastOf.set("server", performance.now());
      });
    if (isOfServer(fault.kind)) lastOf.set("server", Number.POSITIVE_INFINITY);
    healing.add(healed);
  }
  await Promise.all(healing);
  return { counts, total };
}

function weighted(of: readonly Fault[], random: Random): Fault {
  let at = random.next() * of.reduce((sum, { weight }) => sum + weight, 0);
  for (const fault of of) {
    at -= fault.weight;
    if (at < 0) return fault;
  }
  return of[0] as Fault;
}
