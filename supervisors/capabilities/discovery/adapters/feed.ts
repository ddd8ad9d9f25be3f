/** RSS 2, RSS 1 and Atom as items: what the feeds of job boards have in common. */

import { type Answer, changed, type Reading } from "../reading/answer.ts";
import { isoDate } from "../reading/dates.ts";
import type { Draft } from "../reading/listing.ts";
import { readRows } from "../reading/listing.ts";
import { childOf, childrenOf, childText, readXml, type XmlElement } from "../reading/xml-elements.ts";

export interface Feed {
  readonly title: string;
  readonly link: string;
  readonly items: readonly XmlElement[];
}

export const looksLikeXml = (body: string): boolean =>
  /^\uFEFF?\s*(?:<\?xml|<rss|<feed|<rdf:RDF|<workzag-jobs)/i.test(body);

/** @returns null if the body is no feed */
export function feedIn(body: string): Feed | null {
  if (!/<(?:rss|feed|rdf:RDF|channel)\b/i.test(body.slice(0, 5_000))) return null;
  const root = readXml(body);
  if (root === null || !/^(?:rss|feed|(?:rdf:)?RDF|channel)$/i.test(root.name)) return null;
  const channel = childOf(root, "channel") ?? root;
  const items = [...childrenOf(channel, "item"), ...childrenOf(root, "item"), ...childrenOf(root, "entry")];
  return { title: childText(channel, "title"), link: linkOf(channel), items };
}

/** Atom has it in an attribute, RSS as text. */
export function linkOf(item: XmlElement): string {
  const links = childrenOf(item, "link");
  const page = links.find(
    ({ attributes }) => (attributes.rel ?? "alternate") === "alternate" && attributes.href !== undefined,
  );
  return links.find(({ text }) => text !== "")?.text ?? page?.attributes.href ?? "";
}

export function readFeed({ body, url }: Answer, toDraft: (item: XmlElement, feed: Feed) => Draft): Reading {
  const feed = feedIn(body);
  if (feed === null) return changed("It is no feed.");
  return readRows(feed.items, (_, index) => toDraft(feed.items[index] as XmlElement, feed), {
    base: url ?? (URL.canParse(feed.link) ? feed.link : null),
    none: "The feed has no items.",
  });
}

/** What any feed's item says. */
export function itemDraft(item: XmlElement): Draft {
  const link = linkOf(item);
  return {
    id: childText(item, "guid", "id") || link,
    title: childText(item, "title"),
    company: childText(item, "company", "job_listing:company", "company_name", "hiringOrganization"),
    locations: [childText(item, "location", "job_listing:location", "region", "city")],
    employmentType: childText(item, "job_listing:job_type", "jobtype", "job_type", "employmentType", "type"),
    datePosted: isoDate(childText(item, "pubDate", "published", "dc:date", "date", "updated")),
    validThrough: isoDate(childText(item, "expires_at", "expirationDate", "validThrough")),
    description: childText(item, "content:encoded", "description", "content", "summary"),
    skills: childText(item, "skills"),
    url: link || (/^https?:/.test(childText(item, "guid")) ? childText(item, "guid") : ""),
  };
}
