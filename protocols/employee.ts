/** What an employee actor hears. The comment names who says it. */
import { Schema } from "effect";

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

export const ReviewOutcome = Schema.Literals(["completed", "missed", "returned", "rescinded", "released"]);
export type ReviewOutcome = typeof ReviewOutcome.Type;

export const EmployeeMessage = Schema.Union([
  /** edge: the person pressed the switch, or reconnected with it on. */
  Schema.Struct({ type: Schema.Literal("SignIn"), edge: Schema.String }),
  /** edge: the person pressed the switch. */
  Schema.Struct({ type: Schema.Literal("SignOut"), replyTo: Schema.optional(Schema.String) }),
  /** presence: no socket of this person for the grace period, or its edge is gone. */
  Schema.Struct({ type: Schema.Literal("LinkLost"), edge: Schema.String }),
  /** application: this review is yours now. */
  Schema.Struct({ type: Schema.Literal("OfferReview"), offer: Offer, queue: Schema.String }),
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
  /** application: it is over; `strike` only where the miss was the employee's fault. */
  Schema.Struct({
    type: Schema.Literal("ReviewEnded"),
    application: Schema.String,
    assignment: Schema.Int,
    outcome: ReviewOutcome,
    strike: Schema.Boolean,
    reason: Schema.String,
  }),
  /** edge, for a manager: the review of the account is over. */
  Schema.Struct({
    type: Schema.Literal("Unlock"),
    by: Schema.String,
    reason: Schema.String,
    replyTo: Schema.optional(Schema.String),
  }),
  /** edge: how do I stand? Answered by `StandingReply`. */
  Schema.Struct({ type: Schema.Literal("Standing"), replyTo: Schema.String }),
]).pipe(Schema.toTaggedUnion("type"));
export type EmployeeMessage = typeof EmployeeMessage.Type;

export const StandingReply = Schema.Struct({
  type: Schema.Literal("StandingReply"),
  status: Schema.Literals(["away", "free", "reviewing", "locked"]),
  strikes: Schema.Int,
  offer: Schema.NullOr(Offer),
});
export type StandingReply = typeof StandingReply.Type;

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
