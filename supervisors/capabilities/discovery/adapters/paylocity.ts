/** Paylocity: the list that the page hands to its own scripts; the texts stand on the pages of the jobs. */
import type { PortalAdapter } from "../adapter.ts";
import { changed } from "../reading/answer.ts";
import { isoDate } from "../reading/dates.ts";
import { jsonAfter } from "../reading/json-in-script.ts";
import { type Draft, readRows, rowOf } from "../reading/listing.ts";
import { at, firstText, flagOf, textOf } from "../reading/loose-json.ts";
import { firstRemote, placeOf, remoteFlags, remoteFrom } from "../reading/places.ts";

export const paylocity: PortalAdapter = {
  kind: "paylocity",
  knows: ({ body }) => /window\.pageData\s*=/.test(body) && /"Jobs"\s*:\s*\[/.test(body),
  read: ({ body }) => {
    const data = jsonAfter(body, /window\.pageData\b/);
    const jobs = at(data, "Jobs");
    if (!Array.isArray(jobs)) return changed("The page has no list of Paylocity jobs.");
    return readRows(jobs, (row) => toDraft(row, textOf(at(data, "ModuleTitle"))), {
      none: "The company lists no jobs.",
      total: jobs.length,
    });
  },
  ask: ({ url }) => ({ url }),
  paged: false,
};

function toDraft(row: unknown, company: string): Draft | null {
  const job = rowOf(row);
  if (flagOf(job.IsInternal) === true) return null;
  const name = textOf(job.LocationName);
  const place =
    placeOf(
      at(job, "JobLocation", "City"),
      at(job, "JobLocation", "State"),
      at(job, "JobLocation", "Country"),
    ) || name;
  const id = textOf(job.JobId);
  return {
    id,
    title: job.JobTitle,
    company,
    locations: [place],
    // The place's name says "Hybrid" where the flag says that it is not remote.
    remote: firstRemote(remoteFrom([name]), remoteFlags(flagOf(job.IsRemote), null)),
    datePosted: isoDate(job.PublishedDate),
    description: firstText(job.Description),
    url:
      id === "" ? "" : `https://recruiting.paylocity.com/Recruiting/Jobs/Details/${encodeURIComponent(id)}`,
  };
}
