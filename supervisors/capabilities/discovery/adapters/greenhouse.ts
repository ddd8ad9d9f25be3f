/** Greenhouse job boards: the public board API, all postings in one answer. Old boards nest them in departments or offices. */
import type { Salary } from "../../../../protocols/posting.ts";
import type { PortalAdapter } from "../adapter.ts";
import { unescapeHtml } from "../clean-html.ts";
import { changed } from "../reading/answer.ts";
import { isoDate } from "../reading/dates.ts";
import { type Draft, readRows, rowOf } from "../reading/listing.ts";
import { at, type Fields, fieldsOf, isFields, listOf, textOf } from "../reading/loose-json.ts";
import { parsedHtml } from "../reading/parsed-html.ts";
import { amountOf, payOf } from "../reading/pay.ts";
import { payFromText } from "../reading/pay-text.ts";
import { firstRemote, remoteFrom, remoteOf } from "../reading/places.ts";

export const greenhouse: PortalAdapter = {
  kind: "greenhouse",
  knows: ({ json }) =>
    isJob(json) ||
    jobsIn(json)?.some(isJob) === true ||
    (Array.isArray(at(json, "jobs")) &&
      Object.keys(fieldsOf(json)).every((key) => /^(?:jobs|meta)$/.test(key)) &&
      jobsIn(json)?.length === 0) ||
    /could not find a job/i.test(textOf(at(json, "error"))),
  read: ({ json }) => {
    const error = textOf(at(json, "error"));
    if (error !== "") return changed(error);
    const jobs = isJob(json) ? [json] : jobsIn(json);
    if (jobs === null) return changed("It is no list of Greenhouse jobs.");
    const total = at(json, "meta", "total");
    if (jobs.length === 0 && typeof total === "number" && total > 0)
      return changed(`The board says ${total} jobs and lists none.`);
    return readRows(jobs, toDraft, {
      none: "The board lists no jobs.",
      total: typeof total === "number" ? total : jobs.length,
    });
  },
  ask: ({ url }) => {
    const list = new URL(url.replace(/\/+$/, "").replace(/(?<!\/jobs)$/, "/jobs"));
    list.searchParams.set("content", "true");
    return { url: list.href };
  },
  paged: false,
};

const isJob = (value: unknown): boolean =>
  isFields(value) &&
  value.title !== undefined &&
  (value.absolute_url !== undefined || value.internal_job_id !== undefined) &&
  !("shortcode" in value);

/** @returns null if it holds no list of jobs at all */
function jobsIn(json: unknown): readonly unknown[] | null {
  const groups = ["departments", "offices"].flatMap((key) => listOf(at(json, key)));
  if (Array.isArray(at(json, "jobs"))) return listOf(at(json, "jobs"));
  if (groups.length === 0) return null;
  return [...groups, ...groups.flatMap((office) => listOf(at(office, "departments")))].flatMap((group) =>
    listOf(at(group, "jobs")),
  );
}

function toDraft(row: unknown): Draft {
  const job = rowOf(row);
  const place = textOf(at(job, "location", "name"));
  const places = place.split(/\s*[;|]\s*/);
  const content = textOf(job.content);
  return {
    id: job.id,
    title: job.title,
    company: job.company_name,
    locations: places,
    remote: firstRemote(
      remoteOf(metadata(job, /work ?(?:place|location)? ?(?:type|model|arrangement|style)|remote|hybrid/i)),
      remoteFrom(places),
    ),
    employmentType: metadata(job, /(?:employment|job|time|contract) ?type/i),
    salary: salaryIn(job, content),
    // `updated_at` moves with every edit.
    datePosted: isoDate(job.first_published),
    validThrough: isoDate(job.application_deadline),
    description: content,
    language: job.language,
    url: job.absolute_url,
    applyUrl: job.absolute_url,
  };
}

function metadata(job: Fields, called: RegExp): string {
  const entry = listOf(job.metadata).find((one) => called.test(textOf(at(one, "name"))));
  return textOf(at(entry, "value"));
}

/** Only from what boards make for pay; figures elsewhere in the text may be anything. Several ranges are none for sure. */
function salaryIn(job: Fields, content: string): Salary | null {
  const ranges = listOf(job.pay_input_ranges);
  const [range] = ranges;
  if (ranges.length === 1) {
    const [min, max] = [at(range, "min_cents"), at(range, "max_cents")].map(
      (cents) => (amountOf(cents) ?? 0) / 100,
    );
    return payOf({ min, max, currency: at(range, "currency_type"), unit: at(range, "title") });
  }
  if (ranges.length > 1 || !content.includes("pay-range")) return null;
  const page = parsedHtml(unescapeHtml(content));
  const found = page.querySelectorAll(".pay-range");
  const [first] = found;
  if (first === undefined || new Set(found.map((one) => one.textContent.trim())).size > 1) return null;
  const title = page.querySelector(".pay-input .title")?.textContent ?? "";
  return payFromText(first.textContent, { unit: title });
}
