/** Eightfold: ten positions a page, with the text only in a position of its own. */
import type { PortalAdapter } from "../adapter.ts";
import { changed } from "../reading/answer.ts";
import { isoDate } from "../reading/dates.ts";
import { type Draft, readRows, rowOf } from "../reading/listing.ts";
import { at, firstText, isFields, listOf, textOf } from "../reading/loose-json.ts";
import { firstRemote, remoteFrom, remoteOf } from "../reading/places.ts";

export const eightfold: PortalAdapter = {
  kind: "eightfold",
  knows: ({ json }) => Array.isArray(at(json, "positions")) || isPosition(json),
  read: ({ json, url }) => {
    const rows = isPosition(json) ? [json] : at(json, "positions");
    if (!Array.isArray(rows)) return changed("It is no list of Eightfold positions.");
    const total = at(json, "count");
    return readRows(rows, toDraft, {
      base: url,
      none: "The site lists no positions, or none past this page.",
      total: typeof total === "number" && total > 0 ? total : null,
    });
  },
  ask: ({ url }, { offset }) => {
    const list = new URL(url);
    list.searchParams.set("start", String(offset));
    list.searchParams.set("num", "10");
    return { url: list.href };
  },
  paged: true,
  detail: ({ externalId }, { url }) => {
    const { origin, pathname, search } = new URL(url);
    return { url: `${origin}${pathname.replace(/\/$/, "")}/${encodeURIComponent(externalId)}${search}` };
  },
};

const isPosition = (value: unknown): boolean => isFields(value) && "canonicalPositionUrl" in value;

function toDraft(row: unknown): Draft {
  const job = rowOf(row);
  const listed = listOf(job.locations).map(textOf).filter(Boolean);
  const places = listed.length > 0 ? listed : [textOf(job.location)];
  return {
    id: job.id,
    title: firstText(job.name, job.posting_name),
    locations: places,
    remote: firstRemote(remoteOf(job.work_location_option), remoteFrom(places)),
    employmentType: job.type,
    // The day it was made, in seconds; `t_update` moves with every edit.
    datePosted: isoDate(job.t_create),
    description: job.job_description,
    url: job.canonicalPositionUrl,
  };
}
