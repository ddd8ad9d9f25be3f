/** What an adapter is given to read, and what it makes of it. Reading is apart from fetching: a saved answer reads the same. */
import type { PortalKind } from "../../../../protocols/portal-kind.ts";
import type { RemoteKind, Salary } from "../../../../protocols/posting.ts";

/** One answer of a portal. */
export interface Answer {
  readonly body: string;
  /** 200 if nobody knows. */
  readonly status: number;
  /** After redirects; null if nobody knows. */
  readonly url: URL | null;
  /** The body as JSON; undefined if it is none. */
  readonly json: unknown;
}

/** A posting as a portal lists it. What the answer does not say is "" or null, never guessed. */
export interface Listing {
  /** The portal's own stable id. */
  readonly externalId: string;
  readonly title: string;
  /** "" where the answer does not name it: whoever watches the board knows whose it is. */
  readonly company: string;
  readonly locations: readonly string[];
  readonly remote: RemoteKind;
  readonly employmentType: string;
  readonly salary: Salary | null;
  /** ISO 8601. */
  readonly datePosted: string | null;
  /** ISO 8601: until when one can apply. */
  readonly validThrough: string | null;
  /** As it comes: HTML, escaped HTML or text; "" where the list shows none. Cleaned when it is looked at. */
  readonly description: string;
  readonly skills: readonly string[];
  /** A tag such as "en" or "en-GB". */
  readonly language: string | null;
  readonly url: string | null;
  readonly applyUrl: string | null;
}

/** One posting of an answer that could not be understood, or that is over; the rest is kept. */
export interface RejectedListing {
  /** Its place in the answer's list, from 0. */
  readonly index: number;
  readonly reason: string;
  /** "" if that is what is wrong. */
  readonly externalId: string;
  /** It was understood, and is over: closed, expired, withdrawn. */
  readonly isOver: boolean;
}

export interface Reading {
  /** `empty` is proven by the answer; `changed` means that it is not understood (any more). */
  readonly outcome: "postings" | "empty" | "blocked" | "changed";
  /** Always there unless the outcome is `postings`. */
  readonly reason?: string;
  readonly listings: readonly Listing[];
  readonly rejected: readonly RejectedListing[];
  /** How many the answer's list held, dropped ones included: what paging goes on by. */
  readonly received: number;
  /** How many there are in all, as the answer says; null if it does not. */
  readonly total: number | null;
  /** What the next page is asked with, where a portal gives such a mark. */
  readonly cursor?: string | null;
}

/** How one kind of portal is read. A small file each in `adapters/`. */
export interface PortalReader {
  readonly kind: PortalKind;
  /** Whether an answer of unknown origin looks like one of this portal. */
  readonly knows: (answer: Answer) => boolean;
  readonly read: (answer: Answer) => Reading;
}

/** It is not what we understand: an answer of another sort, or one that has changed. */
export const changed = (reason: string): Reading => ({ ...nothing, outcome: "changed", reason });
export const blocked = (reason: string): Reading => ({ ...nothing, outcome: "blocked", reason });
export const empty = (reason: string): Reading => ({ ...nothing, outcome: "empty", reason, total: 0 });

const nothing = { listings: [], rejected: [], received: 0, total: null };
