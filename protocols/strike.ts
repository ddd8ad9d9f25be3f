/** Misses, strikes and appeals: what is said about them, and the ledger that an employee's actor keeps. */
import { Schema } from "effect";

const at = Schema.NullOr(Schema.Finite);

/** What happened in one assignment, as the application saw it. Times are epoch milliseconds, null = never. */
export const MissEvidence = Schema.Struct({
  assignedAt: Schema.Finite,
  /** A client has shown it. */
  deliveredAt: at,
  /** The desk has fetched it. */
  openedAt: at,
  /** The last draft that was saved. */
  lastEditAt: at,
  drafts: Schema.Int,
  warnedAt: at,
  /** A client has shown the warning. */
  warningSeenAt: at,
  deadlineAt: Schema.Finite,
  endedAt: Schema.Finite,
  extensions: Schema.Int,
});
export type MissEvidence = typeof MissEvidence.Type;

/** When the line was down during it, as the employee's actor saw it. */
export const LinkGap = Schema.Struct({ from: Schema.Finite, to: Schema.Finite });
export type LinkGap = typeof LinkGap.Type;

/** What somebody asked of their desk, and we did not answer: their actor weighs it when the review is missed. */
export const UnansweredCommand = Schema.Struct({
  /** Null where it could not even be told which review was meant: then it is the one that was in hand. */
  review: Schema.NullOr(Schema.Struct({ application: Schema.String, assignment: Schema.Int })),
  command: Schema.Literals(["open", "draft", "complete", "return", "reject", "extend"]),
  /** When it reached the edge. */
  triedAt: Schema.Finite,
});
export type UnansweredCommand = typeof UnansweredCommand.Type;

export const StrikeState = Schema.Literals([
  /** Not decided yet: it is asked whether it was ours. */
  "judging",
  "issued",
  /** No strike: the reason says why. */
  "excused",
  "appealed",
  "upheld",
  "voided",
  "expired",
  /** Cleared when the account was unlocked. */
  "cleared",
]);
export type StrikeState = typeof StrikeState.Type;

/** One miss in the ledger. */
export const StrikeEntry = Schema.Struct({
  application: Schema.String,
  assignment: Schema.Int,
  title: Schema.String,
  company: Schema.String,
  at: Schema.Finite,
  state: StrikeState,
  /** How many counted when it was issued; 0 if it never was. */
  count: Schema.Int,
  /** Why it was excused, voided or upheld. */
  reason: Schema.String,
  /** Null in what was stored before evidence was kept. */
  evidence: Schema.NullOr(MissEvidence),
  linkGaps: Schema.Array(LinkGap),
  /** What they tried and got no answer to; missing in what was stored before it was kept. */
  unanswered: Schema.optional(Schema.Array(UnansweredCommand)),
  appeal: Schema.NullOr(Schema.Struct({ text: Schema.String, at: Schema.Finite })),
  decidedBy: Schema.NullOr(Schema.String),
  decidedAt: at,
});
export type StrikeEntry = typeof StrikeEntry.Type;

/** Those that count. */
export const countsAsStrike = ({ state }: Pick<StrikeEntry, "state">): boolean =>
  state === "issued" || state === "appealed" || state === "upheld";

/** A manager's decision about a strike. */
export const StrikeDecision = Schema.Literals([
  /** It does not count; whoever falls below the lock by it is unlocked. */
  "void",
  /** It counts; a locked account may work again, with a warning. */
  "uphold",
  /** It counts, and the account stays locked. */
  "keep-locked",
]);
export type StrikeDecision = typeof StrikeDecision.Type;

/** The value of `employee.<id>` in the KV bucket `strikes`. */
export const StrikeRecord = Schema.Struct({
  employee: Schema.String,
  count: Schema.Int,
  /** What the last strike meant: 1 and 2 recorded, the 3rd a warning, the 4th a violation. */
  level: Schema.Literals(["recorded", "warning", "violation"]),
  application: Schema.String,
  assignment: Schema.Int,
  at: Schema.Finite,
});
export type StrikeRecord = typeof StrikeRecord.Type;
