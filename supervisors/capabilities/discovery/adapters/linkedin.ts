/**
 * LinkedIn's guest pages: a fragment of cards, or the fragment of one job. Nothing is found by its words, which are the
 * visitor's language. Its terms forbid automated access: off unless a user knowingly switches it on.
 */
import type { HTMLElement } from "node-html-parser";
import type { PortalAdapter } from "../adapter.ts";
import { type Answer, changed, empty } from "../reading/answer.ts";
import { isoDate } from "../reading/dates.ts";
import { Closed, type Draft, Refused, readRows, withoutTracking } from "../reading/listing.ts";
import { parsedHtml } from "../reading/parsed-html.ts";
import { payFromText } from "../reading/pay-text.ts";
import { jsonldReader } from "./jsonld-reader.ts";

const cards = '.job-search-card, .base-search-card, [data-entity-urn*="jobPosting:"]';

export const linkedin: PortalAdapter = {
  kind: "linkedin",
  knows: ({ body }) =>
    /base-search-card|job-search-card|top-card-layout__title|topcard__title|urn:li:jobPosting:/.test(body) ||
    isNothing(body),
  read: (answer) => {
    const { body } = answer;
    // Past the end the fragment has no cards, only the document's first line.
    if (body.trim() === "" || isNothing(body)) return empty("No cards: past the end of the results.");
    const page = parsedHtml(body);
    const found = page.querySelectorAll(cards);
    if (found.length > 0)
      return readRows(outermost(found), (_, index) => cardDraft(outermost(found)[index]), {
        base: "https://www.linkedin.com/",
        none: "",
      });
    if (page.querySelector(".topcard__title, .top-card-layout__title") !== null)
      return readRows([page], () => jobDraft(page, answer), { base: "https://www.linkedin.com/", none: "" });
    const byJsonLd = jsonldReader.read(answer);
    if (byJsonLd.outcome !== "postings")
      return changed("The page has neither cards nor a job as LinkedIn's guests see them.");
    const id = idIn(answer.url?.pathname ?? "");
    return {
      ...byJsonLd,
      listings: byJsonLd.listings.map((one) => ({
        ...one,
        externalId: id || idIn(one.url ?? "") || one.externalId,
      })),
    };
  },
  ask: ({ url }, { offset }) => {
    const search = new URL(url);
    if (!search.pathname.endsWith("/search")) return { url };
    search.searchParams.set("start", String(offset));
    return { url: search.href };
  },
  paged: true,
  detail: ({ externalId }) => ({
    url: `https://www.linkedin.com/jobs-guest/jobs/api/jobPosting/${encodeURIComponent(externalId)}`,
  }),
};

const isNothing = (body: string) =>
  /^\s*<!DOCTYPE html>(?:\s|<!DOCTYPE html>|<!--[^>]{0,200}-->)*$/i.test(body.slice(0, 2_000)) &&
  body.length < 2_000;

const outermost = (found: readonly HTMLElement[]) => {
  const all = new Set<unknown>(found);
  return found.filter((one) => {
    for (let above = one.parentNode; above !== null; above = above.parentNode)
      if (all.has(above)) return false;
    return true;
  });
};

/** The digits at the end of a job's address. */
const idIn = (address: string): string =>
  /\/jobs\/view\/(?:[^/?#]*-)?(\d{6,})(?:[/?#]|$)/.exec(address)?.[1] ??
  /\/jobPosting\/(\d{6,})/.exec(address)?.[1] ??
  "";
const urnIn = (element: HTMLElement | undefined): string =>
  /jobPosting:(\d+)/.exec(element?.getAttribute("data-entity-urn") ?? "")?.[1] ?? "";
const textAt = (element: HTMLElement, selector: string): string =>
  element.querySelector(selector)?.textContent.trim() ?? "";

function cardDraft(card: HTMLElement | undefined): Draft {
  if (card === undefined) throw new Refused("It is no card.");
  const link = card.querySelector("a.base-card__full-link") ?? card.querySelector('a[href*="/jobs/view/"]');
  const href = link?.getAttribute("href") ?? card.getAttribute("href") ?? "";
  return {
    id: urnIn(card) || urnIn(card.querySelector("[data-entity-urn]") ?? undefined) || idIn(href),
    title: textAt(card, ".base-search-card__title") || textAt(card, ".sr-only"),
    company: textAt(card, ".base-search-card__subtitle"),
    locations: [textAt(card, ".job-search-card__location")],
    salary: payFromText(textAt(card, ".job-search-card__salary-info")),
    // A card of under a day has another class; the attribute is the same.
    datePosted: isoDate(card.querySelector("time[datetime]")?.getAttribute("datetime")),
    url: bare(href),
  };
}

/** The address without who found it where. */
const bare = (href: string) => href.replace(/[?#].*$/, "");

function jobDraft(page: HTMLElement, { body, url }: Answer): Draft {
  const link = page.querySelector("a.topcard__link")?.getAttribute("href") ?? "";
  const id = idIn(link) || idIn(url?.pathname ?? "") || (/urn:li:jobPosting:(\d+)/.exec(body)?.[1] ?? "");
  if (page.querySelector(".closed-job__flavor--closed, .closed-job") !== null)
    throw new Closed("It takes no more applications.", id);
  const criteria = page.querySelectorAll(".description__job-criteria-item .description__job-criteria-text");
  const offsite = /id="applyUrl"[^>]*>(?:<!--)?"?([^"<]{1,3000})/.exec(body)?.[1] ?? "";
  return {
    id,
    title: textAt(page, ".topcard__title") || textAt(page, ".top-card-layout__title"),
    company: textAt(page, ".topcard__org-name-link") || textAt(page, ".topcard__flavor"),
    locations: [
      textAt(page, ".topcard__flavor-row .topcard__flavor--bullet") ||
        textAt(page, ".topcard__flavor--bullet"),
    ],
    // Level, employment, function, industries: always in this order; without all four nobody knows which is which.
    employmentType: criteria.length === 4 ? criteria[1]?.textContent.trim() : "",
    salary: payFromText(
      textAt(page, ".compensation__salary-range .salary") || textAt(page, ".compensation__salary"),
    ),
    description:
      page.querySelector(".show-more-less-html__markup")?.innerHTML ?? textAt(page, ".description__text"),
    url: bare(link) || (id === "" ? "" : `https://www.linkedin.com/jobs/view/${id}`),
    applyUrl: applyUrlIn(offsite.replaceAll("&amp;", "&")),
  };
}

/** Applying on the company's site: the address stands inside LinkedIn's own. */
function applyUrlIn(link: string): string {
  if (!URL.canParse(link)) return "";
  const target = new URL(link).searchParams.get("url") ?? "";
  return withoutTracking(target);
}
