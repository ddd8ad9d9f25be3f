/**
 * The numbers of a review queue. Its dispatcher holds them, a manager changes them while it runs, and they travel with each
 * assignment: what was agreed when a review was given out holds until it ends. Times are milliseconds.
 */
import { Schema } from "effect";

const ms = (minimum: number, maximum: number) =>
  Schema.Finite.check(Schema.isBetween({ minimum, maximum }), Schema.isInt());
const count = (minimum: number, maximum: number) => Schema.Int.check(Schema.isBetween({ minimum, maximum }));

const minute = 60_000;
const hour = 60 * minute;

/** What an application needs to run the clock of one assignment. */
export const AssignmentTerms = Schema.Struct({
  reviewMinMs: ms(1, 8 * hour),
  reviewMaxMs: ms(1, 8 * hour),
  /** How long before the deadline the employee is warned, and asked to say that they have seen it. */
  warnBeforeMs: ms(1, hour),
  /** The second warning; 0 = none. */
  lastWarnMs: ms(0, hour),
  /** Covers the way of a finished review to us, not the person. */
  receiptGraceMs: ms(0, minute),
  /** Within this a client must have shown the review, else it counts as not delivered. */
  ackWithinMs: ms(1, hour),
  /** What one extension gives. */
  extendMs: ms(1, hour),
  /** Extensions that the employee may take from the warning on, by one key. */
  selfExtensions: count(0, 10),
  /** After this many different people missed it, a review goes to a manager and gives no more strikes. */
  maxMisses: count(1, 20),
  /** A review that waits for a manager goes back into the queue after this, so that it is never forgotten. */
  escalatedForMs: ms(minute, 24 * hour),
  /** Who has just missed or returned it is not offered it again for so long. */
  excludeForMs: ms(0, 24 * hour),
});
export type AssignmentTerms = typeof AssignmentTerms.Type;

/** What an employee needs to judge a miss. */
export const StrikePolicy = Schema.Struct({
  warnAtStrike: count(1, 20),
  lockAtStrike: count(1, 20),
  /** A strike counts for so many days; 0 = until a manager clears it. */
  expireAfterDays: count(0, 365),
  /** So many reviews finished in time after it clear the oldest strike; 0 = none do. */
  cleanStreak: count(0, 1_000),
  /** Misses of a broken line that are forgiven within seven days. */
  connectivityPardons: count(0, 50),
  /** Disconnected for more than this share of the time, the miss was the line's. */
  disconnectedShare: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })),
});
export type StrikePolicy = typeof StrikePolicy.Type;

export const QueueSettings = Schema.Struct({
  /** Least recently assigned, or lowest open / capacity with the tie to the least recently assigned. */
  strategy: Schema.Literals(["round_robin", "load_balanced"]),
  terms: AssignmentTerms,
  strikes: StrikePolicy,
  /** A waiting review gains one level of priority per this. */
  agingEveryMs: ms(minute, 24 * hour),
  /** Excluded people are offered it after all when nobody else could have it for so long. */
  waiveExclusionAfterMs: ms(0, hour),
  /** A review whose job's title or company contains `match` asks for `skill`; the most important first. */
  skillRules: Schema.Array(
    Schema.Struct({
      match: Schema.String.check(Schema.isMinLength(1), Schema.isMaxLength(100)),
      skill: Schema.String.check(Schema.isMinLength(1), Schema.isMaxLength(60)),
    }),
  ).check(Schema.isMaxLength(50)),
  /** The last skill that a review asks for is dropped after this, the next one after twice this, and so on; 0 = never. */
  relaxSkillsAfterMs: ms(0, 24 * hour),
  /** Many missing at once is not their fault: at least so many people ... */
  correlatedPeople: count(2, 1_000),
  /** ... and this share of those at work ... */
  correlatedShare: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })),
  /** ... within so long. */
  correlatedWithinMs: ms(minute, hour),
});
export type QueueSettings = typeof QueueSettings.Type;

/** Proposed by the study of what others do; see docs/dispatch.md for the source of each. */
export const defaultQueueSettings: QueueSettings = {
  strategy: "round_robin",
  terms: {
    reviewMinMs: 15 * minute,
    reviewMaxMs: 20 * minute,
    warnBeforeMs: 5 * minute,
    lastWarnMs: minute,
    receiptGraceMs: 2_000,
    ackWithinMs: 30_000,
    extendMs: 5 * minute,
    selfExtensions: 1,
    maxMisses: 3,
    escalatedForMs: hour,
    excludeForMs: 30 * minute,
  },
  strikes: {
    warnAtStrike: 3,
    lockAtStrike: 4,
    expireAfterDays: 0,
    cleanStreak: 0,
    connectivityPardons: 2,
    disconnectedShare: 0.25,
  },
  agingEveryMs: 15 * minute,
  waiveExclusionAfterMs: 2 * minute,
  skillRules: [],
  relaxSkillsAfterMs: 5 * minute,
  correlatedPeople: 3,
  correlatedShare: 0.3,
  correlatedWithinMs: 5 * minute,
};

/**
 * Where a review stands after it has waited so long, 0 in front. Nothing rises above the front: else the urgent would age as fast as
 * what waits behind it, and a flood of it would never be overtaken.
 */
export const levelAfter = (priority: number, waitedMs: number, agingEveryMs: number): number =>
  Math.max(0, priority - Math.floor(Math.max(0, waitedMs) / agingEveryMs));

/** What is wrong between the numbers, as sentences that say what to change; none if they fit together. */
export function settingsProblems({ terms, strikes }: QueueSettings): string[] {
  const problems: string[] = [];
  if (terms.reviewMinMs > terms.reviewMaxMs)
    problems.push("The shortest review time is longer than the longest: change one of them.");
  if (terms.warnBeforeMs >= terms.reviewMinMs)
    problems.push("The warning would come before the review begins: warn later, or give more time.");
  if (terms.lastWarnMs >= terms.warnBeforeMs)
    problems.push("The second warning would come before the first: make it shorter.");
  if (terms.ackWithinMs >= terms.reviewMinMs)
    problems.push("A review would be over before it must have been shown: make that time shorter.");
  if (strikes.warnAtStrike >= strikes.lockAtStrike)
    problems.push("The warning must come at fewer strikes than the lock: change one of them.");
  return problems;
}
