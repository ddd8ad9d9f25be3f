/** Oracle Recruiting: a paged list inside one item, and a detail for each with its text in pieces. */
import type { PortalAdapter } from "../adapter.ts";
import { type Answer, changed } from "../reading/answer.ts";
import { isoDate } from "../reading/dates.ts";
import { type Draft, readRows, rowOf } from "../reading/listing.ts";
import { at, type Fields, firstText, isFields, listOf, textOf } from "../reading/loose-json.ts";
import { firstRemote, remoteFrom, remoteOf } from "../reading/places.ts";

export const oracle: PortalAdapter = {
  kind: "oracle",
  knows: ({ json }) =>
    listOf(at(json, "items")).some(
      (item) => isFields(item) && ("requisitionList" in item || isDetail(item)),
    ) || isDetail(json),
  read: ({ json, url }) => {
    if (isDetail(json)) return readRows([json], (row) => toDraft(row, url), { base: url, none: "" });
    const items = listOf(at(json, "items"));
    const details = items.filter(isDetail);
    if (details.length > 0) return readRows(details, (row) => toDraft(row, url), { base: url, none: "" });
    const [list] = items;
    const rows = at(list, "requisitionList");
    if (!Array.isArray(rows)) return changed("It is no list of Oracle requisitions.");
    const total = at(list, "TotalJobsCount");
    return readRows(rows, (row) => toDraft(row, url), {
      base: url,
      none: "The site lists no requisitions, or none past this page.",
      total: typeof total === "number" && total > 0 ? total : null,
    });
  },
  ask: ({ url }, { offset }) => ({ url: offset === 0 ? url : `${url},offset=${offset}` }),
  paged: true,
  detail: ({ externalId }, { url }) => {
    const site = siteNumber(url);
    return {
      url: `${new URL(url).origin}/hcmRestApi/resources/latest/recruitingCEJobRequisitionDetails?expand=all&onlyData=true&finder=ById;Id=%22${encodeURIComponent(externalId)}%22,siteNumber=${site}`,
    };
  },
};

const siteNumber = (url: string) => /siteNumber(?:=|%3D)([\w-]+)/i.exec(url)?.[1] ?? "CX_1";

const isDetail = (value: unknown): boolean =>
  isFields(value) &&
  "Title" in value &&
  ("ExternalDescriptionStr" in value || "ExternalPostedStartDate" in value);

function toDraft(row: unknown, url: Answer["url"]): Draft {
  const job = rowOf(row);
  const id = textOf(job.Id);
  const others = [...listOf(job.secondaryLocations), ...listOf(job.otherWorkLocations)].map((place) =>
    firstText(at(place, "Name"), at(place, "LocationName")),
  );
  const places = [textOf(job.PrimaryLocation), ...others];
  return {
    id,
    title: job.Title,
    locations: places,
    remote: firstRemote(remoteOf(firstText(job.WorkplaceType, job.WorkplaceTypeCode)), remoteFrom(places)),
    employmentType: firstText(job.JobSchedule, job.JobType, job.ContractType),
    datePosted: isoDate(firstText(job.PostedDate, job.ExternalPostedStartDate)),
    validThrough: isoDate(firstText(job.ExternalPostedEndDate, job.PostingEndDate)),
    description: descriptionOf(job),
    language: job.Language,
    url:
      url?.hostname.endsWith(".oraclecloud.com") && id !== ""
        ? `${url.origin}/hcmUI/CandidateExperience/en/sites/${siteNumber(url.href)}/job/${encodeURIComponent(id)}`
        : "",
  };
}

/** The short text is the long one's beginning, and stands in only where that is missing. */
function descriptionOf(job: Fields): string {
  const parts = [job.ExternalDescriptionStr, job.ExternalResponsibilitiesStr, job.ExternalQualificationsStr]
    .map(textOf)
    .filter(Boolean);
  return parts.length > 0 ? parts.join("\n<br>") : textOf(job.ShortDescriptionStr);
}
