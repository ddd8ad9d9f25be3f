/**
 * Greenhouse job boards: the public board API, all postings in one answer. Asked conditionally, so that an unchanged board
 * costs one small request.
 */
import { Schema } from "effect";
import { parse } from "node-html-parser";
import type { Posting, Salary } from "../../../protocols/posting.ts";
import { blockReason, retryAfterMs } from "../portal-http/blocked.ts";
import type { Adapter } from "./adapter.ts";
import { unescapeHtml } from "./clean-html.ts";
import { compare, digest, entryOf, keyOf, maxItems } from "./known-entries.ts";
import { pageOf } from "./page-of.ts";
import { postingFrom, remoteFrom } from "./posting-from.ts";

const text = Schema.optional(Schema.NullOr(Schema.String));

const Answer = Schema.Struct({
  jobs: Schema.Array(Schema.Unknown),
  meta: Schema.optional(Schema.Unknown),
});
const decodeAnswer = Schema.decodeUnknownSync(Schema.fromJsonString(Answer));
const decodeTotal = Schema.decodeUnknownOption(Schema.Struct({ total: Schema.Finite }));

/** What makes an item recognisable even if the rest of it is wrong. */
const decodeId = Schema.decodeUnknownOption(
  Schema.Struct({ id: Schema.Union([Schema.Finite, Schema.String]) }),
);

const Job = Schema.Struct({
  id: Schema.Union([Schema.Finite, Schema.String]),
  title: Schema.String,
  absolute_url: Schema.String,
  content: Schema.String,
  company_name: text,
  location: Schema.optional(Schema.NullOr(Schema.Struct({ name: text }))),
  first_published: text,
  updated_at: text,
  metadata: Schema.optional(Schema.Unknown),
});
const decodeJob = Schema.decodeUnknownSync(Job);
const decodeMetadata = Schema.decodeUnknownOption(
  Schema.Array(Schema.Struct({ name: text, value: Schema.Unknown })),
);

export const greenhouse: Adapter = {
  async discover({ board, known, etag, limit }, { fetcher, signal, now }) {
    const url = new URL(`${board.url.replace(/\/+$/, "").replace(/\/jobs$/, "")}/jobs`);
    url.searchParams.set("content", "true");
    const answer = await fetcher.get(url.href, { etag, signal });
    if (answer.status === 304)
      return {
        outcome: "postings",
        postings: [],
        rejected: [],
        known: [],
        more: false,
        etag,
        unchanged: true,
      };
    const blocked = blockReason(answer);
    if (blocked !== null)
      return { outcome: "blocked", reason: blocked, retryAfterMs: retryAfterMs(answer.retryAfter, now) };
    if (answer.status !== 200)
      return {
        outcome: "changed",
        reason: `${url.href} answered ${answer.status}: is the board's name still right?`,
      };
    let jobs: readonly unknown[];
    try {
      const decoded = decodeAnswer(answer.body);
      jobs = decoded.jobs;
      const total = decodeTotal(decoded.meta);
      if (jobs.length === 0 && total._tag === "Some" && total.value.total > 0)
        return { outcome: "changed", reason: `The board says ${total.value.total} jobs and lists none.` };
    } catch {
      return { outcome: "changed", reason: `${url.href} did not answer with a list of jobs.` };
    }

    const items = jobs.map((job, index) => {
      const id = decodeId(job);
      const source = JSON.stringify(job) ?? "";
      return {
        key: id._tag === "Some" ? keyOf(String(id.value.id)) : `no-id-${digest(source)}`,
        digest: digest(source),
        value: { job, externalId: id._tag === "Some" ? String(id.value.id) : `item ${index + 1}` },
      };
    });
    const { same, fresh } = compare(items, known);
    const page = pageOf(fresh, limit, ({ job, externalId }) => toPosting(job, externalId.slice(0, 100)));
    if (page.postings.length === 0 && same.length === 0 && page.rejected.length >= 3 && !page.more)
      return {
        outcome: "changed",
        reason: `None of ${page.rejected.length} jobs could be understood. The first: ${page.rejected[0]?.reason}`,
      };
    return {
      outcome: "postings",
      postings: page.postings,
      rejected: page.rejected,
      known: [...same, ...page.taken.map(entryOf)],
      more: page.more,
      complete: jobs.length <= maxItems,
      // With the tag of an answer that was not read to its end, its rest would never come.
      etag: page.more ? null : answer.etag,
    };

    function toPosting(raw: unknown, externalId: string): Posting {
      const job = decodeJob(raw);
      const place = job.location?.name ?? "";
      return postingFrom(
        {
          externalId,
          title: job.title,
          company: job.company_name ?? "",
          locations: place.split(/\s*;\s*/),
          remote: remoteFrom(place.split(/\s*;\s*/)),
          employmentType: employmentType(job.metadata),
          salary: salaryIn(job.content),
          datePosted: job.first_published ?? null,
          description: job.content,
          url: job.absolute_url,
          applyUrl: job.absolute_url,
        },
        board,
      );
    }
  },
};

function employmentType(metadata: unknown): string {
  const list = decodeMetadata(metadata);
  if (list._tag === "None") return "";
  const entry = list.value.find(({ name }) => /employment type|job type|time type/i.test(name ?? ""));
  return typeof entry?.value === "string" ? entry.value : "";
}

const currencies: Readonly<Record<string, string>> = { "€": "EUR", "£": "GBP" };

/** Only from the block that boards make for pay; figures elsewhere in the text may be anything. */
function salaryIn(content: string): Salary | null {
  if (!content.includes("pay-range")) return null;
  const words = parse(unescapeHtml(content)).querySelector(".pay-range")?.textContent ?? "";
  const figures = [...words.matchAll(/\d[\d,. ]*\d|\d/g)].map(([figure]) =>
    Number(figure.replace(/[,\s]/g, "")),
  );
  const [min, max] = figures;
  if (min === undefined || max === undefined || !(min > 0) || !(max >= min)) return null;
  const unit = /\b(hour|day|week|month|year)\b/i.exec(words)?.[1]?.toLowerCase();
  return {
    min,
    max,
    // A bare dollar may be of several countries; a code says which.
    currency: /\b[A-Z]{3}\b/.exec(words)?.[0] ?? currencies[/[€£]/.exec(words)?.[0] ?? ""] ?? null,
    unit:
      unit === "hour" || unit === "day" || unit === "week" || unit === "month" || unit === "year"
        ? unit
        : null,
  };
}
