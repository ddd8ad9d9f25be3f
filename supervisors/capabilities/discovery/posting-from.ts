/** The last step of every adapter: what a board says becomes a Posting, or is refused with a sentence that says why. */
import { fingerprint } from "../../../actors/catalog/fingerprint.ts";
import type { Board } from "../../../protocols/portal.ts";
import type { Posting, RemoteKind, Salary } from "../../../protocols/posting.ts";
import { cleanDescription, plainLine } from "./clean-html.ts";

/** As an adapter found it; nothing checked yet. */
export interface Found {
  readonly externalId: string;
  readonly title: string;
  /** "" takes the board's. */
  readonly company: string;
  readonly locations: readonly string[];
  readonly remote: RemoteKind;
  readonly employmentType: string;
  readonly salary: Salary | null;
  readonly datePosted: string | null;
  /** HTML, escaped HTML or text. */
  readonly description: string;
  readonly url: string;
  readonly applyUrl: string;
}

export class Refused extends Error {
  override readonly name = "Refused";
}

const shortest = 40;

/** @throws Refused if it has no title, no description or no address: nobody could score it or apply to it. */
export function postingFrom(found: Found, board: Board): Posting {
  const title = plainLine(found.title).slice(0, 300);
  if (!/\p{L}/u.test(title)) throw new Refused("It has no title.");
  const { text, html } = cleanDescription(found.description);
  if (text.length < shortest) throw new Refused(`Its description has only ${text.length} characters.`);
  const url = webAddress(found.url);
  if (url === null) throw new Refused("Its address is no web address.");
  const company = plainLine(found.company).slice(0, 200) || board.company;
  const locations = [...new Set(found.locations.map((place) => plainLine(place).slice(0, 200)))]
    .filter((place) => place !== "")
    .slice(0, 20);
  const print = fingerprint({ title, company, locations });
  return {
    id: print,
    portal: board.portal,
    externalId: found.externalId,
    title,
    company,
    locations,
    remote: found.remote,
    employmentType: plainLine(found.employmentType).slice(0, 100),
    salary: found.salary,
    datePosted: isoDate(found.datePosted),
    description: text,
    descriptionHtml: html,
    region: board.region,
    url,
    applyUrl: webAddress(found.applyUrl) ?? url,
    fingerprint: print,
  };
}

const webAddress = (text: string): string | null => {
  if (!URL.canParse(text) || text.length > 2_000) return null;
  const url = new URL(text);
  return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
};

/** Boards write dates in many ways; only ISO ones are taken, since a wrong date is worse than none. */
const isoDate = (text: string | null): string | null => {
  const match = /^\s*(\d{4}-\d{2}-\d{2})(T\S+)?\s*$/.exec(text ?? "");
  return match !== null && !Number.isNaN(Date.parse(match[0].trim())) ? match[0].trim() : null;
};

/** Where the work is done, if the place itself says so; words in the text are no proof. */
export function remoteFrom(places: readonly string[]): RemoteKind {
  const said = places.filter((place) => place.trim() !== "");
  if (said.some((place) => /\bhybrid\b/i.test(place))) return "hybrid";
  const remote = said.filter(
    (place) => /^\W*(?:fully )?remote\b|\bremote\W*$/i.test(place) && !/\bor\b/i.test(place),
  );
  if (remote.length > 0) return remote.length === said.length ? "yes" : "unknown";
  return "unknown";
}
