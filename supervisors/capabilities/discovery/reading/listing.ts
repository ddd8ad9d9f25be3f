/** From the rows of an answer to listings: each row is understood or refused by itself, and rows of one posting become one. */
import type { RemoteKind, Salary } from "../../../../protocols/posting.ts";
import { plainLine } from "../clean-html.ts";
import type { Listing, Reading, RejectedListing } from "./answer.ts";
import { cutText } from "./cut-text.ts";
import { isFields, listOf, textOf } from "./loose-json.ts";
import { firstRemote, remoteFrom, remoteInTitle, tidyPlace } from "./places.ts";

/** A posting that cannot be taken, with a sentence that says why. */
export class Refused extends Error {
  override readonly name: string = "Refused";
}

/** It is understood, but over: closed, expired, withdrawn. */
export class Closed extends Refused {
  override readonly name = "Closed";
  readonly externalId: string;
  constructor(reason: string, externalId: unknown = "") {
    super(reason);
    this.externalId = cutText(textOf(externalId), 300);
  }
}

/** What an adapter found in a row; nothing checked yet. */
export interface Draft {
  readonly id: unknown;
  readonly title: unknown;
  readonly company?: unknown;
  readonly locations?: readonly unknown[];
  /** Default: what the places say. */
  readonly remote?: RemoteKind;
  readonly employmentType?: unknown;
  readonly salary?: Salary | null;
  readonly datePosted?: string | null;
  readonly validThrough?: string | null;
  readonly description?: unknown;
  readonly skills?: unknown;
  readonly language?: unknown;
  readonly url?: unknown;
  readonly applyUrl?: unknown;
}

/** @throws Refused if nobody could recognise it again (no id), or know what it is (no title). `base`: what relative addresses are relative to. */
export function listingOf(draft: Draft, base?: URL | string | null): Listing {
  const externalId = cutText(textOf(draft.id), 300);
  if (externalId === "") throw new Refused("It has no id.");
  const title = cutText(plainLine(textOf(draft.title)), 300);
  if (!/\p{L}/u.test(title)) throw new Refused("It has no title.");
  const locations = distinct(
    (draft.locations ?? []).map((place) => tidyPlace(cutText(plainLine(textOf(place)), 200))),
  ).slice(0, 50);
  const url = webAddress(draft.url, base);
  // A path alone is no mistake: the answer does not say whose it is.
  if (url === null && URL.canParse(textOf(draft.url))) throw new Refused("Its address is no web address.");
  return {
    externalId,
    title,
    company: cutText(plainLine(textOf(draft.company)), 200),
    locations,
    remote: firstRemote(draft.remote ?? remoteFrom(locations), remoteInTitle(title)),
    employmentType: cutText(plainLine(textOf(draft.employmentType)), 100),
    salary: draft.salary ?? null,
    datePosted: draft.datePosted ?? null,
    validThrough: draft.validThrough ?? null,
    description: cutText(textOf(draft.description), 200_000),
    skills: skillsOf(draft.skills),
    language: languageOf(draft.language),
    url,
    applyUrl: webAddress(draft.applyUrl, base),
  };
}

const distinct = (texts: readonly string[]) => [...new Set(texts)].filter((text) => text !== "");

/** A list, or one text with commas. */
const skillsOf = (value: unknown): string[] =>
  distinct(
    (typeof value === "string" ? value.split(/[,;]/) : listOf(value)).map((skill) =>
      cutText(plainLine(textOf(isFields(skill) ? (skill.name ?? skill.label) : skill)), 100),
    ),
  ).slice(0, 50);

const languageOf = (value: unknown): string | null =>
  /^([a-z]{2,3})(?:[-_]([a-z]{2,4}))?$/i.test(textOf(value)) ? textOf(value).replace("_", "-") : null;

/** @returns null unless it is an address of the web */
export function webAddress(value: unknown, base?: URL | string | null): string | null {
  const text = textOf(value);
  const from = base?.toString();
  if (text === "" || text.length > 2_000 || !URL.canParse(text, from)) return null;
  const url = new URL(text, from);
  return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
}

/** Follow-me marks that portals hang on their links. */
export function withoutTracking(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  for (const key of [...url.searchParams.keys()])
    if (/^(?:utm_\w+|refId|trackingId|trk|position|pageNum|gclid|fbclid|lipi|eBP)$/i.test(key))
      url.searchParams.delete(key);
  return url.href;
}

const maxRows = 5_000;

/**
 * @param toDraft a row as a draft; null drops it without a word (it is not meant to be seen). May throw Refused.
 * @param none what an answer without rows proves
 */
export function readRows(
  rows: readonly unknown[],
  toDraft: (row: unknown, index: number) => Draft | null,
  {
    base,
    none,
    total = null,
  }: { readonly base?: URL | string | null; readonly none: string; readonly total?: number | null },
): Reading {
  const listings = new Map<string, Listing>();
  const rejected: RejectedListing[] = [];
  let over = 0;
  rows.slice(0, maxRows).forEach((row, index) => {
    let externalId = "";
    try {
      const draft = toDraft(row, index);
      if (draft === null) return;
      externalId = cutText(textOf(draft.id), 300);
      const listing = listingOf(draft, base);
      const same = listings.get(listing.externalId);
      listings.set(listing.externalId, same === undefined ? listing : merged(same, listing));
    } catch (error) {
      const isOver = error instanceof Closed;
      if (isOver) over++;
      if (isOver && externalId === "") externalId = error.externalId;
      rejected.push({ index, externalId, reason: reasonOf(error), isOver });
    }
  });
  const found = { listings: [...listings.values()], rejected, received: rows.length, total };
  if (listings.size > 0) return { ...found, outcome: "postings" };
  if (rejected.length > over)
    return {
      ...found,
      outcome: "changed",
      reason: `None of ${rows.length} postings could be understood. The first: ${rejected[0]?.reason}`,
    };
  const why =
    rows.length === 0 ? none : over > 0 ? (rejected[0]?.reason ?? none) : "All of its postings are unlisted.";
  return { ...found, outcome: "empty", reason: why };
}

/** One posting in several rows, one per place: the places together, and of the rest what is said first. */
export function merged(first: Listing, second: Listing): Listing {
  const remote =
    first.remote === second.remote
      ? first.remote
      : first.remote === "hybrid" || second.remote === "hybrid"
        ? "hybrid"
        : "unknown";
  return {
    ...first,
    remote,
    locations: distinct([...first.locations, ...second.locations]),
    company: first.company || second.company,
    employmentType: first.employmentType || second.employmentType,
    salary: first.salary ?? second.salary,
    datePosted: first.datePosted ?? second.datePosted,
    validThrough: first.validThrough ?? second.validThrough,
    description:
      second.description.length > first.description.length ? second.description : first.description,
    url: first.url ?? second.url,
    applyUrl: first.applyUrl ?? second.applyUrl,
  };
}

/** What the row is, or why it is none. @throws Refused */
export function rowOf(row: unknown): Readonly<Record<string, unknown>> {
  if (!isFields(row)) throw new Refused("It is no object.");
  return row;
}

export const reasonOf = (error: unknown): string =>
  cutText((error instanceof Error ? error.message : String(error)).replace(/\s+/g, " "), 300);
