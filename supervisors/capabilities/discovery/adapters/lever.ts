/** Lever: a bare list of postings. The text is in pieces, and the requirements are in the lists. */
import type { PortalAdapter } from "../adapter.ts";
import { changed } from "../reading/answer.ts";
import { isoDate } from "../reading/dates.ts";
import { type Draft, readRows, rowOf } from "../reading/listing.ts";
import { at, type Fields, firstText, isFields, listOf, textOf } from "../reading/loose-json.ts";
import { payOf } from "../reading/pay.ts";
import { firstRemote, remoteFrom, remoteOf } from "../reading/places.ts";

export const lever: PortalAdapter = {
  kind: "lever",
  knows: ({ json }) =>
    (Array.isArray(json) && json.length === 0) ||
    rowsIn(json).some(isPosting) ||
    (at(json, "ok") === false && at(json, "error") !== undefined),
  read: ({ json }) => {
    if (at(json, "ok") === false) return changed(`There is no such site: ${textOf(at(json, "error"))}.`);
    const rows = rowsIn(json);
    if (!Array.isArray(json) && rows.length === 0) return changed("It is no list of Lever postings.");
    return readRows(rows, toDraft, { none: "The site lists no postings.", total: rows.length });
  },
  ask: ({ url }) => ({ url }),
  paged: false,
};

const isPosting = (value: unknown): boolean =>
  isFields(value) && ("hostedUrl" in value || ("categories" in value && "text" in value));

/** Bare, of one posting, or grouped. */
const rowsIn = (json: unknown): readonly unknown[] =>
  isPosting(json)
    ? [json]
    : listOf(json).flatMap((row) =>
        Array.isArray(at(row, "postings")) ? listOf(at(row, "postings")) : [row],
      );

function toDraft(row: unknown): Draft {
  const posting = rowOf(row);
  const all = listOf(at(posting, "categories", "allLocations"))
    .map(textOf)
    .filter(Boolean);
  const places = all.length > 0 ? all : [textOf(at(posting, "categories", "location"))];
  return {
    id: posting.id,
    title: posting.text,
    locations: places,
    remote: firstRemote(remoteOf(posting.workplaceType), remoteFrom(places)),
    employmentType: at(posting, "categories", "commitment"),
    salary: payOf({
      min: at(posting, "salaryRange", "min"),
      max: at(posting, "salaryRange", "max"),
      currency: at(posting, "salaryRange", "currency"),
      unit: at(posting, "salaryRange", "interval"),
    }),
    datePosted: isoDate(posting.createdAt),
    description: descriptionOf(posting),
    url: posting.hostedUrl,
    applyUrl: posting.applyUrl,
  };
}

function descriptionOf(posting: Fields): string {
  const body =
    textOf(posting.description) ||
    [posting.opening, posting.descriptionBody].map(textOf).join("\n").trim() ||
    textOf(posting.descriptionPlain);
  const lists = listOf(posting.lists).map((list) => {
    const heading = textOf(at(list, "text"));
    return `${heading === "" ? "" : `<h3>${heading}</h3>`}<ul>${textOf(at(list, "content"))}</ul>`;
  });
  return [body, ...lists, firstText(posting.additional, posting.additionalPlain)]
    .filter(Boolean)
    .join("\n<br>");
}
