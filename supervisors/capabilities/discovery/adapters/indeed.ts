/**
 * Indeed: the cards that a result page hands to its own scripts, the page of one job, or an answer of the app's interface.
 * Its terms forbid automated access: off unless a user knowingly switches it on.
 */
import type { Salary } from "../../../../protocols/posting.ts";
import type { PortalAdapter } from "../adapter.ts";
import { type Answer, changed } from "../reading/answer.ts";
import { isoDate } from "../reading/dates.ts";
import { jsonAfter } from "../reading/json-in-script.ts";
import { Closed, type Draft, readRows, rowOf, withoutTracking } from "../reading/listing.ts";
import {
  at,
  type Fields,
  fieldsOf,
  firstText,
  flagOf,
  isFields,
  listOf,
  textOf,
} from "../reading/loose-json.ts";
import { payOf } from "../reading/pay.ts";
import { payFromText } from "../reading/pay-text.ts";
import { firstRemote, remoteFrom, remoteOf } from "../reading/places.ts";

export const indeed: PortalAdapter = {
  kind: "indeed",
  knows: ({ body, json }) =>
    /mosaic-provider-jobcards|jobInfoWrapperModel/.test(body) ||
    at(json, "data", "jobSearch") !== undefined ||
    listOf(json).some(
      (row) => isFields(row) && ("jobkey" in row || ("jobTitle" in row && "companyOverviewLink" in row)),
    ),
  read: (answer) => {
    const { body, json, url } = answer;
    const search = at(json, "data", "jobSearch");
    if (search !== undefined) {
      const results = at(search, "results");
      if (!Array.isArray(results)) return changed("The search has no results, not even none.");
      return {
        ...readRows(results, (row) => appDraft(row, url), { none: "The search found nothing." }),
        cursor: textOf(at(search, "pageInfo", "nextCursor")) || null,
      };
    }
    const cards = cardsIn(answer);
    if (cards !== null)
      return readRows(
        cards,
        (row) => (isFields(row) && "jobTitle" in row ? pageDraft(row, {}, url) : cardDraft(row, url)),
        { none: "The page has no cards: no results, or none past this page." },
      );
    const data =
      isFields(json) && at(json, "jobInfoWrapperModel") !== undefined
        ? json
        : jsonAfter(body, /_initialData\b/);
    const job = at(data, "jobInfoWrapperModel", "jobInfoModel");
    if (!isFields(job)) return changed("The page has neither Indeed's cards nor its job.");
    return readRows([job], () => pageDraft(job, fieldsOf(data), url), { none: "" });
  },
  ask: ({ url }, { offset }) => {
    const search = new URL(url);
    if (offset > 0) search.searchParams.set("start", String(offset));
    return { url: search.href };
  },
  paged: true,
};

