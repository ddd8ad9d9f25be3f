/**
 * May a miss become a strike? What the employee's own actor knows of the test: was it delivered, was it warned, was the line up.
 * Whether it was our own trouble, or everybody's, the queue's incidents decide after it.
 */
import type { StrikePolicy } from "../../protocols/queue-settings.ts";
import type { LinkGap, MissEvidence } from "../../protocols/strike.ts";

/** Pardons count within this. */
export const pardonWindowMs = 7 * 24 * 3_600_000;

/** The parts of the gaps that lie within; one that still lasts ends at `to`. */
export function gapsWithin(
  gaps: readonly LinkGap[],
  lostAt: number | null,
  from: number,
  to: number,
): readonly LinkGap[] {
  const all = lostAt === null ? gaps : [...gaps, { from: lostAt, to }];
  return all
    .map((gap) => ({ from: Math.max(gap.from, from), to: Math.min(gap.to, to) }))
    .filter((gap) => gap.to > gap.from);
}

/**
 * Of the time that was agreed, as much may be gone when a screen shows it. A screen shows it by itself, so what is gone beyond that
 * was on its way with us (shared/dispatch.md 2.3, number 3: no more than 10 % of the window).
 */
const deliveredWithin = 0.1;
/** So long a line and a screen may take, however short the review. */
const deliveryMs = 5_000;

export interface Miss {
  /** From the application: may it be a strike at all, and why not. */
  readonly strike: boolean;
  readonly reason: string;
  readonly evidence: MissEvidence | null;
  /** Within the assignment. */
  readonly gaps: readonly LinkGap[];
  /** When a broken line was forgiven before. */
  readonly pardons: readonly number[];
  readonly at: number;
}

export type Excuse = { readonly reason: string; readonly pardon: boolean } | null;

/** @returns why it is none, or null if it may be one. `pardon`: it uses up one of the pardons for a broken line. */
export function excuseOf(
  { strike, reason, evidence, gaps, pardons, at }: Miss,
  policy: StrikePolicy,
): Excuse {
  if (!strike) return { reason, pardon: false };
  // Of before evidence was kept: the application's word holds.
  if (evidence === null) return null;
  if (evidence.deliveredAt === null) return { reason: "No screen of yours has shown it.", pardon: false };
  const { assignedAt, deliveredAt, warnedAt, warningSeenAt, deadlineAt } = evidence;
  if (deliveredAt - assignedAt > Math.max(deliveryMs, deliveredWithin * (deadlineAt - assignedAt)))
    return { reason: "It reached your screen late, and that was ours.", pardon: false };
  if (warnedAt === null) return { reason: "You were not warned.", pardon: false };
  const downWhenWarned = gaps.some(({ from, to }) => from <= warnedAt && warnedAt < to);
  if (warningSeenAt === null && downWhenWarned)
    return { reason: "The warning could not reach you: your connection was down.", pardon: false };
  const total = Math.max(1, evidence.endedAt - evidence.assignedAt);
  const down = gaps.reduce((sum, { from, to }) => sum + to - from, 0);
  const used = pardons.filter((given) => at - given < pardonWindowMs).length;
  if (down / total > policy.disconnectedShare && used < policy.connectivityPardons)
    return {
      reason: `Your connection was down for ${Math.round((100 * down) / total)} % of the time (pardon ${used + 1} of ${policy.connectivityPardons} in seven days).`,
      pardon: true,
    };
  return null;
}
