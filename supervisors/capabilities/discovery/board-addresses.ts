/** How the addresses of each kind of portal look, first match wins; the last takes any site. Used by `recognise`. */
import type { PortalKind } from "../../../protocols/portal-kind.ts";

type Found = readonly [token: string, url: string] | null;

export interface Place {
  readonly url: URL;
  readonly host: string;
  /** Of the path, decoded, without empty ones. */
  readonly parts: readonly string[];
}

const name = (text: string | undefined): string | null =>
  text !== undefined && /^[\p{L}\p{N}][\p{L}\p{N} ._~&'-]{0,99}$/u.test(text) ? text : null;
const segment = encodeURIComponent;
const when = (token: string | null, url: (token: string) => string): Found =>
  token === null ? null : [token, url(token)];
/** The first label of a host below `domain`: "acme" of "acme.recruitee.com". */
const labelOf = (host: string, domain: string): string | null =>
  host.endsWith(`.${domain}`)
    ? name(
        host
          .slice(0, -domain.length - 1)
          .split(".")
          .at(-1),
      )
    : null;
/** Page addresses may begin with a language ("en-US", "de"), API paths do not. */
const withoutLanguage = (parts: readonly string[]) =>
  /^[a-z]{2}([-_][A-Za-z]{2,4})?$/.test(parts[0] ?? "") ? parts.slice(1) : parts;
/** The part after the one called so. */
const after = (parts: readonly string[], ...path: string[]): string | null => {
  const at = parts.findIndex((_, i) => path.every((part, j) => parts[i + j] === part));
  return at < 0 ? null : name(parts[at + path.length]);
};
/** A service's own page is no company's board. */
const noBoard = /^(?:www|app|apply|api|help|support|jobs|blog|get|careers-page)$/;

export const boardAddresses: readonly (readonly [PortalKind, (place: Place) => Found])[] = [
  [
    "greenhouse",
    ({ url, host, parts }) => {
      const api = (token: string) =>
        `${/(?:^|\.)greenhouse\.io$/.test(host) ? "https://boards-api.greenhouse.io" : url.origin}/v1/boards/${segment(token)}/jobs`;
      if (parts[0] === "v1" && parts[1] === "boards") return when(name(parts[2]), api);
      if (!/^(?:job-)?boards(?:\.eu)?\.greenhouse\.io$/.test(host)) return null;
      return when(parts[0] === "embed" ? name(url.searchParams.get("for") ?? "") : name(parts[0]), api);
    },
  ],
  [
    "lever",
    ({ host, parts }) => {
      const [, eu = ""] = /^(?:jobs|api)(\.eu)?\.lever\.co$/.exec(host) ?? [];
      if (!/^(?:jobs|api)(?:\.eu)?\.lever\.co$/.test(host)) return null;
      return when(
        host.startsWith("api.") ? after(parts, "v0", "postings") : name(parts[0]),
        (site) => `https://api${eu}.lever.co/v0/postings/${segment(site)}?mode=json`,
      );
    },
  ],
  [
    "ashby",
    ({ host, parts }) =>
      when(
        host === "jobs.ashbyhq.com"
          ? name(parts[0])
          : host === "api.ashbyhq.com"
            ? after(parts, "job-board")
            : null,
        (board) => `https://api.ashbyhq.com/posting-api/job-board/${segment(board)}?includeCompensation=true`,
      ),
  ],
  [
    "smartrecruiters",
    ({ host, parts }) =>
      when(
        /^(?:jobs|careers)\.smartrecruiters\.com$/.test(host)
          ? name(parts[0])
          : host === "api.smartrecruiters.com"
            ? after(parts, "companies")
            : null,
        (company) => `https://api.smartrecruiters.com/v1/companies/${segment(company)}/postings`,
      ),
  ],
  ["workday", workday],
  [
    "workable",
    ({ host, parts }) => {
      const account =
        host === "apply.workable.com"
          ? (after(parts, "accounts") ?? (/^(?:api|j)$/.test(parts[0] ?? "") ? null : name(parts[0])))
          : host === "www.workable.com"
            ? after(parts, "accounts")
            : notService(labelOf(host, "workable.com"));
      return when(
        account,
        (one) => `https://apply.workable.com/api/v1/widget/accounts/${segment(one)}?details=true`,
      );
    },
  ],
  [
    "recruitee",
    ({ url, host, parts }) =>
      parts[0] === "api" && parts[1] === "offers"
        ? [labelOf(host, "recruitee.com") ?? host, `${url.origin}/api/offers/`]
        : when(notService(labelOf(host, "recruitee.com")), () => `${url.origin}/api/offers/`),
  ],
  [
    "teamtailor",
    ({ url, host, parts }) =>
      /^jobs\.(?:json|rss)$/.test(parts.at(-1) ?? "") && !/\.(?:breezy\.hr|weworkremotely\.com)$/.test(host)
        ? [labelOf(host, "teamtailor.com") ?? host, url.origin + url.pathname]
        : when(notService(labelOf(host, "teamtailor.com")), () => `${url.origin}/jobs.json`),
  ],
  [
    "personio",
    ({ url, host }) =>
      when(
        labelOf(host, "jobs.personio.de") ?? labelOf(host, "jobs.personio.com"),
        () => `${url.origin}/xml`,
      ),
  ],
  [
    "bamboohr",
    ({ url, host }) => when(notService(labelOf(host, "bamboohr.com")), () => `${url.origin}/careers/list`),
  ],
  [
    "rippling",
    ({ host, parts }) =>
      when(
        host === "ats.rippling.com"
          ? (after(parts, "board") ?? name(withoutLanguage(parts)[0]))
          : host === "api.rippling.com"
            ? after(parts, "board")
            : null,
        (board) => `https://api.rippling.com/platform/api/ats/v1/board/${segment(board)}/jobs`,
      ),
  ],
  [
    "eightfold",
    ({ url, host }) =>
      when(notService(labelOf(host, "eightfold.ai")), (company) => {
        const domain = url.searchParams.get("domain") ?? `${company}.com`;
        return `${url.origin}/api/apply/v2/jobs?domain=${segment(domain)}`;
      }),
  ],
  [
    "oracle",
    ({ url, host, parts }) => {
      if (!host.endsWith(".oraclecloud.com")) return null;
      const site =
        after(parts, "sites") ??
        /siteNumber=([\w-]+)/.exec(decodeURIComponent(url.search.replace(/%(?![\da-f]{2})/gi, "%25")))?.[1] ??
        null;
      return when(
        site,
        (number) =>
          `${url.origin}/hcmRestApi/resources/latest/recruitingCEJobRequisitions?onlyData=true&expand=requisitionList.secondaryLocations&finder=findReqs;siteNumber=${segment(number)},limit=25`,
      );
    },
  ],
  [
    "paylocity",
    ({ url, host, parts }) =>
      host === "recruiting.paylocity.com" && /^jobs$/i.test(parts[1] ?? "")
        ? when(
            /^[\da-f-]{36}$/i.test(parts[3] ?? "") ? (parts[3] ?? null) : null,
            (id) => `${url.origin}/recruiting/jobs/All/${id}/${segment(parts[4] ?? "jobs")}`,
          )
        : null,
  ],
  [
    "pinpoint",
    ({ url, host }) => when(notService(labelOf(host, "pinpointhq.com")), () => `${url.origin}/postings.json`),
  ],
  [
    "jobvite",
    ({ host, parts }) =>
      when(
        host === "jobs.jobvite.com" ? name(parts[0] === "careers" ? parts[1] : parts[0]) : null,
        (company) => `https://jobs.jobvite.com/${segment(company)}/jobs`,
      ),
  ],
  [
    "neogov",
    ({ url, host, parts }) =>
      /^(?:www\.)?(?:governmentjobs|schooljobs)\.com$/.test(host)
        ? when(
            after(parts, "careers") ?? name(url.searchParams.get("agency") ?? ""),
            (agency) => `https://www.governmentjobs.com/SearchEngine/JobsFeed?agency=${segment(agency)}`,
          )
        : null,
  ],
  [
    "hrmdirect",
    ({ url, host }) =>
      when(
        notService(labelOf(host, "hrmdirect.com")),
        () => `${url.origin}/employment/job-openings.php?search=true`,
      ),
  ],
  [
    "weworkremotely",
    ({ url, host }) =>
      /^(?:www\.)?weworkremotely\.com$/.test(host)
        ? [
            "weworkremotely",
            url.pathname.endsWith(".rss")
              ? url.href
              : /^\/categories\/[\w-]+$/.test(url.pathname)
                ? `${url.origin}${url.pathname}.rss`
                : `${url.origin}/remote-jobs.rss`,
          ]
        : null,
  ],
  [
    "remoteok",
    ({ host }) =>
      /^(?:www\.)?remoteok\.(?:com|io)$/.test(host) ? ["remoteok", "https://remoteok.com/api"] : null,
  ],
  ["linkedin", ({ url, host }) => (/(?:^|\.)linkedin\.com$/.test(host) ? ["linkedin", linkedIn(url)] : null)],
  [
    "indeed",
    ({ url, host }) =>
      /(?:^|\.)indeed\.(?:com|[a-z]{2}|co\.[a-z]{2})$/.test(host) ? ["indeed", url.href] : null,
  ],
  [
    "glassdoor",
    ({ url, host }) =>
      /(?:^|\.)glassdoor\.(?:com?(?:\.[a-z]{2})?|[a-z]{2})$/.test(host) ? ["glassdoor", url.href] : null,
  ],
  [
    "rss",
    ({ url, host }) =>
      /(?:\.(?:rss|atom|rdf)|\/(?:rss|feed|atom)(?:\.xml)?)\/?$/i.test(url.pathname)
        ? [host, url.href]
        : null,
  ],
  ["jsonld", ({ url, host }) => [host, url.href]],
];

const notService = (label: string | null): string | null =>
  label === null || noBoard.test(label) ? null : label;

/** `{tenant}.wd5.myworkdayjobs.com/{language}/{site}`, `wd5.myworkdaysite.com/{language}/recruiting/{tenant}/{site}`, or the API. */
function workday({ url, host, parts }: Place): Found {
  if (!/\.(?:myworkdayjobs(?:-impl)?|myworkdaysite)\.com$/.test(host)) return null;
  const rest = withoutLanguage(parts);
  const at = rest.indexOf("cxs");
  const [tenant, site] =
    at >= 0
      ? [rest[at + 1], rest[at + 2]]
      : rest[0] === "recruiting"
        ? [rest[1], rest[2]]
        : [host.split(".")[0], rest[0]];
  if (name(tenant) === null || name(site) === null) return null;
  return [`${tenant}/${site}`, `${url.origin}/wday/cxs/${segment(tenant ?? "")}/${segment(site ?? "")}/jobs`];
}

const guestSearch = "https://www.linkedin.com/jobs-guest/jobs/api/seeMoreJobPostings/search";

/** A search page's words become the guest search's; of one job's page only the number counts. */
function linkedIn(url: URL): string {
  const job = /\/(?:jobs\/view\/(?:[^/]*-)?|jobPosting\/)(\d{6,})/.exec(url.pathname)?.[1];
  if (job !== undefined) return `https://www.linkedin.com/jobs-guest/jobs/api/jobPosting/${job}`;
  const search = new URL(guestSearch);
  for (const key of ["keywords", "location", "geoId", "distance", "f_TPR", "f_WT", "f_JT", "f_AL", "f_C"]) {
    const value = url.searchParams.get(key);
    if (value !== null) search.searchParams.set(key, value);
  }
  return search.href;
}
