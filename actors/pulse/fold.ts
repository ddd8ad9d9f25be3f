/** What facts add up to: the sums that the pulse holds, what a run of reading adds to them, and the figures made of them. */
import type { Kpis, LiveMetrics } from "../../protocols/read-models.ts";

export const countNames = [
  "discovered",
  "scored",
  /** Approved by the machine, and no person was needed after. */
  "autoApproved",
  /** Approved or rejected by a person. */
  "reviewed",
  "submitted",
  "failed",
  /** Reviews asked for less those decided. */
  "pendingReviews",
  /** Signed in less signed out. */
  "employeesOnline",
] as const;
export type Counts = Record<(typeof countNames)[number], number>;

export const noCounts = (): Counts => ({
  discovered: 0,
  scored: 0,
  autoApproved: 0,
  reviewed: 0,
  submitted: 0,
  failed: 0,
  pendingReviews: 0,
  employeesOnline: 0,
});

/** How a portal was seen last; times are epoch milliseconds. */
export interface PortalSight {
  readonly portal: string;
  readonly at: number;
  readonly ok: boolean;
}

/** New jobs in one minute (epoch minutes). */
export interface MinuteBucket {
  readonly minute: number;
  readonly jobs: number;
}

export interface Deltas {
  readonly counts: Counts;
  readonly minutes: readonly MinuteBucket[];
  readonly portals: readonly PortalSight[];
}

/** Sums at one position of the EVENTS stream: both change together, so that each fact counts once. */
export interface Sums extends Deltas {
  readonly position: number;
}

export const minuteMs = 60_000;
/** The window of jobs per minute. */
export const windowMinutes = 5;
/** A portal that was not looked at for this long is not active: twice the slowest pace in use. */
export const activeWithinMs = 10 * minuteMs;
/** Oldest sights are forgotten beyond this many portals. */
export const maxPortals = 500;

/** @param at now, epoch milliseconds: older minutes leave the window. */
export function fold(sums: Sums, position: number, deltas: Deltas, at: number): Sums {
  const counts = { ...sums.counts };
  for (const name of countNames) counts[name] += deltas.counts[name];
  const oldest = Math.floor(at / minuteMs) - windowMinutes;
  const minutes = new Map<number, number>();
  for (const { minute, jobs } of [...sums.minutes, ...deltas.minutes])
    if (minute >= oldest) minutes.set(minute, (minutes.get(minute) ?? 0) + jobs);
  const portals = new Map(sums.portals.map((sight) => [sight.portal, sight]));
  for (const sight of deltas.portals) portals.set(sight.portal, sight);
  return {
    position,
    counts,
    minutes: [...minutes].map(([minute, jobs]) => ({ minute, jobs })).slice(-2 * windowMinutes),
    portals: [...portals.values()].sort((a, b) => a.at - b.at).slice(-maxPortals),
  };
}

/**
 * Jobs within the last five minutes, to the second as far as minutes allow: the oldest one counts by the share of it that is
 * still inside.
 */
function jobsInWindow(minutes: readonly MinuteBucket[], at: number): number {
  const now = at / minuteMs;
  let sum = 0;
  for (const { minute, jobs } of minutes) {
    const share = Math.min(1, Math.max(0, minute + 1 - (now - windowMinutes)));
    sum += jobs * share;
  }
  return sum;
}

const round = (value: number, digits: number) => Math.round(value * 10 ** digits) / 10 ** digits;

export function figuresOf(sums: Sums, at: number): { live: LiveMetrics; kpis: Kpis } {
  const { counts } = sums;
  // The same as the rates over time (`edge/history/kpi-series.ts`): what nobody has decided yet is neither.
  const decided = counts.autoApproved + counts.reviewed;
  return {
    live: {
      activeScrapers: sums.portals.filter((sight) => sight.ok && at - sight.at < activeWithinMs).length,
      totalScrapers: sums.portals.length,
      jobsFoundPerMinute: round(jobsInWindow(sums.minutes, at) / windowMinutes, 1),
      pendingReviews: Math.max(0, counts.pendingReviews),
      employeesOnline: Math.max(0, counts.employeesOnline),
    },
    kpis: {
      discovered: counts.discovered,
      scored: counts.scored,
      autoApproved: counts.autoApproved,
      reviewed: counts.reviewed,
      submitted: counts.submitted,
      failed: counts.failed,
      autoApplyRate: decided === 0 ? null : round(counts.autoApproved / decided, 4),
      manualRate: decided === 0 ? null : round(counts.reviewed / decided, 4),
    },
  };
}
