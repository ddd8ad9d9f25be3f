/** Any page with schema.org JobPosting: one posting as a rule, sometimes several, often among other things. */
import { createHash } from "node:crypto";
import { draftOf, type Whole } from "../job-posting.ts";
import { isOfType, nodesIn, readScripts } from "../json-ld-text.ts";
import { type Answer, changed, empty, type PortalReader, type Reading } from "../reading/answer.ts";
import { byKey } from "../reading/broken-job-posting.ts";
import { type Draft, readRows, webAddress } from "../reading/listing.ts";
import { type Fields, fieldsOf, isFields, listOf, textOf } from "../reading/loose-json.ts";
import { type PageFacts, pageFacts } from "../reading/page-facts.ts";

export const jsonldReader: PortalReader = {
  kind: "jsonld",
  knows: ({ body }) => body.includes("JobPosting") && /application\/ld\+json/i.test(body),
  read: (answer) => {
    const facts = pageFacts(answer.body);
    // JobPosting as a document of its own, without a page around it.
    const scripts = isFields(answer.json) || Array.isArray(answer.json) ? [answer.body] : facts.scripts;
    return readJobPage({ ...facts, scripts }, answer.url);
  },
};

/** @param url the page's address, if known */
export function readJobPage(page: PageFacts, url: Answer["url"]): Reading {
  const { values, mended, broken } = readScripts(page.scripts);
  const nodes = nodesIn(values);
  const found = nodes.filter((node) => isOfType(node, "JobPosting"));
  const salvaged = found.length > 0 ? [] : broken.map(byKey).filter((job) => job !== null);
  const jobs = theJobs(found.length > 0 ? found : salvaged, page, url);
  if (jobs.length === 0) return withoutJob(nodes, broken);
  const address = webAddress(page.canonical, url) ?? url?.href ?? null;
  const alone = jobs.length === 1;
  const reading = readRows(
    jobs,
    (job) => completed(draftOf(fieldsOf(job), wholeIn(nodes)), page, alone ? address : null),
    { base: url ?? undefined, none: "" },
  );
  const isMended = jobs.some(
    (job) => salvaged.includes(job) || mended.some((value) => nodesIn([value]).includes(job)),
  );
  return reading.outcome === "postings" && isMended
    ? { ...reading, reason: "Its JSON-LD is malformed: what could be read of it was taken." }
    : reading;
}

/** What the posting does not say itself, the page says: its heading, its address. */
function completed(draft: Draft, page: PageFacts, address: string | null): Draft {
  const title = textOf(draft.title) || (address === null ? "" : page.heading) || page.heading || page.ogTitle;
  const url = textOf(draft.url) || address || "";
  return {
    ...draft,
    title,
    url: webAddress(url, address ?? undefined) === null ? (address ?? "") : url,
    language: draft.language || page.language,
    id:
      textOf(draft.id) ||
      url ||
      `h${createHash("sha256")
        .update(JSON.stringify([title, draft.company, draft.locations, draft.datePosted]))
        .digest("hex")
        .slice(0, 24)}`,
  };
}

/** On a page with several postings those that the page is about: by address, else by its heading; all, if none fits better. */
function theJobs(jobs: readonly Fields[], page: PageFacts, url: URL | null): readonly Fields[] {
  if (jobs.length < 2) return jobs;
  const plain = (value: unknown) => textOf(value).toLowerCase().replace(/\s+/g, " ").trim();
  const addresses = [page.canonical, url?.href ?? ""].filter((address) => address !== "").map(withoutQuery);
  const byAddress = jobs.filter((job) => addresses.includes(withoutQuery(textOf(job.url))));
  if (byAddress.length === 1) return byAddress;
  for (const heading of [page.heading, page.ogTitle, page.title].map(plain)) {
    if (heading === "") continue;
    const same = jobs.filter((job) => plain(job.title) === heading);
    const within = jobs.filter((job) => plain(job.title) !== "" && heading.startsWith(plain(job.title)));
    const fitting = same.length > 0 ? same : within;
    if (fitting.length === 1) return fitting;
  }
  return jobs;
}

const withoutQuery = (address: string) => address.replace(/[?#].*$/, "").replace(/\/$/, "");

function wholeIn(nodes: readonly Fields[]): Whole {
  const byId = new Map(
    nodes.filter((node) => Object.keys(node).length > 1).map((node) => [node["@id"], node]),
  );
  return (value) => {
    if (!isFields(value)) return null;
    const id = value["@id"];
    return id !== undefined && Object.keys(value).length <= 2 ? (byId.get(id) ?? value) : value;
  };
}

function withoutJob(nodes: readonly Fields[], broken: readonly string[]): Reading {
  if (broken.some((text) => text.includes("JobPosting")))
    return changed("Its JobPosting is not valid JSON, and nothing could be taken from it.");
  const list = nodes.find((node) => isOfType(node, "ItemList"));
  if (
    list !== undefined &&
    (list.numberOfItems === 0 || list.numberOfItems === "0") &&
    listOf(list.itemListElement).length === 0
  )
    return empty("Its list has no items.");
  const types = [...new Set(nodes.flatMap((node) => [node["@type"]].flat().map(textOf)))]
    .filter(Boolean)
    .slice(0, 6);
  return changed(`The page has no JobPosting${types.length > 0 ? ` (it has ${types.join(", ")})` : ""}.`);
}