/** @returns null if there is no list of cards at all */
function cardsIn({ body, json }: Answer): readonly unknown[] | null {
  if (Array.isArray(json)) return json;
  const data = isFields(json) ? json : jsonAfter(body, /mosaic-provider-jobcards["']?\s*\]?/);
  const results = [
    at(data, "metaData", "mosaicProviderJobCardsModel", "results"),
    at(data, "mosaicProviderJobCardsModel", "results"),
    at(data, "results"),
  ];
  return (results.find(Array.isArray) as readonly unknown[] | undefined) ?? null;
}

function pageOf(key: string, url: Answer["url"]): string {
  if (key === "") return "";
  const origin =
    url !== null && /(?:^|\.)indeed\.[a-z.]+$/.test(url.hostname) ? url.origin : "https://www.indeed.com";
  return `${origin}/viewjob?jk=${encodeURIComponent(key)}`;
}

function cardDraft(row: unknown, url: Answer["url"]): Draft {
  const card = rowOf(row);
  if (flagOf(card.expired) === true) throw new Closed("It has expired.", card.jobkey);
  const key = textOf(card.jobkey);
  const place = textOf(card.formattedLocation);
  return {
    id: key,
    title: firstText(card.displayTitle, card.title, card.normTitle),
    company: firstText(card.company, card.truncatedCompany),
    locations: [place],
    // `remoteLocation` is false for remote ones too.
    remote: firstRemote(workModel(card), remoteFrom([place])),
    employmentType: firstText(
      listOf(card.jobTypes).map(textOf).filter(Boolean).join(", "),
      attributeOf(card, "job-types"),
    ),
    salary: cardSalary(card),
    datePosted: isoDate(card.pubDate) ?? isoDate(card.createDate),
    description: card.snippet,
    url: pageOf(key, url),
  };
}

const attributeOf = (card: Fields, label: string): string =>
  listOf(
    at(
      listOf(card.taxonomyAttributes).find((group) => at(group, "label") === label),
      "attributes",
    ),
  )
    .map((one) => textOf(at(one, "label")))
    .filter(Boolean)
    .join(", ");

const workModel = (job: Fields) =>
  remoteOf(
    firstText(at(job, "remoteWorkModel", "type"))
      .replace(/^REMOTE_ALWAYS$/, "remote")
      .replace(/^REMOTE_HYBRID$/, "hybrid"),
  );

/** `estimatedSalary` is Indeed's own guess and no offer. -1 and 0 are open ends. */
function cardSalary(card: Fields): Salary | null {
  const currency = at(card, "salarySnippet", "currency");
  const stated = fieldsOf(card.extractedSalary);
  return (
    payOf({ min: stated.min, max: stated.max, currency, unit: stated.type }) ??
    payFromText(textOf(at(card, "salarySnippet", "text")), { currency })
  );
}

/** Of the page of one job; what scrapers keep of it has the same names. */
function pageDraft(job: Fields, data: Fields, url: Answer["url"]): Draft {
  const header = fieldsOf(job.jobInfoHeaderModel);
  const meta = fieldsOf(job.jobMetadataHeaderModel);
  if (flagOf(data.expired) === true || isFields(job.expiredJobMetadataModel))
    throw new Closed("It has expired.");
  const links = [
    job.companyOverviewLink,
    job.companyReviewLink,
    header.companyOverviewLink,
    header.companyReviewLink,
  ]
    .map(textOf)
    .join(" ");
  const key = firstText(
    data.jobKey,
    job.jobKey,
    url?.searchParams.get("jk"),
    /[?&]fromjk=(\w+)/.exec(links)?.[1],
  );
  const place = firstText(job.formattedLocation, header.formattedLocation, job.location);
  const pay = { ...fieldsOf(data.salaryInfoModel), ...withoutNulls(job) };
  return {
    id: key,
    title: firstText(job.jobTitle, header.jobTitle),
    company: firstText(job.companyName, header.companyName),
    locations: [place],
    remote: firstRemote(workModel(job), workModel(header), remoteFrom([place])),
    employmentType: firstText(job.jobType, meta.jobType),
    salary: payOf({
      min: pay.salaryMin,
      max: pay.salaryMax,
      currency: pay.salaryCurrency,
      unit: pay.salaryType,
    }),
    datePosted: isoDate(firstText(data.datePublished, at(data, "hiringInsightsModel", "datePublished"))),
    description: firstText(
      job.sanitizedJobDescription,
      at(job, "sanitizedJobDescription", "content"),
      job.description,
    ),
    url: pageOf(key, url),
  };
}

const withoutNulls = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));

function appDraft(row: unknown, url: Answer["url"]): Draft {
  const job = rowOf(at(row, "job"));
  const key = textOf(job.key);
  const place = firstText(
    at(job, "location", "formatted", "long"),
    at(job, "location", "formatted", "short"),
    at(job, "location", "city"),
  );
  const labels = listOf(job.attributes).map((one) => textOf(at(one, "label")));
  const base = at(job, "compensation", "baseSalary");
  return {
    id: key,
    title: job.title,
    company: at(job, "employer", "name"),
    locations: [place],
    // A remote job's city is the word for it, in the reader's language.
    remote: firstRemote(
      remoteFrom([place]),
      remoteFrom(labels.filter((label) => /^(?:hybrid|remot|h[ií]brid)/i.test(label))),
    ),
    employmentType: labels.find((label) => /^(?:full|part)[- ]time|contract|intern|tempor/i.test(label)),
    salary: payOf({
      min: at(base, "range", "min"),
      max: at(base, "range", "max"),
      currency: at(job, "compensation", "currencyCode"),
      unit: at(base, "unitOfWork"),
    }),
    datePosted: isoDate(job.datePublished),
    description: at(job, "description", "html"),
    url: pageOf(key, url),
    applyUrl: withoutTracking(textOf(at(job, "recruit", "viewJobUrl"))),
  };
}
