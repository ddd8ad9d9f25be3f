/** The answers that a person gave for a candidate while they completed an application: kept, so that no question is asked twice. */
import type { BookedAnswer } from "../../protocols/candidate.ts";

/** Part of the snapshot, which has a bound of its own; the oldest leave first. */
export const maxLearnedBytes = 48 * 1024;

const words = (text: string) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
const sameEntry = (one: BookedAnswer, other: BookedAnswer) =>
  words(one.question) === words(other.question) && one.company === other.company;

/** The newest answer to a question replaces the one before. */
export function learned(before: readonly BookedAnswer[], news: readonly BookedAnswer[]): BookedAnswer[] {
  const said = news.filter(
    (one) =>
      one.question.trim() !== "" &&
      one.answer.trim() !== "" &&
      !before.some((old) => sameEntry(one, old) && old.answer === one.answer),
  );
  const all = [...before.filter((old) => !said.some((one) => sameEntry(one, old))), ...said];
  while (all.length > 0 && new TextEncoder().encode(JSON.stringify(all)).length > maxLearnedBytes)
    all.shift();
  return all;
}

/** What a person said last goes before what the profile came with. */
export const merged = (profile: readonly BookedAnswer[], taught: readonly BookedAnswer[]): BookedAnswer[] => [
  ...taught,
  ...profile.filter((old) => !taught.some((one) => sameEntry(one, old))),
];

/** An answer that names the employer, or answers a question that does, is for that employer alone. */
export const forEmployer = (answer: BookedAnswer, company: string): BookedAnswer => {
  const name = words(company);
  const named = [answer.question, answer.answer].some((text) => ` ${words(text)} `.includes(` ${name} `));
  return name !== "" && named ? { ...answer, company } : answer;
};
