/**
 * The kinds of portal that we can read, each by an adapter of this name, and what a user has to know before he adds one.
 * Only ever grows: boards that are stored name their kind.
 */
import { Schema } from "effect";

export const PortalKind = Schema.Literals([
  "greenhouse",
  "lever",
  "ashby",
  "smartrecruiters",
  "workday",
  "workable",
  "recruitee",
  "teamtailor",
  "personio",
  "bamboohr",
  "rippling",
  "eightfold",
  "oracle",
  "paylocity",
  "pinpoint",
  "jobvite",
  "neogov",
  "hrmdirect",
  "weworkremotely",
  "remoteok",
  /** Any other RSS or Atom feed of jobs. */
  "rss",
  "linkedin",
  "indeed",
  "glassdoor",
  /** Any other site, by the schema.org JobPosting in its pages. */
  "jsonld",
]);
export type PortalKind = typeof PortalKind.Type;

/** Their terms forbid automated access: off until a user knowingly switches them on. */
export const forbiddenByTerms: readonly PortalKind[] = ["linkedin", "indeed", "glassdoor"];
