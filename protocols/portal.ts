/** What a portal actor (one per job board) hears, and what its discovery answers. */
import { Schema } from "effect";
import { PortalKind } from "./portal-kind.ts";
import { Posting } from "./posting.ts";

/** One board to watch. `adapter` says how its answers are read. */
export const Board = Schema.Struct({
  /** The portal actor's id, e.g. `greenhouse-northwind`. */
  portal: Schema.String,
  adapter: PortalKind,
  company: Schema.String,
  region: Schema.String,
  /** Where the adapter asks for the list, as `recognise` makes it of any address of the board. */
  url: Schema.String,
});
export type Board = typeof Board.Type;

export const PortalMessage = Schema.Union([
  /** the local boot, later a manager: watch this board. */
  Schema.Struct({ type: Schema.Literal("Watch"), board: Board, pollEveryMs: Schema.Finite }),
  /** ops: look now. */
  Schema.Struct({ type: Schema.Literal("PollNow") }),
  /** ops: the breaker may close. */
  Schema.Struct({ type: Schema.Literal("ResetBreaker") }),
]).pipe(Schema.toTaggedUnion("type"));
export type PortalMessage = typeof PortalMessage.Type;

/** A posting that could not be understood; the rest of the answer is kept. */
export const RejectedPosting = Schema.Struct({ externalId: Schema.String, reason: Schema.String });
export type RejectedPosting = typeof RejectedPosting.Type;

/**
 * What a look at a board brings. `postings` holds at most one page of what is new or changed against `known`;
 * `more` says that another look finds the rest at once. Empty is not broken: the three outcomes stay apart.
 */
export const Discovery = Schema.Union([
  Schema.Struct({
    outcome: Schema.Literal("postings"),
    postings: Schema.Array(Posting),
    rejected: Schema.Array(RejectedPosting),
    /** `<external id>:<digest>` of each posting on this page, to be known the next time. */
    known: Schema.Array(Schema.String),
    more: Schema.Boolean,
    etag: Schema.NullOr(Schema.String),
  }),
  Schema.Struct({
    outcome: Schema.Literal("blocked"),
    reason: Schema.String,
    retryAfterMs: Schema.NullOr(Schema.Finite),
  }),
  Schema.Struct({ outcome: Schema.Literal("changed"), reason: Schema.String }),
]);
export type Discovery = typeof Discovery.Type;

/** What a catalog actor (one per fingerprint) hears, by way of the JOBS stream. */
export const CatalogMessage = Schema.Union([
  /** portal: found on a board. */
  Schema.Struct({ type: Schema.Literal("JobDiscovered"), posting: Posting }),
]).pipe(Schema.toTaggedUnion("type"));
export type CatalogMessage = typeof CatalogMessage.Type;

/** What a matcher actor (one per job) hears, by way of the JOBS stream. */
export const MatcherMessage = Schema.Union([
  /** catalog: a job that was not known before. */
  Schema.Struct({ type: Schema.Literal("JobListed"), posting: Posting }),
]).pipe(Schema.toTaggedUnion("type"));
export type MatcherMessage = typeof MatcherMessage.Type;
