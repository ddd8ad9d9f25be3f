/** A reading as people and programs outside see it: what `callboard discover` prints. */
import { cleanDescription } from "./clean-html.ts";
import type { Listing, Reading } from "./reading/answer.ts";
import { isPast } from "./reading/dates.ts";
import { companyOf, recognise } from "./recognise.ts";

/** @param address where the answer came from, if known: of a board that does not name its company, its own name does */
export const shownReading = (
  reading: Reading & { readonly portal: string },
  now: number,
  address: string | null = null,
) => ({
  portal: reading.portal,
  outcome: reading.outcome,
  ...(reading.reason === undefined ? {} : { reason: reading.reason }),
  postings: reading.listings.map((listing) => shown(listing, now, address)),
  rejected: reading.rejected.map(({ index, reason, externalId }) => ({
    index,
    reason,
    ...(externalId === "" ? {} : { id: externalId }),
  })),
  ...(reading.total === null ? {} : { total: reading.total }),
});

/** `expired` is as of now: a saved answer's postings are shown all the same. */
function shown({ externalId, description, ...listing }: Listing, now: number, address: string | null) {
  const { text, html } = cleanDescription(description);
  return {
    id: externalId,
    title: listing.title,
    company: listing.company || ownerOf(listing.url) || ownerOf(address),
    location: listing.locations.join("; "),
    locations: listing.locations,
    remote: listing.remote,
    url: listing.url,
    applyUrl: listing.applyUrl,
    datePosted: listing.datePosted,
    validThrough: listing.validThrough,
    expired: isPast(listing.validThrough, now),
    employmentType: listing.employmentType,
    salary: listing.salary,
    skills: listing.skills,
    language: listing.language,
    description: text,
    descriptionHtml: html,
  };
}

/** The company whose board an address belongs to, if its portal gives each company one; "" for anybody's page. */
function ownerOf(address: string | null): string {
  const place = address === null ? null : recognise(address);
  return place === null || place.adapter === "jsonld" || place.token.includes(".") ? "" : companyOf(place);
}
