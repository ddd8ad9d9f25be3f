/** Teamtailor: a JSON Feed with a JobPosting in each item, or an RSS feed with places of its own. */
import type { PortalAdapter } from "../adapter.ts";
import { draftOf } from "../job-posting.ts";
import { changed } from "../reading/answer.ts";
import { isoDate } from "../reading/dates.ts";
import { type Draft, readRows, rowOf } from "../reading/listing.ts";
import { at, fieldsOf, firstText, listOf, textOf } from "../reading/loose-json.ts";
import { placeOf, remoteFrom } from "../reading/places.ts";
import { childOf, childrenOf, childText, type XmlElement } from "../reading/xml-elements.ts";
import { type Feed, itemDraft, looksLikeXml, readFeed } from "./feed.ts";

export const teamtailor: PortalAdapter = {
  kind: "teamtailor",
  knows: ({ json, body }) =>
    (/jsonfeed\.org/.test(textOf(at(json, "version"))) && Array.isArray(at(json, "items"))) ||
    (looksLikeXml(body) && /teamtailor\.com/i.test(body.slice(0, 5_000))),
  read: (answer) => {
    const { json, body, url } = answer;
    if (looksLikeXml(body)) return readFeed(answer, rssDraft);
    const items = at(json, "items");
    if (!Array.isArray(items)) return changed("It is no Teamtailor feed.");
    const next = textOf(at(json, "next_url"));
    return {
      ...readRows(items, (row) => jsonDraft(row, textOf(at(json, "title"))), {
        base: url,
        none: "The feed has no items.",
      }),
      cursor: next === "" ? null : next,
    };
  },
  ask: ({ url }, { cursor }) => ({ url: cursor !== null && sameSite(cursor, url) ? cursor : url }),
  paged: true,
};

/** A feed leads on within its own site only. */
const sameSite = (next: string, url: string) =>
  URL.canParse(next) && new URL(next).origin === new URL(url).origin;

function jsonDraft(row: unknown, feedTitle: string): Draft {
  const item = rowOf(row);
  const job = draftOf(fieldsOf(item._jobposting));
  return {
    ...job,
    id: firstText(item.id, job.id),
    title: firstText(item.title, job.title),
    company: firstText(job.company, feedTitle),
    datePosted: isoDate(item.date_published) ?? job.datePosted ?? null,
    description: firstText(item.content_html, job.description, item.content_text),
    skills: listOf(item.tags).length > 0 ? item.tags : job.skills,
    language: firstText(item.language, job.language),
    url: firstText(item.url, job.url),
  };
}

function rssDraft(item: XmlElement, feed: Feed): Draft {
  const draft = itemDraft(item);
  const places = childrenOf(childOf(item, "tt:locations"), "tt:location").map(
    (place) =>
      placeOf(childText(place, "tt:city"), childText(place, "tt:country")) || childText(place, "tt:name"),
  );
  const status = childText(item, "remoteStatus", "tt:remoteStatus");
  const remote = { fully: "yes", hybrid: "hybrid", none: "no" }[status];
  return {
    ...draft,
    company: childText(item, "company", "tt:company") || feed.title,
    locations: places.length > 0 ? places : (draft.locations ?? []),
    remote: remote === "yes" || remote === "hybrid" || remote === "no" ? remote : remoteFrom(places),
  };
}
