/**
 * Finds a question of the answer book that asks the same in other words, by the sentence encoder. Only for ordinary questions: what
 * law, pay or the person is about never comes here. A skill, a number or a place that only one of the two names makes them different.
 */

import type { Embedder } from "../../../actors/matcher/capabilities.ts";
import { skillsIn } from "../../../actors/matcher/scoring/find-skills.ts";
import type { BookedAnswer } from "../../../protocols/candidate.ts";
import { countriesNamed } from "./countries.ts";
import type { SimilarAnswers } from "./fill-form.ts";
import { isNo, isYes } from "./match-option.ts";
import { questionWords, sameText } from "./same-question.ts";
import { topicInWords } from "./sensitive-topics.ts";

/** Cosine from which on two questions count as one. */
export const sameFrom = 0.8;
/** A plain yes or no answers a question that differs in one word wrongly. */
export const sameFromForYesNo = 0.9;

/** The encoder is only started once a form leaves something open. */
export const lazilySimilarAnswers =
  (embedder: () => Promise<Pick<Embedder, "embed">>, company = ""): SimilarAnswers =>
  async (questions, book) =>
    questions.length === 0 || book.length === 0
      ? new Map()
      : similarAnswers(await embedder(), company)(questions, book);

export const similarAnswers =
  (embedder: Pick<Embedder, "embed">, company = ""): SimilarAnswers =>
  async (questions, book) => {
    const known = book.filter(({ question }) => topicInWords(question) === null);
    const asked = questions.filter(
      (question) => topicInWords(question) === null && questionWords(question, company).size >= 2,
    );
    if (known.length === 0 || asked.length === 0) return new Map();
    const vectors = await embedder.embed([...asked, ...known.map(({ question }) => question)]);
    const found = new Map<string, BookedAnswer>();
    for (const [i, question] of asked.entries()) {
      const ranked = known
        .map((entry, j) => ({ entry, cosine: dot(vectors[i], vectors[asked.length + j]) }))
        .filter(
          ({ entry, cosine }) =>
            cosine >= (isYes(entry.answer) || isNo(entry.answer) ? sameFromForYesNo : sameFrom) &&
            comparable(question, entry.question, company),
        )
        .sort((a, b) => b.cosine - a.cosine);
      // Two that are as near and say different things: then nobody knows.
      const [best, next] = ranked;
      if (
        best !== undefined &&
        (next === undefined || best.cosine - next.cosine > 0.03 || next.entry.answer === best.entry.answer)
      )
        found.set(question, best.entry);
    }
    return found;
  };

function dot(one: Float32Array | undefined, other: Float32Array | undefined): number {
  let sum = 0;
  for (let i = 0; i < (one?.length ?? 0); i++) sum += (one?.[i] ?? 0) * (other?.[i] ?? 0);
  return sum;
}

const interrogative =
  /^(?:how many|how much|how long|how often|how|why|when|where|which|what|who|are you|do you|have you|can you|could you|would you|will you|is|please)\b/;
const negation = /\b(?:not|no|never|without|except)\b/;

/** Whether the two may be the same question at all, whatever the encoder says. */
export function comparable(one: string, other: string, company = ""): boolean {
  const kind = (text: string) => interrogative.exec(sameText(text))?.[0] ?? "";
  const numbers = (text: string) => (text.match(/\d+/g) ?? []).sort().join();
  const skills = (text: string) => [...skillsIn(text)].sort().join();
  const counts = (text: string) => /^how (?:many|much|long|often)$/.test(kind(text));
  return (
    counts(one) === counts(other) &&
    (kind(one) === "why") === (kind(other) === "why") &&
    negation.test(sameText(one)) === negation.test(sameText(other)) &&
    numbers(one) === numbers(other) &&
    skills(one) === skills(other) &&
    countriesNamed(one).join() === countriesNamed(other).join() &&
    namesOf(one, company) === namesOf(other, company)
  );
}

/** Words written like names in the middle of a sentence: products, places, certificates. */
const namesOf = (text: string, company: string) =>
  [...text.matchAll(/(?<=[\p{Ll},] )\p{Lu}[\p{L}\p{N}+#]+/gu)]
    .map(([word]) => word)
    .filter((word) => !sameText(company).split(" ").includes(sameText(word)))
    .sort()
    .join();
