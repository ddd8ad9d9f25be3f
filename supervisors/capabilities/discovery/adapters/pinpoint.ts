/** Pinpoint: all postings in one answer, the text in pieces with headings. */
import type { PortalAdapter } from "../adapter.ts";
import { changed } from "../reading/answer.ts";
import { isoDate } from "../reading/dates.ts";
import { type Draft, readRows, rowOf } from "../reading/listing.ts";
import { at, type Fields, firstText, flagOf, isFields, listOf, textOf } from "../reading/loose-json.ts";
import { payOf } from "../reading/pay.ts";
import { firstRemote, placeOf, remoteFrom, remoteOf } from "../reading/places.ts";

export const pinpoint: PortalAdapter = {
  kind: "pinpoint",
  knows: ({ json }) =>
    listOf(at(json, "data")).some(
      (row) =>
        isFields(row) &&
        "title" in row &&
        ("key_responsibilities" in row || "compensation_visible" in row || "workplace_type" in row),
    ),
  read: ({ json, url }) => {
    const rows = at(json, "data");
    if (!Array.isArray(rows)) return changed("It is no list of Pinpoint postings.");
    // Some have only a path: the others say whose it is.
    const base = url ?? rows.map((row) => textOf(at(row, "url"))).find((one) => URL.canParse(one)) ?? null;
    return readRows(rows, toDraft, { base, none: "The company lists no postings.", total: rows.length });
  },
  ask: ({ url }) => ({ url }),
  paged: false,
};

function toDraft(row: unknown): Draft {
  const post = rowOf(row);
  const place = firstText(
    at(post, "location", "name"),
    placeOf(at(post, "location", "city"), at(post, "location", "province")),
  );
  return {
    id: post.id,
    title: post.title,
    locations: [place],
    remote: firstRemote(remoteOf(post.workplace_type), remoteFrom([place])),
    employmentType: firstText(post.employment_type_text, post.employment_type),
    salary:
      flagOf(post.compensation_visible) === false
        ? null
        : payOf({
            min: post.compensation_minimum,
            max: post.compensation_maximum,
            currency: post.compensation_currency,
            unit: post.compensation_frequency,
          }),
    datePosted: isoDate(firstText(post.published_at, post.created_at)),
    validThrough: isoDate(post.deadline_at),
    description: descriptionOf(post),
    url: firstText(post.url, post.path),
  };
}

const descriptionOf = (post: Fields): string =>
  ["description", "key_responsibilities", "skills_knowledge_expertise", "benefits"]
    .map((part) => [textOf(post[`${part}_header`]), textOf(post[part])] as const)
    .filter(([, text]) => text !== "")
    .map(([heading, text]) => `${heading === "" ? "" : `<h3>${heading}</h3>`}${text}`)
    .join("\n");
