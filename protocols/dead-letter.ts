/**
 * Dead letters and parked actors, as ops looks at them and deals with them: what an edge or the command line asks of a node's
 * desk (which also answers questions about actors, `inspection.ts`), and what it answers. Every replay, drop and resumption is recorded as a fact, with who and why.
 */
import { Schema } from "effect";
import { inspections } from "./inspection.ts";

const Seq = Schema.Int.check(Schema.isGreaterThan(0));

export const DeadLetter = Schema.Struct({
  /** Its sequence in DEAD. */
  letter: Seq,
  /** Who could not take it, `<kind>.<id>`; `line.<consumer>` for a copy line. */
  actor: Schema.String,
  /** Epoch milliseconds. */
  at: Schema.Finite,
  cause: Schema.Struct({ name: Schema.String, message: Schema.String }),
  from: Schema.NullOr(Schema.String),
  /** As it was said; text where it is no JSON. */
  message: Schema.Json,
  /** Where a replay sends it; null if there is nothing to send again: an outcome, not a message. */
  replayTo: Schema.NullOr(Schema.String),
});
export type DeadLetter = typeof DeadLetter.Type;

/** Oldest first. */
export const DeadPage = Schema.Struct({
  items: Schema.Array(DeadLetter),
  /** Goes into `after` for the page after; null at the end. */
  next: Schema.NullOr(Seq),
  /** All that lie there, whatever the filter. */
  total: Schema.Int,
});
export type DeadPage = typeof DeadPage.Type;

export const PausedActor = Schema.Struct({
  address: Schema.String,
  /** Why its supervisor parked it; "" if no node has it in memory. */
  reason: Schema.String,
  /** Parked mail. */
  mail: Schema.Int,
});
export type PausedActor = typeof PausedActor.Type;
export const PausedList = Schema.Struct({ items: Schema.Array(PausedActor) });
export type PausedList = typeof PausedList.Type;

/** What became of a replay in phases. */
export const ReplayReport = Schema.Struct({
  replayed: Schema.Int,
  /** Of these, how many died again: it stops at the first phase in which one does. */
  diedAgain: Schema.Int,
  /** Letters that fit and were not replayed. */
  left: Schema.Int,
});
export type ReplayReport = typeof ReplayReport.Type;
export const Dropped = Schema.Struct({ dropped: Schema.Int });
export const Resumed = Schema.Struct({ mail: Schema.Int });

/** Which letters: a kind or one actor's address, and the name of the cause. Left out: all. */
const which = { of: Schema.optional(Schema.String), cause: Schema.optional(Schema.String) };
const most = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 10_000 }));
const why = { by: Schema.String, reason: Schema.String };

/** Characters; fits into one message of the broker, whatever they are. */
export const maxResumeLength = 256 * 1024;

export const DeskRequest = Schema.Union([
  Schema.Struct({
    type: Schema.Literal("ListDead"),
    ...which,
    after: Schema.optional(Schema.Int),
    limit: Schema.optional(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 200 }))),
  }),
  /** `message` takes the place of what was said. */
  Schema.Struct({
    type: Schema.Literal("ReplayDead"),
    letter: Seq,
    message: Schema.optional(Schema.Json),
    ...why,
  }),
  Schema.Struct({ type: Schema.Literal("DropDead"), letter: Seq, ...why }),
  /** First `sample`, then ten times as many in each phase, as long as none dies again. */
  Schema.Struct({ type: Schema.Literal("ReplayMany"), ...which, sample: most, most, ...why }),
  Schema.Struct({ type: Schema.Literal("DropMany"), ...which, most, ...why }),
  Schema.Struct({ type: Schema.Literal("ListPaused") }),
  /** `letter` is replayed before its parked mail: what it failed on, mended or edited. */
  Schema.Struct({
    type: Schema.Literal("ResumePaused"),
    address: Schema.String,
    letter: Schema.optional(Seq),
    message: Schema.optional(Schema.Json),
    ...why,
  }),
  /** A résumé document as JSON; answered by the version that it is stored under. */
  Schema.Struct({
    type: Schema.Literal("StoreResume"),
    candidate: Schema.String.check(Schema.isMinLength(1), Schema.isMaxLength(300)),
    document: Schema.String.check(Schema.isMaxLength(maxResumeLength)),
  }),
  ...inspections,
]).pipe(Schema.toTaggedUnion("type"));
export type DeskRequest = typeof DeskRequest.Type;

/** `value` is what the request's answer holds. */
export const DeskAnswer = Schema.Union([
  Schema.Struct({ ok: Schema.Literal(true), value: Schema.Json }),
  Schema.Struct({ ok: Schema.Literal(false), reason: Schema.String, message: Schema.String }),
]);
export type DeskAnswer = typeof DeskAnswer.Type;
