/**
 * Scores many pairs of texts at full speed: each distinct résumé, posting and sentence is read once, and evidence is looked
 * for by keyword and among the lines that are compared anyway. For measuring, and for whoever has a pile of text.
 *
 * Many pairs are under way at once, so that the encoder's threads never wait for the rules nor for whoever reads the answers;
 * the answers come in order, each as soon as it and all before it are there.
 */
import type { Embedder } from "../../../actors/matcher/capabilities.ts";
import { postingFromText } from "../../../actors/matcher/scoring/posting-text.ts";
import { documentOfText } from "../../../actors/matcher/scoring/resume-document.ts";
import {
  type DocumentReading,
  keySentences,
  readDocument,
  scorePair,
} from "../../../actors/matcher/scoring/score-posting.ts";
import { similarityOf } from "../../../actors/matcher/scoring/similarity.ts";
import type { MatchScore } from "../../../protocols/match-score.ts";
import { keep, keepPostings } from "./kept-readings.ts";
import { scoringLexicon } from "./scoring-lexicon.ts";

export interface TextPair {
  readonly id: string | number;
  readonly resume_text: string;
  readonly jd_text: string;
}

/** What could not be scored, or not even read: the others go on. */
export interface FailedPair {
  readonly id: string | number | null;
  readonly error: string;
}

export type PairOutcome = { readonly id: string | number; readonly match: MatchScore } | FailedPair;

/** Pairs under way: enough sentences for the encoder to find many of one length, little to hold. */
const MOST_PAIRS = 256;
/** Characters of them, since one line may have ten million. */
const MOST_CHARACTERS = 20_000_000;

/** Yields in the order of `pairs`, failed ones in their place. A score depends on nothing but the pair's two texts. */
export async function* scorePairs(
  embedder: Embedder,
  pairs: AsyncIterable<TextPair | FailedPair> | Iterable<TextPair | FailedPair>,
): AsyncGenerator<PairOutcome> {
  const score = pairScorer(embedder);
  const underWay: { readonly outcome: Promise<PairOutcome>; readonly size: number }[] = [];
  let characters = 0;
  const input = iterate(pairs);
  let next: Promise<IteratorResult<TextPair | FailedPair, void>> | undefined = input.next();
  try {
    while (next !== undefined || underWay.length > 0) {
      const first = underWay[0];
      const full = underWay.length >= MOST_PAIRS || characters >= MOST_CHARACTERS;
      // Whichever comes first, so that neither a slow encoder nor a slow source holds up the other.
      const came: IteratorResult<TextPair | FailedPair, void> | PairOutcome = await Promise.race([
        ...(next === undefined || (full && first !== undefined) ? [] : [next]),
        ...(first === undefined ? [] : [first.outcome]),
      ]);
      if ("value" in came) {
        next = came.done ? undefined : input.next();
        if (came.done) continue;
        const pair = came.value;
        const size = "error" in pair ? 0 : pair.resume_text.length + pair.jd_text.length;
        underWay.push({ outcome: "error" in pair ? Promise.resolve(pair) : score(pair), size });
        characters += size;
      } else {
        underWay.shift();
        characters -= first?.size ?? 0;
        yield came;
      }
    }
  } finally {
    next?.catch(() => {}); // Whoever stopped reading does not hear of the source's troubles.
    await input.return();
  }
}

function pairScorer(embedder: Embedder): (pair: TextPair) => Promise<PairOutcome> {
  const lexicon = scoringLexicon();
  const postingOf = keepPostings(embedder);
  const documents = keep<DocumentReading>();
  return async ({ id, resume_text, jd_text }) => {
    try {
      const posting = postingOf(postingFromText(jd_text));
      const document = documents.of(resume_text, () =>
        readDocument(documentOfText(resume_text, lexicon.isWord), lexicon),
      );
      const sentences = keySentences(posting.reading, document);
      const [background, vectors] = await Promise.all([posting.background, embedder.embed(sentences)]);
      const similarity = similarityOf(sentences, vectors);
      return {
        id,
        match: scorePair(posting.reading, document, similarity, background, { thorough: false }),
      };
    } catch (error) {
      return { id, error: error instanceof Error ? error.message : String(error) };
    }
  };
}

async function* iterate<A>(all: AsyncIterable<A> | Iterable<A>): AsyncGenerator<A, void> {
  yield* all;
}
