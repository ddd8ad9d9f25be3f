/** Rippling: one row per place of a job, without texts. */
import type { PortalAdapter } from "../adapter.ts";
import { changed } from "../reading/answer.ts";
import { isoDate } from "../reading/dates.ts";
import { type Draft, readRows, rowOf } from "../reading/listing.ts";
import { at, firstText, isFields, listOf, textOf } from "../reading/loose-json.ts";
import { firstRemote, remoteFrom, remoteOf } from "../reading/places.ts";

export const rippling: PortalAdapter = {
  kind: "rippling",
  knows: ({ json }) => isJob(json) || [...listOf(json), ...listOf(at(json, "items"))].some(isJob),
  read: ({ json, url }) => {
    const rows = isJob(json) ? [json] : Array.isArray(json) ? json : at(json, "items");
    if (!Array.isArray(rows)) return changed("It is no list of Rippling jobs.");
    return readRows(rows, toDraft, { base: url, none: "The board lists no jobs." });
  },
  ask: ({ url }) => ({ url }),
  paged: false,
  detail: ({ externalId }, { url }) => ({
    url: `${url.replace(/\/$/, "")}/${encodeURIComponent(externalId)}`,
  }),
};

const isJob = (value: unknown): boolean =>
  isFields(value) &&
  ("workLocation" in value ||
    "workLocations" in value ||
    ("uuid" in value && "department" in value && "name" in value));

function toDraft(row: unknown): Draft {
  const job = rowOf(row);
  const places = [
    firstText(at(job, "workLocation", "label"), job.workLocation),
    ...[...listOf(job.workLocations), ...listOf(job.locations)].map((place) =>
      firstText(at(place, "label"), at(place, "name"), place),
    ),
  ].filter(Boolean);
  const workplaces = listOf(job.locations).map((place) => remoteOf(at(place, "workplaceType")));
  const description = isFields(job.description)
    ? [job.description.company, job.description.role].map(textOf).filter(Boolean).join("\n<br>")
    : textOf(job.description);
  return {
    id: firstText(job.uuid, job.id),
    title: job.name,
    company: job.companyName,
    locations: places,
    remote: firstRemote(
      remoteFrom(places),
      new Set(workplaces).size === 1 ? (workplaces[0] ?? "unknown") : "unknown",
    ),
    employmentType: firstText(at(job, "employmentType", "label"), job.employmentType),
    datePosted: isoDate(firstText(job.createdOn, job.created_at)),
    description,
    url: job.url,
  };
}
