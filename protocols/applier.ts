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
});
export type ApplyRequest = typeof ApplyRequest.Type;

export const ApplierMessage = Schema.Union([
  /** application: approved, by the machine or by a person. */
  Schema.Struct({ type: Schema.Literal("Apply"), request: ApplyRequest }),
  /** application: not any more, if it has not begun. Answered by `SubmissionWithdrawn`, or by what became of it. */
  Schema.Struct({ type: Schema.Literal("Withdraw"), application: Schema.String, attempt: Schema.Int }),
  /** ops: the breaker may close. */
  Schema.Struct({ type: Schema.Literal("ResetBreaker") }),
]).pipe(Schema.toTaggedUnion("type"));
export type ApplierMessage = typeof ApplierMessage.Type;

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
  Schema.Struct({ outcome: Schema.Literal("uncertain"), detail: Schema.String }),
  Schema.Struct({
    outcome: Schema.Literal("blocked"),
    reason: Schema.String,
    retryAfterMs: Schema.NullOr(Schema.Finite),
  }),
  Schema.Struct({ outcome: Schema.Literal("unreachable"), reason: Schema.String }),
]);
export type AttemptOutcome = typeof AttemptOutcome.Type;
