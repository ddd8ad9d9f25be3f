/** Was it everybody? Many people who miss at the same time have a common cause, and it is not theirs. Pure. */
import type { Incident, KnownMiss } from "../../protocols/incident.ts";

/** An incident that covers less of a miss's time than this had no part in it. */
export const leastOverlap = 0.1;

/** The share of `miss` that lies within the incident; one that lasts reaches to the end of time. */
export function overlap(
  { from, to }: Pick<Incident, "from" | "to">,
  miss: Pick<KnownMiss, "from" | "to">,
): number {
  const end = Math.min(to ?? Number.POSITIVE_INFINITY, miss.to);
  return Math.max(0, end - Math.max(from, miss.from)) / Math.max(1, miss.to - miss.from);
}

export const touches = (incident: Pick<Incident, "from" | "to">, miss: KnownMiss): boolean =>
  overlap(incident, miss) > leastOverlap;

/** How many must have missed how much at once; set per queue. */
export interface Correlation {
  readonly correlatedPeople: number;
  readonly correlatedShare: number;
  readonly correlatedWithinMs: number;
  /** At work when the last of them missed. */
  readonly live: number;
}

/**
 * The misses that are one event, if they are: at least so many people, and so large a share of those at work, missed within the
 * time before `at`; else none.
 */
export function missedTogether(
  misses: readonly KnownMiss[],
  at: number,
  { correlatedPeople, correlatedShare, correlatedWithinMs, live }: Correlation,
): readonly KnownMiss[] {
  const late = misses.filter(({ to }) => at - to <= correlatedWithinMs);
  const people = new Set(late.map(({ employee }) => employee)).size;
  // Those who missed before are not at work any more.
  const atWork = Math.max(1, live + people - 1);
  return people >= correlatedPeople && people / atWork >= correlatedShare ? late : [];
}
