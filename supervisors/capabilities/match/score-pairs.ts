/**
 * Scores many pairs of texts at full speed: each distinct résumé, posting and sentence is read once, and evidence is looked
 * for by keyword and among the lines that are compared anyway. For measuring, and for whoever has a pile of text.
 */
import type { Embedder } from "../../../actors/matcher/capabilities.ts";
import { postingFromText } from "../../../actors/matcher/scoring/posting-text.ts";
import { documentOfText } from "../../../actors/matcher/scoring/resume-document.ts";
import {
  keySentences,
  readDocument,
  readPosting,
  scorePair,
} from "../../../actors/matcher/scoring/score-posting.ts";
import { similarityOf } from "../../../actors/matcher/scoring/similarity.ts";
import type { MatchScore } from "../../../protocols/match-score.ts";
import { scoringLexicon } from "./scoring-lexicon.ts";

export interface TextPair {
  readonly id: string | number;
  readonly resume_text: string;
  readonly jd_text: string;
}

export interface ScoredPair {
  readonly id: string | number;
  readonly match: MatchScore;
}

/** Pairs whose sentences go to the encoder together: enough for all cores, little to hold. */
const BATCH = 128;
/** Read texts that are kept; beyond it the oldest is read again when it is asked for. */
const KEPT = 5_000;

/** Yields in the order of `pairs`. A pair's score depends on nothing but its two texts. */
export async function* scorePairs(
  embedder: Embedder,
  pairs: AsyncIterable<TextPair> | Iterable<TextPair>,
): AsyncGenerator<ScoredPair> {
  const lexicon = scoringLexicon();
  const postingOf = kept((text: string) => readPosting(postingFromText(text), lexicon));
  const documentOf = kept((text: string) => readDocument(documentOfText(text, lexicon.isWord), lexicon));

  async function* scored(batch: readonly TextPair[]): AsyncGenerator<ScoredPair> {
    const read = batch.map(({ id, resume_text, jd_text }) => ({
      id,
      posting: postingOf(jd_text),
      document: documentOf(resume_text),
    }));
    const sentences = [
      ...new Set(read.flatMap(({ posting, document }) => keySentences(posting, document, lexicon))),
    ];
    const similarity = similarityOf(sentences, await embedder.embed(sentences));
    for (const { id, posting, document } of read)
      yield { id, match: scorePair(posting, document, lexicon, similarity, { thorough: false }) };
  }

  let batch: TextPair[] = [];
  for await (const pair of pairs) {
    batch.push(pair);
    if (batch.length < BATCH) continue;
    yield* scored(batch);
    batch = [];
  }
  yield* scored(batch);
}

function kept<Value>(make: (text: string) => Value): (text: string) => Value {
  const values = new Map<string, Value>();
  return (text) => {
    const known = values.get(text);
    if (known !== undefined) return known;
    const value = make(text);
    values.set(text, value);
    const oldest = values.keys().next().value;
    if (values.size > KEPT && oldest !== undefined) values.delete(oldest);
    return value;
  };
}
