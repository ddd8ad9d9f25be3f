/** Which option of a list means what somebody said. Exactly enough, or none: the first one that is not quite wrong is wrong. */
import { countryCode } from "./countries.ts";
import { degreeLevel } from "./degree-level.ts";
import { sameText } from "./same-question.ts";
import { declines } from "./sensitive-topics.ts";

const yes = /^(?:yes|y|true|ja|oui|si|sim|1)$/;
const no = /^(?:no|n|false|nein|non|nao|0)$/;
const yesStart = /^(?:yes|ja|oui|si|sim|i agree|agree|i consent|i accept|accept|i do|i am(?! not)|true)\b/;
const noStart = /^(?:no|nein|non|nao|i do not|i dont|i am not|disagree|i disagree|false)\b/;
const negative = /\b(?:no|not|non|never|nicht|kein\w*|nein|nao|ne pas|dont|without)\b/;

/** Words that are the same answer where forms ask who somebody is. */
const synonyms: readonly (readonly string[])[] = [
  ["female", "woman", "frau", "femme", "mujer", "mulher", "weiblich", "feminin", "femenino", "feminino", "f"],
  ["male", "man", "mann", "homme", "hombre", "homem", "mannlich", "masculin", "masculino", "m"],
  [
    "non binary",
    "nonbinary",
    "non binary person",
    "divers",
    "non binaire",
    "no binario",
    "nao binario",
    "non binary non conforming",
  ],
  ["she her", "she her hers"],
  ["he him", "he him his"],
  ["they them", "they them theirs"],
  ["immediately", "available immediately", "immediate", "now", "sofort", "ab sofort"],
];

const only = <T>(list: readonly T[]): T | null => (list.length === 1 ? (list[0] ?? null) : null);
const indexes = (texts: readonly string[], test: (text: string) => boolean) =>
  texts.flatMap((text, i) => (text !== "" && test(text) ? [i] : []));

export const isYes = (answer: string) =>
  yes.test(sameText(answer)) || /^(?:i agree|agree|on)$/.test(sameText(answer));
export const isNo = (answer: string) => no.test(sameText(answer));

/** The option by which a form lets somebody not answer. */
export const declineOption = (options: readonly string[]): number | null =>
  indexes(options.map(sameText), (text) => declines.test(text))[0] ?? null;

/** @returns the option's place; null if none means it, or several could. */
export function optionFor(options: readonly string[], answer: string): number | null {
  const wanted = sameText(answer);
  if (wanted === "") return null;
  const texts = options.map(sameText);
  const exact = texts.indexOf(wanted);
  if (exact >= 0) return exact;
  if (declines.test(wanted)) return declineOption(options);
  const alike = synonyms.find((group) => group.includes(wanted));
  if (alike) {
    const found = only(indexes(texts, (text) => alike.includes(text)));
    if (found !== null) return found;
  }
  if (yes.test(wanted) || no.test(wanted)) {
    const side = yes.test(wanted) ? yesStart : noStart;
    const plain = indexes(texts, (text) => (yes.test(wanted) ? yes : no).test(text));
    if (plain.length === 1) return plain[0] ?? null;
    const starts = indexes(texts, (text) => side.test(text) && !declines.test(text));
    if (starts.length > 0) return only(starts);
    if (!no.test(wanted)) return null;
    // "I am not a protected veteran" beside "I identify as ...".
    return only(indexes(texts, (text) => negative.test(text) && !declines.test(text)));
  }
  const starts = indexes(texts, (text) => text.startsWith(`${wanted} `));
  if (starts.length === 1) return starts[0] ?? null;
  const country = countryCode(answer);
  if (country !== null) {
    const found = only(indexes(options, (option) => countryCode(option) === country));
    if (found !== null) return found;
  }
  const range = rangeFor(options, answer);
  if (range !== null) return range;
  // The same words in another order or with more around them, and nothing that turns them round.
  const within =
    wanted.length >= 5
      ? indexes(
          texts,
          (text) => ` ${text} `.includes(` ${wanted} `) && negative.test(text) === negative.test(wanted),
        )
      : [];
  return only(within);
}

/** A degree by its level: "Bachelor of Science" is the "Bachelor's Degree" of a form. */
export function degreeOption(options: readonly string[], degree: string): number | null {
  const direct = optionFor(options, degree);
  if (direct !== null) return direct;
  const level = degreeLevel(degree);
  return level === null ? null : only(indexes(options, (option) => degreeLevel(option) === level));
}

/** "9" among "0-2 years", "3 to 5 years", "6-10", "10+". The bounds of neighbours often touch: then the lower one has it. */
function rangeFor(options: readonly string[], answer: string): number | null {
  const number = /^\D{0,3}(\d+(?:\.\d+)?)\s*(?:years?|yrs?|jahre|ans|anos|\+)?$/i.exec(
    answer.replace(/[,'](?=\d{3})/g, "").trim(),
  )?.[1];
  if (number === undefined) return null;
  const value = Number(number);
  const ranges = options.map((option) => {
    const text = option.replace(/[,'](?=\d{3})/g, "").toLowerCase();
    const between = /(\d+(?:\.\d+)?)\s*(k)?\D{0,6}?(?:-|–|—|to|bis|a|à)\D{0,4}?(\d+(?:\.\d+)?)\s*(k)?/.exec(
      text,
    );
    const kilo = (digits: string | undefined, k: string | undefined) => Number(digits) * (k ? 1_000 : 1);
    if (between) return [kilo(between[1], between[2] ?? between[4]), kilo(between[3], between[4])] as const;
    const more =
      /(?:more than|over|at least|mehr als|plus de|>|>=)\s*\D{0,2}(\d+)|(\d+)\s*(?:\+|or more|and more|oder mehr|plus)/.exec(
        text,
      );
    if (more) return [Number(more[1] ?? more[2]), Number.POSITIVE_INFINITY] as const;
    const less = /(?:less than|under|up to|below|weniger als|moins de|<)\s*\D{0,2}(\d+)/.exec(text);
    return less ? ([0, Number(less[1])] as const) : null;
  });
  if (ranges.filter(Boolean).length < 2) return null;
  const fits = ranges.flatMap((range, i) =>
    range !== null && value >= range[0] && value <= range[1] ? [i] : [],
  );
  if (fits.length === 1) return fits[0] ?? null;
  // Touching bounds: 5 in "3-5" and in "5-10".
  return fits.length === 2 && ranges[fits[0] ?? 0]?.[1] === value ? (fits[0] ?? null) : null;
}
