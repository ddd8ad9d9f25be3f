/** What an applier actor (the bot, one per portal) hears, and what one attempt at a form answers. */
import { Schema } from "effect";
import { FormAnswer, JobReference, SubmissionProof } from "./application.ts";
import { CandidateProfile } from "./candidate.ts";

/** One application to be made. `attempt` counts per application; a report without the current one is ignored. */
export const ApplyRequest = Schema.Struct({
  application: Schema.String,
  attempt: Schema.Int,
  job: JobReference,
  candidate: CandidateProfile,
  resumeVersion: Schema.String,
  /** Answers of the reviewer; they come before the candidate's answer book. */
  answers: Schema.Array(FormAnswer),
  /** A person has seen the filled form and sends it, whatever the portal's mode is. */
  send: Schema.optional(Schema.Boolean),
});
export type ApplyRequest = typeof ApplyRequest.Type;

/** Whether the bot presses the button at a portal, or only fills the form and keeps it for a person. */
export const ApplierMode = Schema.Literals(["dry-run", "live"]);
export type ApplierMode = typeof ApplierMode.Type;

export const ApplierMessage = Schema.Union([
  /** application: approved, by the machine or by a person. */
  Schema.Struct({ type: Schema.Literal("Apply"), request: ApplyRequest }),
  /** application: not any more, if it has not begun. Answered by `SubmissionWithdrawn`, or by what became of it. */
  Schema.Struct({ type: Schema.Literal("Withdraw"), application: Schema.String, attempt: Schema.Int }),
  /** ops: the breaker may close. */
  Schema.Struct({ type: Schema.Literal("ResetBreaker") }),
  /** edge, for a manager: from now on it presses, or no longer does. */
  Schema.Struct({
    type: Schema.Literal("SwitchMode"),
    mode: ApplierMode,
    by: Schema.String,
    reason: Schema.String,
    replyTo: Schema.optional(Schema.String),
  }),
  /** edge: how it stands. Answered by `ApplierReply`. */
  Schema.Struct({ type: Schema.Literal("Describe"), replyTo: Schema.String }),
]).pipe(Schema.toTaggedUnion("type"));
export type ApplierMessage = typeof ApplierMessage.Type;

export const ApplierReply = Schema.Struct({
  type: Schema.Literal("ApplierReply"),
  portal: Schema.String,
  /** Null until somebody has switched it: then only the demo portal's forms are sent. */
  mode: Schema.NullOr(ApplierMode),
  /** Who switched it last, when (epoch milliseconds) and why; "" and 0 if nobody did. */
  by: Schema.String,
  at: Schema.Finite,
  reason: Schema.String,
  /** Forms that wait to be filled. */
  waiting: Schema.Int,
  /** Why it pauses; "" while it works. */
  trouble: Schema.String,
});
export type ApplierReply = typeof ApplierReply.Type;

/** What became of one attempt. Only `blocked` and `unreachable` may be tried again by the machine. */
export const AttemptOutcome = Schema.Union([
  Schema.Struct({ outcome: Schema.Literal("confirmed"), proof: SubmissionProof }),
  Schema.Struct({ outcome: Schema.Literal("duplicate"), detail: Schema.String }),
  Schema.Struct({
    outcome: Schema.Literal("failed"),
    reason: Schema.String,
    evidence: Schema.Array(Schema.String),
  }),
  Schema.Struct({
    outcome: Schema.Literal("needs-person"),
    questions: Schema.Array(Schema.String),
    evidence: Schema.Array(Schema.String),
  }),
  /** Filled and not sent, since the portal is in dry run. */
  Schema.Struct({ outcome: Schema.Literal("ready"), evidence: Schema.Array(Schema.String) }),
  Schema.Struct({ outcome: Schema.Literal("uncertain"), detail: Schema.String }),
  Schema.Struct({
    outcome: Schema.Literal("blocked"),
    reason: Schema.String,
    retryAfterMs: Schema.NullOr(Schema.Finite),
    evidence: Schema.optional(Schema.Array(Schema.String)),
  }),
  Schema.Struct({
    outcome: Schema.Literal("unreachable"),
    reason: Schema.String,
    evidence: Schema.optional(Schema.Array(Schema.String)),
  }),
]);
export type AttemptOutcome = typeof AttemptOutcome.Type;
