/** A posting's own words in a row, made once for all résumés: what stands in a résumé, too, was taken from it. */
import { RUN } from "./resume-lines.ts";
import { termsOf } from "./terms.ts";
import { plain, shingles } from "./words.ts";

/** So many words in a row make a passage of which a whole résumé may share a few, by chance. */
const PASSAGE = 6;
/** What is compared of a résumé. */
const MAX_CHARACTERS = 60_000;

export interface PostedText {
  /** Every `RUN` words of the description: a line of a résumé that has many of them is copied. */
  readonly runs: ReadonlySet<string>;
  /** Every six, each once. */
  readonly passages: readonly string[];
  /** The terms of title and description. */
  readonly terms: ReadonlySet<string>;
}

export function postedTextOf(title: string, description: string): PostedText {
  const text = plain(description);
  return {
    runs: new Set(shingles(text, RUN)),
    passages: [...new Set(shingles(text, PASSAGE))],
    terms: new Set(termsOf(`${title}\n${description}`)),
  };
}

/** A résumé's passages, of all that it says anywhere. */
export const passagesOf = (resume: unknown): ReadonlySet<string> =>
  new Set(shingles(plain(JSON.stringify(resume)).slice(0, MAX_CHARACTERS), PASSAGE));
