/** What a dispatcher actor (one per review queue) hears, and the review as it waits in the REVIEWS stream. */
import { Schema } from "effect";

/** One pending review: the payload of `callboard.review.<queue>.<priority>`. Priority 0 is the front. */
export const PendingReview = Schema.Struct({
  type: Schema.Literal("ReviewRequested"),
  application: Schema.String,
  /** Counts the requests of one application, so that an old one that comes again is recognised. */
  request: Schema.Int,
  queue: Schema.String,
  priority: Schema.Int,
  /** Who has just missed it; not handed back to them while anyone else is free. */
  exclude: Schema.NullOr(Schema.String),
  reason: Schema.String,
});
export type PendingReview = typeof PendingReview.Type;

export const DispatcherMessage = Schema.Union([
  /** employee: I have a free hand. */
  Schema.Struct({ type: Schema.Literal("EmployeeFree"), employee: Schema.String }),
  /** employee: not any more. */
  Schema.Struct({ type: Schema.Literal("EmployeeGone"), employee: Schema.String }),
  /** application: the assignment stands. */
  Schema.Struct({
    type: Schema.Literal("ReviewAssigned"),
    application: Schema.String,
    request: Schema.Int,
    employee: Schema.String,
  }),
  /** application: nobody is needed (already assigned, closed, an old request). */
  Schema.Struct({
    type: Schema.Literal("AssignRefused"),
    application: Schema.String,
    request: Schema.Int,
    employee: Schema.String,
    reason: Schema.String,
  }),
  /** edge: who is free, who is on what? Answered by `RosterReply`. */
  Schema.Struct({ type: Schema.Literal("Roster"), replyTo: Schema.String }),
]).pipe(Schema.toTaggedUnion("type"));
export type DispatcherMessage = typeof DispatcherMessage.Type;

export const RosterReply = Schema.Struct({
  type: Schema.Literal("RosterReply"),
  free: Schema.Array(Schema.Struct({ employee: Schema.String, lastAssignedAt: Schema.Finite })),
});
export type RosterReply = typeof RosterReply.Type;
