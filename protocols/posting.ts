/**
 * One job posting after a portal adapter has normalised it: what the catalog stores, the matcher scores, the applier
 * applies to and the dashboard shows. Field names follow schema.org `JobPosting` where it has one.
 */
import { Schema } from "effect";

/** Where the work is done, as far as the posting says so. Never guessed: `unknown` is an answer. */
export const RemoteKind = Schema.Literals(["yes", "no", "hybrid", "unknown"]);
export type RemoteKind = typeof RemoteKind.Type;

/** What the posting states as pay; the bounds it leaves out are null, and nothing is ever invented. */
export const Salary = Schema.Struct({
  min: Schema.NullOr(Schema.Finite),
  max: Schema.NullOr(Schema.Finite),
  /** ISO 4217 code, e.g. "EUR"; null if the posting gives bare numbers. */
  currency: Schema.NullOr(Schema.String),
  /** What the figures are per; null if not said. */
  unit: Schema.NullOr(Schema.Literals(["hour", "day", "week", "month", "year"])),
});
export type Salary = typeof Salary.Type;

export const Posting = Schema.Struct({
  /** Ours, unique over all portals. */
  id: Schema.String,
  /** The portal actor's id that found it, e.g. "greenhouse-acme". */
  portal: Schema.String,
  /** The portal's own id for it; with `portal` it recognises a posting seen again. */
  externalId: Schema.String,
  title: Schema.String,
  company: Schema.String,
  locations: Schema.Array(Schema.String),
  remote: RemoteKind,
  /** As the portal writes it ("Full-time", "FULL_TIME"); "" if it does not say. */
  employmentType: Schema.String,
  salary: Schema.NullOr(Salary),
  /** ISO 8601 date or date-time. */
  datePosted: Schema.NullOr(Schema.String),
  /** ISO 8601: until when one can apply; null or absent if not said. */
  validThrough: Schema.optional(Schema.NullOr(Schema.String)),
  /** Plain text; headings and list items each on a line of their own. The matcher reads this. */
  description: Schema.String,
  /** The same as sanitised HTML, safe to show. */
  descriptionHtml: Schema.String,
  /** As the portal lists them, apart from the description. Absent in postings found before it was kept. */
  skills: Schema.optional(Schema.Array(Schema.String)),
  /** Of the posting, e.g. "en" or "en-GB"; null if not said. */
  language: Schema.optional(Schema.NullOr(Schema.String)),
  /** Which review queue and stores it belongs to, e.g. "eu", "us". */
  region: Schema.String,
  url: Schema.String,
  applyUrl: Schema.String,
  /** Whether `applyUrl` is a form of a portal whose forms are known, or any site's. */
  applyKind: Schema.optional(Schema.Literals(["portal", "site"])),
  /** Equal for the same job on different portals (company, title and place normalised). */
  fingerprint: Schema.String,
});
export type Posting = typeof Posting.Type;
