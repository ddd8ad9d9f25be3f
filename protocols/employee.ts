/** What an employee actor hears. The comment names who says it. */
import { Schema } from "effect";
import { StrikePolicy } from "./queue-settings.ts";
import { MissEvidence, StrikeDecision, StrikeEntry, UnansweredCommand } from "./strike.ts";

/** A review as it is offered: what the desk must know before it fetches anything. Times are epoch milliseconds. */
export const Offer = Schema.Struct({
  application: Schema.String,
  /** The fencing number: raised at each assignment of this application, carried by every command about it. */
  assignment: Schema.Int,
  title: Schema.String,
  company: Schema.String,
  candidateName: Schema.String,
  score: Schema.Finite,
  assignedAt: Schema.Finite,
  deadlineAt: Schema.Finite,
});
export type Offer = typeof Offer.Type;

/** What a person has set, beside whether a line is up. */
export const Intent = Schema.Literals(["available", "break", "ending", "offline"]);
export type Intent = typeof Intent.Type;
export const LinkState = Schema.Literals(["online", "reconnecting", "offline"]);
export type LinkState = typeof LinkState.Type;

/** What a manager has set for a person. */
export const EmployeeProfile = Schema.Struct({
  /** Reviews at once. */
  capacity: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 10 })),
  /** Skills and languages as tags, e.g. `lang:de`. */
  skills: Schema.Array(Schema.String.check(Schema.isMinLength(1), Schema.isMaxLength(60))).check(
    Schema.isMaxLength(50),
  ),
  /** Multiplies the time of each review: 1, 1.5 or 2 and what lies between (WCAG 2.2.1). */
  timeFactor: Schema.Finite.check(Schema.isBetween({ minimum: 1, maximum: 5 })),
});
export type EmployeeProfile = typeof EmployeeProfile.Type;

export const ReviewOutcome = Schema.Literals([
  "completed",
  "missed",
  "returned",
  /** Its job was closed. */
  "rescinded",
  /** No screen, or no line. */
  "released",
  /** By a manager. */
  "taken-back",
]);
export type ReviewOutcome = typeof ReviewOutcome.Type;

const replyTo = Schema.optional(Schema.String);

