/**
 * May a miss become a strike? What the employee's own actor knows of the test: was it delivered, was it warned, was the line up.
 * Whether it was our own trouble, or everybody's, the queue's incidents decide after it.
 */
import type { StrikePolicy } from "../../protocols/queue-settings.ts";
import type { LinkGap, MissEvidence, StrikeEntry, UnansweredCommand } from "../../protocols/strike.ts";

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
 * Of the time that was agreed, as much may be gone when a screen shows it, or when what they do is answered: that is on its way with
 * us (shared/dispatch.md 2.3, number 3: no more than 10 % of the window). So long a line and a screen may take, however short it is.
 */
const oursMs = ({ assignedAt, deadlineAt }: MissEvidence) => Math.max(5_000, 0.1 * (deadlineAt - assignedAt));

export const keptFromIt = { reason: "You tried in time, and we did not answer.", pardon: false } as const;

/** Those about this assignment, as far as it can be told. */
export const triesAt = (
  unanswered: readonly UnansweredCommand[],
  { application, assignment }: Pick<StrikeEntry, "application" | "assignment">,
  { assignedAt, deadlineAt }: MissEvidence,
): readonly UnansweredCommand[] =>
  unanswered.filter(({ review, triedAt }) =>
    review === null
      ? assignedAt <= triedAt && triedAt <= deadlineAt
      : review.application === application && review.assignment === assignment,
  );

/**
 * Of what they tried in time, did something stay without an answer, and did nothing of theirs come through for long after it? Whoever
 * went on working was not kept from it.
 */
export const wasKeptFromIt = (tries: readonly UnansweredCommand[], evidence: MissEvidence): boolean =>
  tries.some(({ triedAt }) => {
    const { openedAt, lastEditAt, deadlineAt } = evidence;
    const cameThrough = [openedAt, lastEditAt].filter((at) => at !== null && at > triedAt) as number[];
    const lost = Math.min(...cameThrough, Number.POSITIVE_INFINITY) - triedAt;
    return triedAt <= deadlineAt && lost > oursMs(evidence);
  });

export interface Miss {
  /** From the application: may it be a strike at all, and why not. */
  readonly strike: boolean;
  readonly reason: string;
  readonly evidence: MissEvidence | null;
  /** What they got no answer to. */
  readonly tries: readonly UnansweredCommand[];
  /** Within the assignment. */
  readonly gaps: readonly LinkGap[];
  /** When a broken line was forgiven before. */
  readonly pardons: readonly number[];
  readonly at: number;
}

export type Excuse = { readonly reason: string; readonly pardon: boolean } | null;

/** @returns why it is none, or null if it may be one. `pardon`: it uses up one of the pardons for a broken line. */
export function excuseOf(
  { strike, reason, evidence, tries, gaps, pardons, at }: Miss,
  policy: StrikePolicy,
): Excuse {
  if (!strike) return { reason, pardon: false };
  // Of before evidence was kept: the application's word holds.
  if (evidence === null) return null;
  if (evidence.deliveredAt === null) return { reason: "No screen of yours has shown it.", pardon: false };
  const { assignedAt, deliveredAt, warnedAt, warningSeenAt } = evidence;
  if (deliveredAt - assignedAt > oursMs(evidence))
    return { reason: "It reached your screen late, and that was ours.", pardon: false };
  if (warnedAt === null) return { reason: "You were not warned.", pardon: false };
  const downWhenWarned = gaps.some(({ from, to }) => from <= warnedAt && warnedAt < to);
  if (warningSeenAt === null && downWhenWarned)
    return { reason: "The warning could not reach you: your connection was down.", pardon: false };
  if (wasKeptFromIt(tries, evidence)) return keptFromIt;
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
