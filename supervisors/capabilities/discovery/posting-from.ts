/** The last step of every adapter: what a board says becomes a Posting, or is refused with a sentence that says why. */
import { fingerprint } from "../../../actors/catalog/fingerprint.ts";
import type { Board } from "../../../protocols/portal.ts";
import type { Posting } from "../../../protocols/posting.ts";
import { cleanDescription } from "./clean-html.ts";
import type { Listing } from "./reading/answer.ts";
import { isPast } from "./reading/dates.ts";
import { Closed, Refused } from "./reading/listing.ts";
import { recognise } from "./recognise.ts";

const shortest = 40;

/** @throws Refused if it has no description or no address, or has expired by `now`: nobody could score it or apply to it. */
export function postingFrom(found: Listing, board: Board, now: number): Posting {
  if (isPast(found.validThrough, now)) throw new Closed(`It expired on ${found.validThrough?.slice(0, 10)}.`);
  const { text, html } = cleanDescription(found.description);
  if (text.length < shortest) throw new Refused(`Its description has only ${text.length} characters.`);
  if (found.url === null) throw new Refused("It has no address.");
  const company = found.company || board.company;
  const locations = found.locations.slice(0, 20);
  const print = fingerprint({ title: found.title, company, locations });
  return {
    id: print,
    portal: board.portal,
    externalId: found.externalId,
    title: found.title,
    company,
    locations,
    remote: found.remote,
    employmentType: found.employmentType,
    salary: found.salary,
    datePosted: found.datePosted,
    validThrough: found.validThrough,
    description: text,
    descriptionHtml: html,
    skills: found.skills,
    language: found.language,
    region: board.region,
    url: found.url,
    applyUrl: found.applyUrl ?? found.url,
    applyKind: applyKind(found.applyUrl ?? found.url),
    fingerprint: print,
  };
}

/** Of a portal whose forms are known, or of any site. */
function applyKind(address: string): NonNullable<Posting["applyKind"]> {
  const place = recognise(address)?.adapter;
  return place === "jsonld" || place === undefined ? "site" : "portal";
}