export const EmployeeMessage = Schema.Union([
  /** edge: the person pressed the switch, or reconnected with it on. */
  Schema.Struct({ type: Schema.Literal("SignIn"), edge: Schema.String }),
  /** edge: the person pressed the switch; with a review in hand it counts after that. */
  Schema.Struct({ type: Schema.Literal("SignOut"), replyTo }),
  /** edge: a break, now or after the review in hand. */
  Schema.Struct({ type: Schema.Literal("TakeBreak"), replyTo }),
  /** edge: the shift ends, now or after the review in hand. */
  Schema.Struct({ type: Schema.Literal("EndShift"), replyTo }),
  /** edge: a socket of this person is open. Never changes what they have set. */
  Schema.Struct({ type: Schema.Literal("LinkUp"), edge: Schema.String }),
  /** presence: no socket of this person for the grace period, or its edge is gone. */
  Schema.Struct({ type: Schema.Literal("LinkLost"), edge: Schema.String }),
  /** application: this review is yours now. */
  Schema.Struct({
    type: Schema.Literal("OfferReview"),
    offer: Offer,
    queue: Schema.String,
    policy: Schema.optional(StrikePolicy),
  }),
  /** application: a screen has shown it; there may be room for another. */
  Schema.Struct({
    type: Schema.Literal("ReviewShown"),
    application: Schema.String,
    assignment: Schema.Int,
  }),
  /** application: five minutes left, by the policy of the queue. */
  Schema.Struct({
    type: Schema.Literal("WarnReview"),
    application: Schema.String,
    assignment: Schema.Int,
    deadlineAt: Schema.Finite,
  }),
  /** application: the deadline moved. */
  Schema.Struct({
    type: Schema.Literal("ReviewExtended"),
    application: Schema.String,
    assignment: Schema.Int,
    deadlineAt: Schema.Finite,
    reason: Schema.String,
  }),
  /** application: it is over; `strike` where the miss may be the employee's fault, which their own actor judges by the evidence. */
  Schema.Struct({
    type: Schema.Literal("ReviewEnded"),
    application: Schema.String,
    assignment: Schema.Int,
    outcome: ReviewOutcome,
    strike: Schema.Boolean,
    reason: Schema.String,
    evidence: Schema.optional(MissEvidence),
  }),
  /** edge: it could not get this person an answer, or only after long. */
  Schema.Struct({ type: Schema.Literal("CommandUnanswered"), ...UnansweredCommand.fields }),
  /** incidents: whose fault the miss was. */
  Schema.Struct({
    type: Schema.Literal("MissJudged"),
    application: Schema.String,
    assignment: Schema.Int,
    verdict: Schema.Literals(["person", "incident", "correlated"]),
    reason: Schema.String,
  }),
  /** incidents: what was missed in this time was our fault. */
  Schema.Struct({
    type: Schema.Literal("VoidStrikes"),
    incident: Schema.String,
    misses: Schema.Array(Schema.Struct({ application: Schema.String, assignment: Schema.Int })),
    reason: Schema.String,
  }),
  /** edge: that is not right. Said again before it is decided, the new text counts. */
  Schema.Struct({
    type: Schema.Literal("AppealStrike"),
    application: Schema.String,
    assignment: Schema.Int,
    text: Schema.String,
    replyTo,
  }),
  /** edge, for a manager: a decision about a strike, in writing. */
  Schema.Struct({
    type: Schema.Literal("DecideStrike"),
    application: Schema.String,
    assignment: Schema.Int,
    decision: StrikeDecision,
    by: Schema.String,
    reason: Schema.String,
    replyTo,
  }),
  /** edge, for a manager. */
  Schema.Struct({
    type: Schema.Literal("SetProfile"),
    profile: EmployeeProfile,
    by: Schema.String,
    reason: Schema.String,
    replyTo,
  }),
  /** edge, for a manager: put this person on break, on, or off. */
  Schema.Struct({
    type: Schema.Literal("SetIntent"),
    intent: Schema.Literals(["break", "offline"]),
    by: Schema.String,
    reason: Schema.String,
    replyTo,
  }),
  /** edge, for a manager: the review of the account is over. */
  Schema.Struct({
    type: Schema.Literal("Unlock"),
    by: Schema.String,
    reason: Schema.String,
    replyTo,
  }),
  /** edge: the misses in the ledger. Answered by `LedgerReply`. */
  Schema.Struct({ type: Schema.Literal("Ledger"), replyTo: Schema.String }),
  /** edge: how do I stand? Answered by `StandingReply`. */
  Schema.Struct({ type: Schema.Literal("Standing"), replyTo: Schema.String }),
]).pipe(Schema.toTaggedUnion("type"));
export type EmployeeMessage = typeof EmployeeMessage.Type;

export const EmployeeStatus = Schema.Literals(["away", "free", "break", "reviewing", "locked"]);
export type EmployeeStatus = typeof EmployeeStatus.Type;

/** How a person stands: what they do, and the three things behind it (line, intent, load). */
export const standingFields = {
  status: EmployeeStatus,
  strikes: Schema.Int,
  /** The review in hand; the oldest of several. `deadlineAt` is the current one. */
  offer: Schema.NullOr(Offer),
  offers: Schema.Array(Offer),
  link: LinkState,
  /** When the link became so. */
  linkSince: Schema.Finite,
  intent: Intent,
  /** What follows the review in hand. */
  next: Schema.NullOr(Schema.Literals(["break", "offline", "ending"])),
  /** When the status became so. */
  since: Schema.Finite,
  profile: EmployeeProfile,
  /** The first strike that is a warning, and the one that locks. */
  warnAtStrike: Schema.Int,
  lockAtStrike: Schema.Int,
} as const;

export const StandingReply = Schema.Struct({ type: Schema.Literal("StandingReply"), ...standingFields });
export type StandingReply = typeof StandingReply.Type;

export const LedgerReply = Schema.Struct({
  type: Schema.Literal("LedgerReply"),
  strikes: Schema.Int,
  locked: Schema.Boolean,
  lockedAt: Schema.NullOr(Schema.Finite),
  /** Newest first. */
  entries: Schema.Array(StrikeEntry),
});
export type LedgerReply = typeof LedgerReply.Type;
