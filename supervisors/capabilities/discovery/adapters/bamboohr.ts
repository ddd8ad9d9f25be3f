/** BambooHR: a list without texts, and a detail for each. */
import type { PortalAdapter } from "../adapter.ts";
import { type Answer, changed } from "../reading/answer.ts";
import { isoDate } from "../reading/dates.ts";
import { type Draft, readRows, rowOf } from "../reading/listing.ts";
import { at, firstText, flagOf, isFields, listOf, textOf } from "../reading/loose-json.ts";
import { payFromText } from "../reading/pay-text.ts";
import { firstRemote, placeOf, remoteFlags, remoteFrom } from "../reading/places.ts";

export const bamboohr: PortalAdapter = {
  kind: "bamboohr",
  knows: ({ json }) =>
    listOf(at(json, "result")).some((row) => isFields(row) && "jobOpeningName" in row) ||
    at(json, "result", "jobOpening", "jobOpeningName") !== undefined ||
    (Array.isArray(at(json, "result")) && at(json, "meta", "totalCount") !== undefined),
  read: ({ json, url }) => {
    const single = at(json, "result", "jobOpening");
    const rows = single === undefined ? at(json, "result") : [single];
    if (!Array.isArray(rows)) return changed("It is no list of BambooHR openings.");
    const total = at(json, "meta", "totalCount");
    if (rows.length === 0 && Number(total) > 0)
      return changed(`It says ${textOf(total)} openings and lists none.`);
    return readRows(rows, (row) => toDraft(row, url), {
      base: url,
      none: "The company lists no openings.",
      total: typeof total === "number" ? total : null,
    });
  },
  ask: ({ url }) => ({ url }),
  paged: false,
  detail: ({ externalId }, { url }) => ({
    url: `${new URL(url).origin}/careers/${encodeURIComponent(externalId)}/detail`,
  }),
};

/** What the numbers of `locationType` stand for. */
const workplaces = { 0: "no", 1: "yes", 2: "hybrid" } as const;

function toDraft(row: unknown, url: Answer["url"]): Draft {
  const job = rowOf(row);
  // The detail does not repeat the id: its address has it.
  const id = firstText(
    job.id,
    /\/careers\/(\d+)\/detail/.exec(url?.pathname ?? "")?.[1],
    /\/careers\/(\d+)/.exec(textOf(job.jobOpeningShareUrl))?.[1],
  );
  const place =
    placeOf(
      at(job, "location", "city"),
      at(job, "location", "state"),
      at(job, "location", "addressCountry"),
    ) ||
    placeOf(
      at(job, "atsLocation", "city"),
      firstText(at(job, "atsLocation", "state"), at(job, "atsLocation", "province")),
      at(job, "atsLocation", "country"),
    );
  const type = textOf(job.locationType);
  const workplace = type === "0" || type === "1" || type === "2" ? workplaces[type] : "unknown";
  const page = url === null || id === "" ? "" : `${url.origin}/careers/${encodeURIComponent(id)}`;
  return {
    id,
    title: job.jobOpeningName,
    locations: [place],
    remote: firstRemote(workplace, remoteFlags(flagOf(job.isRemote), null), remoteFrom([place])),
    employmentType: firstText(job.employmentStatusLabel, job.employmentType),
    salary: payFromText(textOf(job.compensation)),
    datePosted: isoDate(job.datePosted),
    description: job.description,
    url: firstText(job.jobOpeningShareUrl, page),
  };
}
