/** A schema.org JobPosting, however a site writes it, as a draft. */
import type { RemoteKind, Salary } from "../../../protocols/posting.ts";
import { isoDate } from "./reading/dates.ts";
import type { Draft } from "./reading/listing.ts";
import { type Fields, fieldsOf, firstText, flagOf, isFields, textOf } from "./reading/loose-json.ts";
import { amountOf, currencyOf, payOf, unitOf } from "./reading/pay.ts";
import { payFromText } from "./reading/pay-text.ts";
import { placeOf, remoteFrom } from "./reading/places.ts";

/** A part that is given only by its `@id` stands elsewhere on the page; this finds it. */
export type Whole = (value: unknown) => Fields | null;

export const asItStands: Whole = (value) => (isFields(value) ? value : null);

/** The first of a list, since some sites wrap single values. */
const one = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value);

export function draftOf(job: Fields, whole: Whole = asItStands): Draft {
  const places = [job.jobLocation].flat().flatMap((place) => placesIn(place, whole));
  const homes = [job.applicantLocationRequirements].flat().map((home) => firstText(whole(home)?.name, home));
  const organization = whole(one(job.hiringOrganization));
  const locations = places.length > 0 ? places : homes.filter((home) => home !== "");
  return {
    id: firstText(identifierIn(job), job.url, job["@id"]),
    title: firstText(one(job.title), one(job.name)),
    company: firstText(organization?.name, organization?.legalName, one(job.hiringOrganization)),
    locations,
    remote: remoteKind(job, places),
    employmentType: [job.employmentType].flat().map(textOf).filter(Boolean).join(", "),
    salary: salaryIn(job),
    datePosted: isoDate(one(job.datePosted)),
    validThrough: isoDate(one(job.validThrough)),
    description: descriptionIn(job),
    skills: job.skills,
    language: firstText(job.inLanguage, fieldsOf(job.inLanguage).alternateName),
    url: firstText(one(job.url), fieldsOf(job.mainEntityOfPage)["@id"]),
  };
}

/** Some sites put the employer's name or nothing but zeros there: such a value recognises no posting. */
function identifierIn(job: Fields): string {
  const identifier = one(job.identifier);
  const value = isFields(identifier) ? firstText(identifier.value, identifier["@id"]) : textOf(identifier);
  const names = [fieldsOf(identifier).name, fieldsOf(one(job.hiringOrganization)).name].map(textOf);
  return /^0*$/.test(value) || names.includes(value) ? "" : value;
}

function descriptionIn(job: Fields): string {
  const parts = [job.description, job.responsibilities, job.qualifications, job.skills].map((part) =>
    [part].flat().map(textOf).filter(Boolean).join(", "),
  );
  return parts
    .filter((part, i) => part !== "" && parts.findIndex((other) => other.includes(part)) === i)
    .join("<br>\n");
}

function placesIn(place: unknown, whole: Whole): string[] {
  if (typeof place === "string") return place.trim() === "" ? [] : [place.trim()];
  const fields = whole(place);
  if (fields === null) return [];
  return [fields.address ?? fields].flat().flatMap((given) => {
    if (typeof given === "string") return given.trim() === "" ? [] : [given.trim()];
    const address = whole(given) ?? {};
    const country = one(address.addressCountry);
    const text = placeOf(
      one(address.addressLocality),
      one(address.addressRegion),
      firstText(whole(country)?.name, country),
    );
    return [firstText(text, one(address.streetAddress), fields.name)].filter((found) => found !== "");
  });
}

function remoteKind(job: Fields, places: readonly string[]): RemoteKind {
  const type = [job.jobLocationType].flat().map(textOf).join(" ");
  if (/hybrid/i.test(type)) return "hybrid";
  if (/telecommute|remote/i.test(type) || flagOf(job.remote) === true) return "yes";
  return remoteFrom(places);
}

function salaryIn(job: Fields): Salary | null {
  const base = one(job.baseSalary);
  const money = fieldsOf(base);
  const inner = one(money.value);
  const value = fieldsOf(inner);
  const currency = [money.currency, value.currency, money.priceCurrency, job.salaryCurrency].find(
    (code) => currencyOf(code) !== null,
  );
  const unit = firstText(value.unitText, money.unitText, value.unitCode);
  const exact = firstText(value.value, money.price, isFields(inner) ? "" : inner, isFields(base) ? "" : base);
  const min = amountOf(value.minValue) ?? amountOf(money.minValue);
  const max = amountOf(value.maxValue) ?? amountOf(money.maxValue);
  if (min !== null || max !== null) return payOf({ min, max, currency, unit });
  const figure = amountOf(exact);
  if (figure !== null) return payOf({ min: figure, max: figure, currency, unit });
  return exact === "" ? null : payFromText(exact, { currency, unit: unitOf(unit) });
}
