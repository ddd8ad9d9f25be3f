/**
 * Glassdoor: cards in a page whose class names change, the data of that page, or the answer of its interface.
 * Its terms forbid automated access: off unless a user knowingly switches it on.
 */
import type { HTMLElement } from "node-html-parser";
import type { Salary } from "../../../../protocols/posting.ts";
import type { PortalAdapter } from "../adapter.ts";
import { type Answer, changed, type Reading } from "../reading/answer.ts";
import { isoDate } from "../reading/dates.ts";
import { Closed, type Draft, Refused, readRows, rowOf } from "../reading/listing.ts";
import {
  at,
  type Fields,
  fieldsOf,
  firstText,
  flagOf,
  isFields,
  listOf,
  parseJson,
  textOf,
} from "../reading/loose-json.ts";
import { scriptsOf } from "../reading/page-facts.ts";
import { parsedHtml } from "../reading/parsed-html.ts";
import { payOf } from "../reading/pay.ts";
import { payFromText } from "../reading/pay-text.ts";
import { firstRemote, remoteFrom } from "../reading/places.ts";

export const glassdoor: PortalAdapter = {
  kind: "glassdoor",
  knows: ({ body, json }) =>
    jobListings(json) !== null ||
    /data-test="jobListing"|"appName":"job-search-next"|<title>[^<]{0,200}Glassdoor/i.test(
      body.slice(0, 200_000),
    ),
  read: (answer) => {
    const { body, json, url } = answer;
    const fromApi = jobListings(json);
    if (fromApi !== null) return readList(fromApi, {}, url);
    const cards = /data-test=["']?jobListing/.test(body)
      ? parsedHtml(body).querySelectorAll('[data-test="jobListing"]')
      : [];
    if (cards.length > 0)
      return readRows(cards, (_, index) => cardDraft(cards[index]), {
        base: url ?? "https://www.glassdoor.com/",
        none: "",
      });
    const [script] = scriptsOf(body, /id="__NEXT_DATA__"/);
    const cache = at(parseJson(script ?? ""), "props", "pageProps", "apolloCache");
    const root = fieldsOf(at(cache, "ROOT_QUERY"));
    const key = Object.keys(root).find((name) => /^jobListings\b/.test(name));
    const list = key === undefined ? undefined : root[key];
    if (Array.isArray(at(list, "jobListings"))) return readList(fieldsOf(list), fieldsOf(cache), url);
    if (listOf(json).some((row) => isFields(row) && "jobLink" in row && "jobSalary" in row))
      return changed("These are a scraper's rows, not an answer of Glassdoor.");
    return changed("The page has neither cards nor a list of jobs as Glassdoor shows them.");
  },
  ask: ({ url }) => ({ url }),
  paged: false,
};

/** The list in an answer of the interface, which comes as an array of one; side errors beside it don't matter. */
function jobListings(json: unknown): Fields | null {
  const list = at(Array.isArray(json) ? json[0] : json, "data", "jobListings");
  return isFields(list) && Array.isArray(list.jobListings) ? list : null;
}

function readList(list: Fields, cache: Fields, url: Answer["url"]): Reading {
  const total = list.totalJobsCount;
  const next = listOf(list.paginationCursors).at(-1);
  return {
    ...readRows(listOf(list.jobListings), (row) => viewDraft(row, cache), {
      base: url ?? "https://www.glassdoor.com/",
      none: "The list of jobs is empty.",
      total: typeof total === "number" ? total : null,
    }),
    cursor: textOf(at(next, "cursor")) || null,
  };
}

function viewDraft(row: unknown, cache: Fields): Draft {
  const whole = (value: unknown): Fields => fieldsOf(cache[textOf(at(value, "__ref"))] ?? value);
  const view = whole(at(whole(rowOf(row)), "jobview") ?? row);
  const header = whole(view.header);
  const job = whole(view.job);
  if (flagOf(header.expired) === true) throw new Closed("It has expired.");
  const id = firstText(job.listingId, header.listingId, view.jobListingId);
  const place = textOf(header.locationName);
  // A "state" with this number is how the site says that the work is done from home.
  const isRemote = textOf(header.locId) === "11047" || textOf(header.locationType) === "S";
  return {
    id,
    title: firstText(header.jobTitleText, job.jobTitleText),
    company: firstText(
      header.employerNameFromSearch,
      at(header, "employer", "name"),
      at(whole(header.employer), "name"),
    ),
    locations: [place],
    remote: firstRemote(
      remoteFrom([place]),
      isRemote && place !== "" && textOf(header.locId) === "11047" ? "yes" : "unknown",
    ),
    salary: offeredPay(header),
    description: firstText(job.description, listOf(job.descriptionFragmentsText).map(textOf).join(" ")),
    url: firstText(header.seoJobLink, header.jobViewUrl, id === "" ? "" : `/job-listing/?jl=${id}`),
  };
}

/** The employer's own; an estimate of the site is no offer. */
function offeredPay(header: Fields): Salary | null {
  if (!/EMPLOYER/i.test(textOf(header.salarySource))) return null;
  const pay = fieldsOf(header.payPeriodAdjustedPay);
  return payOf({ min: pay.p10, max: pay.p90, currency: header.payCurrency, unit: header.payPeriod });
}

function cardDraft(card: HTMLElement | undefined): Draft {
  if (card === undefined) throw new Refused("It is no card.");
  const textAt = (selector: string) => card.querySelector(selector)?.textContent.trim() ?? "";
  const title = card.querySelector('[data-test="job-title"]');
  const place = textAt('[data-test="emp-location"]');
  const logo = /^(?:Logotipo d[aoe]s?|Logo de|Logo von)?\s*(.*?)(?:\s+Logo)?$/i;
  return {
    id: card.getAttribute("data-jobid") ?? /jl=(\d+)/.exec(title?.getAttribute("href") ?? "")?.[1],
    title: title?.textContent,
    company:
      textAt('[class*="compactEmployerName"]') ||
      textAt('[data-test="employer-name"], [data-test="employer-short-name"]') ||
      (logo.exec(card.querySelector("img[alt]")?.getAttribute("alt") ?? "")?.[1] ?? ""),
    locations: [place],
    remote: remoteFrom([place]),
    salary: payFromText(textAt('[data-test="detailSalary"]')),
    // "30d+", "24h", "mais de 30 dias": no date.
    datePosted: isoDate(textAt('[data-test="job-age"]')),
    description: card.querySelector('[data-test="descSnippet"]')?.innerHTML,
    url: title?.getAttribute("href"),
  };
}
