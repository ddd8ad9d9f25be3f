/** RemoteOK: one list, with the legal notice as its first element. Texts carry a mark of whoever asked, which must not be stored. */
import type { PortalAdapter } from "../adapter.ts";
import { changed } from "../reading/answer.ts";
import { isoDate } from "../reading/dates.ts";
import { type Draft, readRows, rowOf } from "../reading/listing.ts";
import { at, firstText, isFields, listOf, textOf } from "../reading/loose-json.ts";
import { payOf } from "../reading/pay.ts";

export const remoteok: PortalAdapter = {
  kind: "remoteok",
  knows: ({ json }) =>
    listOf(json).some(
      (row) => isFields(row) && ("legal" in row || ("position" in row && ("epoch" in row || "slug" in row))),
    ),
  read: ({ json, url }) => {
    if (!Array.isArray(json)) return changed("It is no list of RemoteOK jobs.");
    return readRows(json, toDraft, { base: url ?? "https://remoteok.com/", none: "The list has no jobs." });
  },
  ask: ({ url }) => ({ url }),
  paged: false,
};

function toDraft(row: unknown): Draft | null {
  const job = rowOf(row);
  if ("legal" in job && job.position === undefined) return null;
  return {
    id: job.id,
    title: job.position,
    company: job.company,
    locations: textOf(job.location).split(/\s*;\s*/),
    remote: "yes",
    // 0 to 0 says that nobody said.
    salary: payOf({ min: job.salary_min, max: job.salary_max }),
    datePosted: isoDate(job.date) ?? isoDate(at(job, "epoch")),
    description: withoutRequesterTag(textOf(job.description)),
    skills: job.tags,
    url: firstText(job.url),
    applyUrl: job.apply_url,
  };
}

/** "Please mention the word … and tag …": the tag is the requester's address in base64. */
const withoutRequesterTag = (text: string): string =>
  text
    .replace(
      /(?:<br\s*\/?>|<p>|\s)*Please mention the word\b[\s\S]{0,300}?\btag\b[\s\S]{0,600}?(?:see they(?:['’]|&#0?39;|&rsquo;)?\s?re human\.?(?:<\/p>)?|$)/gi,
      "",
    )
    .replace(/\(?#[A-Za-z0-9+/]{10,}={0,2}\)?(?=[\s.)<]|$)/g, (tag) => (isAddress(tag) ? "" : tag))
    .replace(/\bR[A-Za-z0-9+/]{9,}={1,2}(?=[\s.)<]|$)/g, (tag) => (isAddress(tag) ? "" : tag));

const isAddress = (tag: string): boolean =>
  /^\d{1,3}(?:\.\d{1,3}){3}$|^[\da-f:]{6,45}$/i.test(
    Buffer.from(tag.replace(/[^A-Za-z0-9+/]/g, ""), "base64").toString("latin1"),
  );
