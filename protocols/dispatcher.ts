/** What a dispatcher actor (one per review queue) hears, and the review as it waits in the REVIEWS stream. */
import { Schema } from "effect";
import { QueueSettings } from "./queue-settings.ts";

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
  /** Until when, epoch milliseconds. */
  excludeUntil: Schema.optional(Schema.Finite),
  reason: Schema.String,
  /** When a person was first asked for; priority grows from there. */
  requestedAt: Schema.optional(Schema.Finite),
  misses: Schema.optional(Schema.Int),
  title: Schema.optional(Schema.String),
  company: Schema.optional(Schema.String),
});
export type PendingReview = typeof PendingReview.Type;

const replyTo = Schema.optional(Schema.String);

export const DispatcherMessage = Schema.Union([
  /** employee: I have a free hand. */
  Schema.Struct({
    type: Schema.Literal("EmployeeFree"),
    employee: Schema.String,
    open: Schema.optional(Schema.Int),
    capacity: Schema.optional(Schema.Int),
    skills: Schema.optional(Schema.Array(Schema.String)),
    timeFactor: Schema.optional(Schema.Finite),
  }),
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
  /** application: the assignment is over, however it ended. */
  Schema.Struct({
    type: Schema.Literal("ReviewOver"),
    application: Schema.String,
    employee: Schema.String,
    assignment: Schema.Int,
  }),
  /** employee: I missed this; was it us? Goes on to the queue's incidents, with how many were at work. */
  Schema.Struct({
    type: Schema.Literal("MissReported"),
    employee: Schema.String,
    application: Schema.String,
    assignment: Schema.Int,
    from: Schema.Finite,
    to: Schema.Finite,
    excused: Schema.Boolean,
  }),
  /** incidents: give everybody at work this much more, since this incident took it from them. */
  Schema.Struct({
    type: Schema.Literal("ExtendLive"),
    incident: Schema.String,
    ms: Schema.Finite,
    from: Schema.optional(Schema.Finite),
    to: Schema.optional(Schema.Finite),
    reason: Schema.String,
  }),
  /** edge, for a manager: other numbers from the next assignment on. `version` is the one that they were made from. */
  Schema.Struct({
    type: Schema.Literal("ChangeSettings"),
    settings: QueueSettings,
    version: Schema.Int,
    by: Schema.String,
    reason: Schema.String,
    replyTo,
  }),
  /** edge, for ops or a manager: give nothing out until it is resumed. */
  Schema.Struct({
    type: Schema.Literal("PauseDispatch"),
    paused: Schema.Boolean,
    by: Schema.String,
    reason: Schema.String,
    replyTo,
  }),
  /** edge: who is free, who is on what? Answered by `RosterReply`. */
  Schema.Struct({ type: Schema.Literal("Roster"), replyTo: Schema.String }),
  /** edge: how many come before this one? Answered by `PlaceReply`. */
  Schema.Struct({
    type: Schema.Literal("PlaceInLine"),
    employee: Schema.String,
    replyTo: Schema.String,
  }),
]).pipe(Schema.toTaggedUnion("type"));
export type DispatcherMessage = typeof DispatcherMessage.Type;

export const Pause = Schema.Struct({ by: Schema.String, reason: Schema.String, at: Schema.Finite });
export type Pause = typeof Pause.Type;

export const RosterReply = Schema.Struct({
  type: Schema.Literal("RosterReply"),
  /** The first of them, in the order in which they come next, where the strategy is round robin. */
  free: Schema.Array(Schema.Struct({ employee: Schema.String, lastAssignedAt: Schema.Finite })),
  freeCount: Schema.Int,
  /** Taken from the queue and waiting for somebody who may have them, next first. */
  window: Schema.Array(PendingReview),
  /** Reviews at work. */
  liveCount: Schema.Int,
  settings: QueueSettings,
  version: Schema.Int,
  paused: Schema.NullOr(Pause),
});
export type RosterReply = typeof RosterReply.Type;

export const PlaceReply = Schema.Struct({
  type: Schema.Literal("PlaceReply"),
  /** 1 comes next; null while not free. */
  position: Schema.NullOr(Schema.Int),
  free: Schema.Int,
});
export type PlaceReply = typeof PlaceReply.Type;
