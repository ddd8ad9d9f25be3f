/** What the archivist and the pulse hear, and the live figures that the pulse publishes. */
import { Schema } from "effect";

/** Both read the EVENTS stream on their own, from the position that they hold; a start is all they are told. */
export const ReaderMessage = Schema.Union([
  /** the node at its start. */
  Schema.Struct({ type: Schema.Literal("Start") }),
]).pipe(Schema.toTaggedUnion("type"));
export type ReaderMessage = typeof ReaderMessage.Type;

export const LiveMetrics = Schema.Struct({
  /** Portals that were looked at lately and are not blocked. */
  activeScrapers: Schema.Int,
  totalScrapers: Schema.Int,
  /** New jobs (after dedupe) per minute, over the last five minutes. */
  jobsFoundPerMinute: Schema.Finite,
  /** Reviews that wait for an employee or a manager, or are with one. */
  pendingReviews: Schema.Int,
  employeesOnline: Schema.Int,
});
export type LiveMetrics = typeof LiveMetrics.Type;

export const Kpis = Schema.Struct({
  discovered: Schema.Int,
  scored: Schema.Int,
  /** Approved by the machine, and no person was needed after. */
  autoApproved: Schema.Int,
  /** Approved or rejected by a person. */
  reviewed: Schema.Int,
  submitted: Schema.Int,
  failed: Schema.Int,
  /** autoApproved / (autoApproved + reviewed), 0 to 1; null before the first decision. */
  autoApplyRate: Schema.NullOr(Schema.Finite),
  manualRate: Schema.NullOr(Schema.Finite),
});
export type Kpis = typeof Kpis.Type;

/** Whose fault it was that a review was not finished; "poison" is one that too many people could not do. */
export const MissCause = Schema.Literals(["person", "connectivity", "platform", "poison"]);
export type MissCause = typeof MissCause.Type;
