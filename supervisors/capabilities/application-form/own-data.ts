/** What the résumé says for a topic: ways to write it, the best first. Empty where it says nothing. */
import type { Applicant } from "./applicant.ts";
import { callingCodeOf, countryName, internationalParts, regionForms } from "./countries.ts";
import type { FormField } from "./form-field.ts";
import { givenNames } from "./person-name.ts";
import { sameText } from "./same-question.ts";
import type { OwnTopic } from "./topics.ts";
import { dateIn } from "./written-date.ts";

export interface FormFacts {
  readonly has: (topic: OwnTopic) => boolean;
  /** The language of the form, two letters. */
  readonly language: string;
}

/** @param nth which school or job of the résumé a repeated block is for, from 0 */
export function ownData(
  topic: OwnTopic,
  field: FormField,
  applicant: Applicant,
  nth: number,
  form: FormFacts,
): readonly string[] {
  const { name, resume } = applicant;
  const { basics } = resume;
  const place = basics?.location;
  const country = applicant.country === "" ? "" : countryName(applicant.country, form.language);
  const school = resume.education?.[nth];
  const job = resume.work?.[nth];
  const now = resume.work?.find(({ endDate }) => !endDate?.trim());
  switch (topic) {
    case "firstName":
      // "Nom" and "Nome" alone ask for all of it.
      return form.has("lastName") ? [form.has("middleName") ? name.given : givenNames(name)] : [name.full];
    case "middleName":
      return [name.middle];
    case "lastName":
      return form.has("firstName") || form.has("fullName")
        ? [name.family]
        : sameText(field.label) === "nom"
          ? [name.full]
          : [name.family];
    case "preferredName":
      return field.required || applicant.preferredName !== "" ? [applicant.preferredName || name.given] : [];
    case "fullName":
      return [form.has("lastName") && !form.has("firstName") ? givenNames(name) : name.full];
    case "email":
      return [applicant.email];
    case "phone":
      return phoneForms(applicant, form.has("phoneCountry"));
    case "phoneCountry":
      return phoneCountryForms(applicant);
    case "street":
      return some(place?.address);
    case "street2":
      return [];
    case "city":
      return some(place?.city);
    case "region":
      return place?.region ? regionForms(place.region, applicant.country) : [];
    case "postalCode":
      return some(place?.postalCode);
    case "country":
      return country === ""
        ? some(place?.countryCode)
        : [country, countryName(applicant.country, "en"), applicant.country];
    case "location":
      return joined([place?.city, country]) === "" || !place?.city
        ? []
        : [joined([place.city, applicant.country === "US" ? place.region : "", country])];
    case "linkedin":
      return some(profileUrl(applicant, /linked ?in/i, "https://www.linkedin.com/in/"));
    case "github":
      return some(profileUrl(applicant, /git ?hub/i, "https://github.com/"));
    case "twitter":
      return some(profileUrl(applicant, /twitter|^x$|x\.com/i, "https://x.com/"));
    case "website":
      return some(ownSite(applicant) || profileUrl(applicant, /portfolio|website|blog|homepage/i, ""));
    case "otherLink":
      return [];
    case "currentCompany":
      return some(
        now?.name ??
          (/\b(?:recent|last|latest|previous|employer name)\b/.test(sameText(field.label))
            ? resume.work?.[0]?.name
            : ""),
      );
    case "currentTitle":
      return some(
        now?.position ??
          (/\b(?:recent|last|latest|previous)\b/.test(sameText(field.label))
            ? resume.work?.[0]?.position
            : ""),
      );
    case "headline":
      return some(basics?.label);
    case "summary":
      return some(basics?.summary);
    case "skills":
      return [
        (resume.skills ?? [])
          .flatMap((skill) => (skill.keywords?.length ? skill.keywords : [skill.name ?? ""]))
          .filter(Boolean)
          .join(", "),
      ];
    case "languages":
      return languageForms(applicant, field);
    case "school":
      return some(school?.institution);
    case "degree":
      return some(school?.studyType);
    case "discipline":
      return some(school?.area);
    case "grade":
      return some(school?.score);
    case "educationStart":
      return datePart(field, school?.startDate);
    case "educationEnd":
      return datePart(field, school?.endDate);
    case "jobTitle":
      return some(job?.position);
    case "jobCompany":
      return some(job?.name);
    case "jobLocation":
      return some(job?.location);
    case "jobCurrent":
      return job !== undefined && !job.endDate?.trim() ? ["Yes"] : [];
    case "jobStart":
      return datePart(field, job?.startDate);
    case "jobEnd":
      return datePart(field, job?.endDate);
    case "jobDescription":
      return [
        [job?.summary, ...(job?.highlights ?? []).map((line) => `• ${line}`)].filter(Boolean).join("\n"),
      ];
    case "coverLetter":
      return field.kind === "file" ? [] : [applicant.coverLetter];
    case "resume":
      return [];
  }
}

