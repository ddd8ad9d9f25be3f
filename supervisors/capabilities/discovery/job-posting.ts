/** A schema.org JobPosting, however a site writes it, as an adapter's finding. */
import type { RemoteKind, Salary } from "../../../protocols/posting.ts";
import { type Fields, fieldsOf, isOfType, nodesIn, readScripts } from "./json-ld-text.ts";
import { type Found, Refused } from "./posting-from.ts";

export interface JobPage {
  readonly url: string;
  readonly heading: string;
  /** Where the page's own "Apply" leads; "" if it has none. */
  readonly applyUrl: string;
  /** Texts of its ld+json scripts. */
  readonly scripts: readonly string[];
}

/** @throws Refused with what is missing or absurd. `now` in epoch milliseconds. */
export function readJobPosting(page: JobPage, now: number): Found {
  const { values, broken } = readScripts(page.scripts);
  const nodes = nodesIn(values);
  const job = theJob(
    nodes.filter((node) => isOfType(node, "JobPosting")),
    page,
  );
  if (job === undefined)
    throw new Refused(
      broken.some((text) => text.includes("JobPosting"))
        ? "Its JobPosting is not valid JSON."
        : "The page has no JobPosting.",
    );
  const byId = new Map(nodes.map((node) => [node["@id"], node]));
  /** A part given only by its `@id` stands elsewhere on the page. */
  const whole = (value: unknown): Fields | null => {
    const fields = fieldsOf(value);
    if (fields === null) return null;
    const elsewhere = Object.keys(fields).length <= 2 ? byId.get(fields["@id"]) : undefined;
    return fields["@id"] === undefined ? fields : (elsewhere ?? fields);
  };

  const expires = Date.parse(text(job.validThrough));
  if (expires < now) throw new Refused(`It expired on ${text(job.validThrough).slice(0, 10)}.`);
  const places = [job.jobLocation].flat().flatMap((place) => placeText(place, whole));
  const remote = remoteKind(job, places);
  const home = [job.applicantLocationRequirements].flat().map((one) => text(whole(one)?.name) || text(one));
  const organization = whole([job.hiringOrganization].flat()[0]);
  const identifier = fieldsOf(job.identifier);
  return {
    externalId: (
      text(identifier?.value) ||
      (identifier === null ? text(job.identifier) : "") ||
      page.url
    ).slice(0, 200),
    title: text(job.title) || text(job.name),
    company: text(organization?.name) || text(organization?.legalName) || text(job.hiringOrganization),
    // For work from home the place that counts is where one may live.
    locations:
      remote === "yes" && home.some((place) => place !== "")
        ? home.filter((place) => place !== "").map((place) => `Remote, ${place}`)
        : places,
    remote,
    employmentType: [job.employmentType].flat().map(text).filter(Boolean).join(", "),
    salary: salary(job),
    datePosted: text(job.datePosted) || null,
    description: [job.description, job.responsibilities, job.qualifications, job.skills]
      .map(text)
      .filter((part, i, parts) => part !== "" && parts.indexOf(part) === i)
      .join("<br>\n"),
    url: page.url,
    applyUrl: page.applyUrl || page.url,
  };
}

/** On a page with several: the one that the page is about. */
function theJob(jobs: readonly Fields[], page: JobPage): Fields | undefined {
  const plain = (value: unknown) => text(value).toLowerCase().replace(/\s+/g, " ").trim();
  return (
    jobs.find((job) => text(job.url) !== "" && page.url.startsWith(text(job.url))) ??
    jobs.find((job) => plain(job.title) !== "" && plain(job.title) === plain(page.heading)) ??
    jobs[0]
  );
}

const text = (value: unknown): string =>
  typeof value === "string"
    ? value.trim()
    : typeof value === "number" && Number.isFinite(value)
      ? String(value)
      : "";

function placeText(place: unknown, whole: (value: unknown) => Fields | null): string[] {
  if (typeof place === "string") return place.trim() === "" ? [] : [place.trim()];
  const fields = whole(place);
  if (fields === null) return [];
  if (typeof fields.address === "string") return [fields.address];
  const address = whole([fields.address].flat()[0]) ?? fields;
  const parts = [
    address.addressLocality,
    address.addressRegion,
    whole(address.addressCountry)?.name ?? address.addressCountry,
  ]
    .map(text)
    .filter((part, i, all) => part !== "" && all.indexOf(part) === i);
  return parts.length > 0 ? [parts.join(", ")] : text(fields.name) === "" ? [] : [text(fields.name)];
}

function remoteKind(job: Fields, places: readonly string[]): RemoteKind {
  const type = [job.jobLocationType].flat().map(text).join(" ");
  if (/hybrid/i.test(type) || places.some((place) => /\bhybrid\b/i.test(place))) return "hybrid";
  if (/telecommute|remote/i.test(type)) return "yes";
  return "unknown";
}

const units = new Map<string, NonNullable<Salary["unit"]>>([
  ["hour", "hour"],
  ["hourly", "hour"],
  ["day", "day"],
  ["daily", "day"],
  ["week", "week"],
  ["weekly", "week"],
  ["month", "month"],
  ["monthly", "month"],
  ["year", "year"],
  ["yearly", "year"],
  ["annual", "year"],
]);

/** Pay below nothing or beyond reason is a mistake of the page; 0 means unknown. */
const figure = (value: unknown): number | null => {
  const number =
    typeof value === "number"
      ? value
      : /^\s*\d+(?:\.\d+)?\s*$/.test(text(value))
        ? Number(text(value))
        : Number.NaN;
  return number > 0 && number < 1e9 ? number : null;
};

function salary(job: Fields): Salary | null {
  const base = fieldsOf([job.baseSalary].flat()[0]);
  const value = fieldsOf(base?.value);
  const exact = figure(value?.value) ?? figure(base?.value) ?? figure(job.baseSalary);
  const min = figure(value?.minValue) ?? figure(base?.minValue) ?? exact;
  const max = figure(value?.maxValue) ?? figure(base?.maxValue) ?? exact;
  if ((min === null && max === null) || (min !== null && max !== null && min > max)) return null;
  const currency = text(base?.currency) || text(value?.currency) || text(job.salaryCurrency);
  const unit = text(value?.unitText) || text(base?.unitText);
  return {
    min,
    max,
    currency: /^[A-Za-z]{3}$/.test(currency) ? currency.toUpperCase() : null,
    unit: units.get(unit.toLowerCase()) ?? null,
  };
}
