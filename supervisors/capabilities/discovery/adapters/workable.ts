/** Workable: the widget's answer with one row per place, or a page of the newer list. */
import type { PortalAdapter } from "../adapter.ts";
import { changed } from "../reading/answer.ts";
import { isoDate } from "../reading/dates.ts";
import { type Draft, readRows, rowOf } from "../reading/listing.ts";
import { at, type Fields, firstText, flagOf, isFields, listOf, textOf } from "../reading/loose-json.ts";
import { payOf } from "../reading/pay.ts";
import { firstRemote, placeOf, remoteFlags, remoteFrom, remoteOf } from "../reading/places.ts";

export const workable: PortalAdapter = {
  kind: "workable",
  knows: ({ json }) =>
    isJob(json) ||
    [at(json, "jobs"), at(json, "results")].some((rows) => listOf(rows).some(isJob)) ||
    (Array.isArray(at(json, "jobs")) &&
      at(json, "name") !== undefined &&
      at(json, "description") !== undefined),
  read: ({ json }) => {
    const rows = isJob(json) ? [json] : (at(json, "jobs") ?? at(json, "results"));
    if (!Array.isArray(rows)) return changed(firstText(at(json, "error"), "It is no list of Workable jobs."));
    const total = at(json, "total");
    return {
      ...readRows(rows, (row) => toDraft(row, textOf(at(json, "name"))), {
        none: "The account lists no jobs.",
        total: typeof total === "number" ? total : null,
      }),
      cursor: textOf(at(json, "nextPage")) || null,
    };
  },
  ask: ({ url }) => ({ url }),
  paged: false,
};

const isJob = (value: unknown): boolean => isFields(value) && "shortcode" in value;

function toDraft(row: unknown, company: string): Draft {
  const job = rowOf(row);
  const places = placesOf(job);
  const shortcode = textOf(job.shortcode);
  return {
    id: shortcode,
    title: job.title,
    company: firstText(company, job.company),
    locations: places,
    remote: firstRemote(
      remoteOf(job.workplace),
      remoteFlags(flagOf(job.telecommuting) ?? flagOf(job.remote), null),
      remoteFrom(places),
    ),
    employmentType: firstText(job.employment_type, job.type),
    salary: payOf({
      min: at(job, "salary", "salary_from"),
      max: at(job, "salary", "salary_to"),
      currency: at(job, "salary", "salary_currency"),
    }),
    datePosted: isoDate(firstText(job.published_on, job.published, job.created_at)),
    description: [job.description, job.requirements, job.benefits].map(textOf).filter(Boolean).join("\n<br>"),
    language: job.language,
    url: firstText(
      job.url,
      job.shortlink,
      shortcode === "" ? "" : `https://apply.workable.com/j/${encodeURIComponent(shortcode)}`,
    ),
    applyUrl: job.application_url,
  };
}

function placesOf(job: Fields): string[] {
  const listed = [...listOf(job.locations), ...(isFields(job.location) ? [job.location] : [])]
    .filter((place) => flagOf(at(place, "hidden")) !== true)
    .map((place) =>
      placeOf(
        at(place, "city"),
        at(place, "region"),
        firstText(at(place, "country"), at(place, "countryCode")),
      ),
    )
    .filter(Boolean);
  return listed.length > 0 ? listed : [placeOf(job.city, job.state, job.country)];
}