const some = (text: string | null | undefined): string[] => (text?.trim() ? [text.trim()] : []);
const joined = (parts: readonly (string | null | undefined)[]) =>
  [...new Set(parts.filter((part) => part?.trim()))].join(", ");

function profileUrl({ resume: { basics } }: Applicant, network: RegExp, base: string): string {
  const profile = (basics?.profiles ?? []).find(
    (one) => network.test(one.network ?? "") || network.test(hostOf(one.url ?? "")),
  );
  if (profile?.url?.trim()) return profile.url;
  if (profile?.username?.trim() && base !== "")
    return base + encodeURIComponent(profile.username.replace(/^@/, ""));
  return network.test(hostOf(basics?.url ?? "")) ? (basics?.url ?? "") : "";
}

function ownSite({ resume: { basics } }: Applicant): string {
  const url = basics?.url ?? "";
  return /linkedin\.com|github\.com|twitter\.com|^x\.com/.test(hostOf(url)) ? "" : url;
}

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).hostname : url);

/** As it is written; as digits; and without its country where another field has that. */
function phoneForms({ phone, country }: Applicant, countryApart: boolean): string[] {
  if (phone === "") return [];
  const parts = internationalParts(phone);
  const digits = phone.replace(/\D/g, "");
  if (parts === null) return [phone, digits];
  // Printed "(0)" is not dialled from abroad; within most countries a "0" goes before the rest.
  const national = parts.national.replace(/^0+(?=\d{7})/, "");
  const spaced = phone
    .replace(/^(?:\+|00)\s*/, "")
    .slice(parts.code.length)
    .replace(/^[\s().-]+/, "")
    .trim();
  const inside = ["1"].includes(parts.code) ? national : `0${national}`;
  const whole = [phone, `+${parts.code}${parts.national}`];
  return countryApart
    ? [spaced || national, national, ...whole]
    : [...whole, digits, country === "" ? national : inside, national];
}

export function phoneCountryForms({ phone, country }: Applicant): string[] {
  const parts = internationalParts(phone);
  const code = parts?.code ?? (country === "" ? null : callingCodeOf(country));
  if (code === null) return [];
  const home = parts === null || parts.countries.includes(country) ? country : (parts.countries[0] ?? "");
  const name = home === "" ? "" : countryName(home, "en");
  return [
    `${name} (+${code})`,
    `${name} +${code}`,
    `+${code} ${name}`,
    `+${code} (${name})`,
    `+${code}`,
    name,
    home,
    code,
  ].filter(Boolean);
}

/** A whole date for a whole date's field; else the part that the field asks for. */
export function datePart(field: FormField, date: string | null | undefined): string[] {
  const said = dateIn(date ?? "");
  if (said === null) return [];
  const asks = sameText(`${field.label} ${field.hint} ${field.from === "name" ? field.name : ""}`);
  const month = said.month === null ? "" : String(said.month);
  const named =
    said.month === null
      ? []
      : [
          new Intl.DateTimeFormat("en", { month: "long", timeZone: "UTC" }).format(
            new Date(Date.UTC(2000, said.month - 1, 1)),
          ),
          new Intl.DateTimeFormat("en", { month: "short", timeZone: "UTC" }).format(
            new Date(Date.UTC(2000, said.month - 1, 1)),
          ),
        ];
  const has = (words: RegExp) => words.test(asks);
  const [m, y, d] = [
    has(/\b(?:month|monat|mois|mes|mm)\b/),
    has(/\b(?:year|jahr|annee|ano|yyyy|jjjj)\b/),
    has(/\b(?:day|tag|jour|dia|dd)\b/),
  ];
  if (m && !y) return month === "" ? [] : [month, month.padStart(2, "0"), ...named];
  if (y && !m) return [String(said.year)];
  if (d && !m && !y) return said.day === null ? [] : [String(said.day)];
  const iso = [String(said.year), month.padStart(2, "0")].filter(Boolean).join("-");
  return month === ""
    ? [String(said.year)]
    : [
        said.day === null ? iso : `${iso}-${String(said.day).padStart(2, "0")}`,
        ...(field.type === "date" ? [] : [`${month.padStart(2, "0")}/${said.year}`]),
      ];
}

function languageForms({ resume }: Applicant, field: FormField): string[] {
  const known = (resume.languages ?? []).filter(({ language }) => language?.trim());
  if (known.length === 0) return [];
  if (field.options.length > 0) {
    const offered = known
      .map(({ language }) => language ?? "")
      .filter((one) => field.options.some((option) => sameText(option) === sameText(one)));
    return [offered.join(", ")];
  }
  return [known.map(({ language, fluency }) => (fluency ? `${language} (${fluency})` : language)).join(", ")];
}
