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

/** Who asks for it, by account or "the file boards"; who waits for the decision. */
const asked = { by: Schema.optional(Schema.String), replyTo: Schema.optional(Schema.String) };

export const PortalMessage = Schema.Union([
  /** a manager by way of the edge, the file `boards` at a node's start, the local boot: watch this board. */
  Schema.Struct({ type: Schema.Literal("Watch"), board: Board, pollEveryMs: Schema.Finite, ...asked }),
  /** manager or ops: look now. */
  Schema.Struct({ type: Schema.Literal("PollNow"), ...asked }),
  /** manager or ops: the breaker may close. */
  Schema.Struct({ type: Schema.Literal("ResetBreaker"), ...asked }),
  /** manager or ops: look no more, until `SwitchOn` or for so many milliseconds. What is known of the board is kept. */
  Schema.Struct({ type: Schema.Literal("SwitchOff"), forMs: Schema.optional(Schema.Finite), ...asked }),
  Schema.Struct({ type: Schema.Literal("SwitchOn"), ...asked }),
  /** manager or ops: forget the board. */
  Schema.Struct({ type: Schema.Literal("Remove"), ...asked }),
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
    /** The key of each posting in `known`, in the same order; left out where it is the posting's external id. */
    keys: Schema.optional(Schema.Array(Schema.String)),
    rejected: Schema.Array(RejectedPosting),
    /** `<external id>:<digest>` of each posting on this page, to be known the next time. */
    known: Schema.Array(Schema.String),
    more: Schema.Boolean,
    etag: Schema.NullOr(Schema.String),
    /** `known` of this page and those before it name all that the board lists: what is missing from them is gone. */
    complete: Schema.optional(Schema.Boolean),
    /** The board answered that nothing has changed since the last look. */
    unchanged: Schema.optional(Schema.Boolean),
    /** Keys of known postings that the board itself says are closed. */
    closed: Schema.optional(Schema.Array(Schema.Struct({ key: Schema.String, reason: Schema.String }))),
  }),
  Schema.Struct({
    outcome: Schema.Literal("blocked"),
    reason: Schema.String,
    retryAfterMs: Schema.NullOr(Schema.Finite),
  }),
  Schema.Struct({ outcome: Schema.Literal("changed"), reason: Schema.String }),
  /** Nothing was asked: an operator has switched this kind of portal off. */
  Schema.Struct({ outcome: Schema.Literal("off"), reason: Schema.String }),
]);
export type Discovery = typeof Discovery.Type;

/** The value of `<portal>` in the KV bucket `boards`: how the board stands, as its portal actor last said it. */
export const BoardStanding = Schema.Struct({
  board: Board,
  pollEveryMs: Schema.Finite,
  /** `not-allowed`: an operator has switched its kind off. `removed`: nobody watches it any more. */
  state: Schema.Literals(["closed", "open", "half-open", "off", "not-allowed", "removed"]),
  /** Since when it is in this state. Times are epoch milliseconds. */
  since: Schema.Finite,
  /** Why it is not closed, for people; "" if it is. */
  reason: Schema.String,
  lastLookAt: Schema.NullOr(Schema.Finite),
  /** The next look or probe; null if none is planned. */
  nextLookAt: Schema.NullOr(Schema.Finite),
  /** Postings found and refused since it is watched, changed ones counted again. */
  found: Schema.Int,
  rejected: Schema.Int,
  /** Postings that it lists now. */
  listed: Schema.Int,
});
export type BoardStanding = typeof BoardStanding.Type;

const sighting = { portal: Schema.String, key: Schema.String };

/** What a catalog actor (one per company and title) hears, by way of the JOBS stream or from a portal. */
export const CatalogMessage = Schema.Union([
  /** portal: found on a board. `key` is the board's own name for it. */
  Schema.Struct({
    type: Schema.Literal("JobDiscovered"),
    posting: Posting,
    key: Schema.optional(Schema.String),
  }),
  /** portal: its board does not list it any more, or says that it is closed. */
  Schema.Struct({ type: Schema.Literal("PostingGone"), ...sighting, reason: Schema.String }),
]).pipe(Schema.toTaggedUnion("type"));
export type CatalogMessage = typeof CatalogMessage.Type;

/** What a matcher actor (one per job) hears, by way of the JOBS stream. */
export const MatcherMessage = Schema.Union([
  /** catalog: a job that was not known before, or one that is open again. */
  Schema.Struct({ type: Schema.Literal("JobListed"), posting: Posting }),
  /** catalog: the job is gone from every board. */
  Schema.Struct({ type: Schema.Literal("JobClosed"), job: Schema.String, reason: Schema.String }),
]).pipe(Schema.toTaggedUnion("type"));
export type MatcherMessage = typeof MatcherMessage.Type;
