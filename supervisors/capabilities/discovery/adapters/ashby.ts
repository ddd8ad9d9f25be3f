/** Ashby: a job board in one answer. Unlisted jobs are in it too, and must not be shown. */
import type { Salary } from "../../../../protocols/posting.ts";
import type { PortalAdapter } from "../adapter.ts";
import { changed } from "../reading/answer.ts";
import { isoDate } from "../reading/dates.ts";
import { type Draft, readRows, rowOf } from "../reading/listing.ts";
import { at, type Fields, firstText, flagOf, isFields, listOf, textOf } from "../reading/loose-json.ts";
import { amountOf, payOf } from "../reading/pay.ts";
import { firstRemote, remoteFlags, remoteFrom, remoteOf } from "../reading/places.ts";

export const ashby: PortalAdapter = {
  kind: "ashby",
  knows: ({ json }) =>
    Array.isArray(at(json, "jobs")) &&
    (at(json, "apiVersion") !== undefined ||
      listOf(at(json, "jobs")).some((job) => isFields(job) && ("jobUrl" in job || "isListed" in job))),
  read: ({ json }) => {
    const jobs = at(json, "jobs");
    if (!Array.isArray(jobs)) return changed("It is no Ashby job board.");
    return readRows(jobs, toDraft, { none: "The board lists no jobs.", total: jobs.length });
  },
  ask: ({ url }) => ({ url }),
  paged: false,
};

function toDraft(row: unknown): Draft | null {
  const job = rowOf(row);
  if (flagOf(job.isListed) === false) return null;
  const places = [
    job.location,
    ...listOf(job.secondaryLocations).map((place) => firstText(at(place, "location"), place)),
  ].map(textOf);
  return {
    id: job.id,
    title: job.title,
    company: job.companyName,
    locations: places,
    // `isRemote` is true beside "Hybrid" too.
    remote: firstRemote(
      remoteOf(job.workplaceType),
      remoteFrom(places),
      remoteFlags(flagOf(job.isRemote), null),
    ),
    employmentType: job.employmentType,
    salary: salaryIn(job),
    datePosted: isoDate(firstText(job.publishedAt, job.publishedDate)),
    // The plain text prints headings in capitals.
    description: firstText(job.descriptionHtml, job.descriptionPlain),
    url: job.jobUrl,
    applyUrl: job.applyUrl,
  };
}

/** Salary of all tiers together, if they are of one currency and interval, and if the employer wants it shown. */
function salaryIn(job: Fields): Salary | null {
  if (flagOf(job.shouldDisplayCompensationOnJobPostings) === false) return null;
  const tiers = listOf(at(job, "compensation", "compensationTiers")).flatMap((tier) =>
    listOf(at(tier, "components")),
  );
  const parts = [
    ...tiers,
    ...(tiers.length > 0 ? [] : listOf(at(job, "compensation", "summaryComponents"))),
  ].filter((part) => textOf(at(part, "compensationType")) === "Salary");
  const [first] = parts;
  const sort = (part: unknown) => `${textOf(at(part, "currencyCode"))} ${textOf(at(part, "interval"))}`;
  if (first === undefined || parts.some((part) => sort(part) !== sort(first))) return null;
  const bounds = (key: string) => parts.map((part) => amountOf(at(part, key)));
  const lows = bounds("minValue");
  const highs = bounds("maxValue");
  return payOf({
    min: lows.includes(null) ? null : Math.min(...(lows as number[])),
    max: highs.includes(null) ? null : Math.max(...(highs as number[])),
    currency: at(first, "currencyCode"),
    unit: at(first, "interval"),
  });
}
