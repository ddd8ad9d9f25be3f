/** Workday's career sites, by the JSON behind them: a paged list with relative dates and without texts, and a detail for each. */
import type { PortalAdapter } from "../adapter.ts";
import { type Answer, changed } from "../reading/answer.ts";
import { isoDate } from "../reading/dates.ts";
import { Closed, type Draft, readRows, rowOf } from "../reading/listing.ts";
import { at, firstText, flagOf, listOf, textOf } from "../reading/loose-json.ts";
import { firstRemote, remoteFrom, remoteOf } from "../reading/places.ts";

/** More than this at once is refused, or answered with nothing. */
const pageSize = 20;

export const workday: PortalAdapter = {
  kind: "workday",
  knows: ({ json }) => Array.isArray(at(json, "jobPostings")) || at(json, "jobPostingInfo") !== undefined,
  read: ({ json, url }) => {
    if (at(json, "jobPostingInfo") !== undefined) return readRows([json], detailDraft, { none: "" });
    const rows = at(json, "jobPostings");
    if (!Array.isArray(rows))
      return changed(
        firstText(at(json, "message"), at(json, "errorCode"), "It is no list of Workday postings."),
      );
    const total = at(json, "total");
    if (rows.length === 0 && typeof total === "number" && total > 0)
      return changed(`It says ${total} postings and lists none.`);
    // Later pages say 0: that is no total.
    return readRows(rows, (row) => listDraft(row, siteOf(url)), {
      none: "The site lists no postings, or none past this page.",
      total: typeof total === "number" && total > 0 ? total : null,
    });
  },
  ask: ({ url }, { offset }) => ({
    url,
    question: { appliedFacets: {}, limit: pageSize, offset, searchText: "" },
  }),
  paged: true,
  detail: ({ externalId }, { url }) => ({ url: url.replace(/\/jobs\/?$/, "") + externalId }),
};

/** Where people see a posting: the API's address without the API, or any page's up to its site. */
function siteOf(url: Answer["url"]): string | null {
  if (url === null) return null;
  const [, tenant, site] = /\/wday\/cxs\/([^/]+)\/([^/]+)/.exec(url.pathname) ?? [];
  if (tenant !== undefined && site !== undefined)
    return /myworkdaysite\.com$/.test(url.hostname)
      ? `${url.origin}/recruiting/${tenant}/${site}`
      : `${url.origin}/${site}`;
  const page = /^((?:\/[a-z]{2}-[A-Z]{2})?\/(?:recruiting\/[^/]+\/)?[^/]+)/.exec(url.pathname)?.[1];
  return page === undefined ? null : `${url.origin}${page}`;
}

/** "4 Locations", in any language: not a place. */
const isCount = (text: string) =>
  /^\d+\s+\p{L}[\p{L}\s]*$/u.test(text) || /^\d+\s*(?:か所|个地点|개)/.test(text);

function listDraft(row: unknown, site: string | null): Draft {
  const job = rowOf(row);
  const path = textOf(job.externalPath);
  const place = textOf(job.locationsText);
  const places = isCount(place) ? [] : [place];
  return {
    id: path,
    title: job.title,
    locations: places,
    remote: firstRemote(remoteOf(job.remoteType), remoteFrom(places)),
    employmentType: job.timeType,
    // "Posted 17 Days Ago" counts from a day that nobody wrote down; the detail has the date.
    datePosted: isoDate(job.postedOn),
    url: site === null || path === "" ? "" : site + path,
  };
}

function detailDraft(row: unknown): Draft {
  const job = rowOf(at(row, "jobPostingInfo"));
  if (flagOf(job.posted) === false) throw new Closed("It is no longer posted.", job.jobPostingId);
  const address = textOf(job.externalUrl);
  const path = /\/job\/.+$/.exec(URL.canParse(address) ? decodedPath(address) : "")?.[0];
  const places = [job.location, ...listOf(job.additionalLocations)].map(textOf);
  return {
    id: firstText(path, job.jobPostingId, job.jobReqId, job.id),
    title: job.title,
    company: at(row, "hiringOrganization", "name"),
    locations: places,
    remote: firstRemote(remoteOf(job.remoteType), remoteFrom(places)),
    employmentType: job.timeType,
    datePosted: isoDate(job.startDate),
    validThrough: isoDate(job.endDate),
    description: job.jobDescription,
    url: address,
    applyUrl: address === "" ? "" : `${address.replace(/\/$/, "")}/apply`,
  };
}

/** As the list writes it; a path that is not well escaped stays as it is. */
function decodedPath(address: string): string {
  const { pathname } = new URL(address);
  try {
    return decodeURI(pathname);
  } catch {
    return pathname;
  }
}
