/**
 * What the person has chosen for questions that nobody may guess. A choice counts for what it says and no further: a plain "yes" to
 * work authorisation is one for the country they live in, an expected salary is no current one.
 */
import type { Applicant } from "./applicant.ts";
import { countriesNamed, countryCode, inEuropeanUnion } from "./countries.ts";
import type { FormField } from "./form-field.ts";
import { isNo, isYes } from "./match-option.ts";
import { datePart } from "./own-data.ts";
import { asksExactly, sameText } from "./same-question.ts";
import { type SensitiveTopic, topicInWords } from "./sensitive-topics.ts";

interface Choice {
  /** How the person named it, as words: "work authorization". */
  readonly words: string;
  /** Two letters or "EU"; "" if it was said without a country. */
  readonly country: string;
  readonly answer: string;
}

const byCountry: ReadonlySet<string> = new Set([
  "workAuthorization",
  "sponsorship",
  "authorizedWithoutSponsorship",
  "nationality",
]);
const aliases: readonly (readonly [SensitiveTopic, RegExp])[] = [
  [
    "consentBeyond",
    /\b(?:market\w*|newsletter|talent pool|future (?:opportunities|contact|roles)|contact|retention|keep)\b/,
  ],
  ["consent", /\b(?:consent|privacy|gdpr|data processing)\b/],
  ["attestation", /\b(?:attest\w*|certif\w*|declar\w*|truthful|signature)\b/],
];

function choicesOf(topic: SensitiveTopic, { choices }: Applicant): Choice[] {
  return Object.entries(choices).flatMap(([key, answer]) => {
    const words = key
      .replace(/([a-z])([A-Z])/g, "$1 $2")
      .replace(/([A-Za-z])(\d)/g, "$1 $2")
      .replace(/[_\-.]+/g, " ");
    const last = words.split(" ").at(-1) ?? "";
    const country =
      last === "EU"
        ? "EU"
        : (countryCode(/^[a-z]{2}$/.test(last) ? "" : last) ?? countriesNamed(words)[0] ?? "");
    const named =
      aliases.find(([, pattern]) => pattern.test(sameText(words)))?.[0] ??
      topicInWords(words) ??
      (sameText(words) === "visa" ? "sponsorship" : null);
    return named === topic
      ? [{ words: sameText(words), country: byCountry.has(topic) ? country : "", answer }]
      : [];
  });
}

/**
 * The countries that a form's questions about the right to work name. "Will you require sponsorship?" means the same country as the
 * question before it.
 */
export const countriesOfForm = (
  fields: readonly { readonly label: string; readonly topic: string | null }[],
): readonly string[] => [
  ...new Set(
    fields.flatMap(({ label, topic }) =>
      topic !== null && topic !== "nationality" && byCountry.has(topic) ? countriesNamed(label) : [],
    ),
  ),
];

/**
 * @param elsewhere the countries that the form means where the field names none
 * @returns ways to say the choice; empty if none was made for what the field asks.
 */
export function storedChoice(
  topic: SensitiveTopic,
  field: FormField,
  applicant: Applicant,
  elsewhere: readonly string[] = [],
): readonly string[] {
  if (topic === "authorizedWithoutSponsorship") return withoutSponsorship(field, applicant, elsewhere);
  const made = choicesOf(topic, applicant).filter((choice) => sameSense(topic, choice, field));
  const fitting =
    byCountry.has(topic) && topic !== "nationality"
      ? made.find((choice) => countsIn(choice, field.label, applicant, elsewhere))
      : made[0];
  if (fitting === undefined) return [];
  const dates = topic === "dateOfBirth" || topic === "startDate" ? datePart(field, fitting.answer) : [];
  return [...dates, fitting.answer];
}

/** Whether a choice for one country, or for none named, answers a question about the countries in `asked`. */
function countsIn(
  { country }: Choice,
  asked: string,
  { country: home }: Applicant,
  elsewhere: readonly string[],
): boolean {
  const named = countriesNamed(asked);
  const places = named.length > 0 ? named : elsewhere;
  if (places.length === 0) return country === "" || country === home;
  if (country !== "")
    return places.every(
      (place) =>
        place === country ||
        (place === "EU" && inEuropeanUnion(country)) ||
        (country === "EU" && inEuropeanUnion(place)),
    );
  return home !== "" && places.every((place) => place === home || (place === "EU" && inEuropeanUnion(home)));
}

/** The same word can ask for something else: what one earns now and what one wants, by the hour and by the year. */
function sameSense(topic: SensitiveTopic, { words, answer }: Choice, field: FormField): boolean {
  if (topic === "age" || topic === "dateOfBirth") return true;
  if (topic !== "salary") return true;
  const asked = sameText(field.label);
  const differ = (pattern: RegExp) => pattern.test(asked) !== pattern.test(`${words} ${sameText(answer)}`);
  if (differ(/\b(?:current(?:ly)?|present|last|previous|aktuell\w*|derzeitig\w*|actuel\w*|actual|atual)\b/))
    return false;
  if (
    differ(/\b(?:hour\w*|stunde\w*|heure|hora)\b/) ||
    differ(/\b(?:da(?:y|ily)|tag\w*|jour\w*|dia)\b/) ||
    differ(/\b(?:month\w*|monat\w*|mois|mensuel\w*|mensual|mensal|mes)\b/)
  )
    return false;
  const currency = (text: string) =>
    /\b(?:USD|EUR|GBP|CHF|CAD|BRL|AUD|INR|PLN|SEK)\b|[$€£]/
      .exec(text)?.[0]
      .replace("€", "EUR")
      .replace("£", "GBP")
      .replace("$", "USD");
  const [wanted, said] = [currency(field.label), currency(answer)];
  return wanted === undefined || said === undefined || wanted === said;
}

/** Follows from the two that a person chose: needs none and may work there; or needs one. */
function withoutSponsorship(
  field: FormField,
  applicant: Applicant,
  elsewhere: readonly string[],
): readonly string[] {
  const needs = storedChoice("sponsorship", field, applicant, elsewhere)[0];
  const may = storedChoice("workAuthorization", field, applicant, elsewhere)[0];
  if (needs !== undefined && isYes(needs)) return ["No"];
  return needs !== undefined && isNo(needs) && may !== undefined && isYes(may) ? ["Yes"] : [];
}

/** From the answer book, for questions of this kind: only the very same question, about the same country. */
export function bookedChoice(field: FormField, applicant: Applicant): string | null {
  const places = countriesNamed(field.label).join();
  const found = applicant.book.find(
    ({ question }) =>
      (sameText(question) === sameText(field.label) ||
        asksExactly(field.label, question, applicant.company)) &&
      countriesNamed(question).join() === places,
  );
  return found?.answer ?? null;
}
