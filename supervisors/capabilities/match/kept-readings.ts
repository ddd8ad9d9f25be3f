/** Postings and résumés that were read stay so for the next pair; bounded, the least recently used go. */
import type { Embedder } from "../../../actors/matcher/capabilities.ts";
import type { Background } from "../../../actors/matcher/scoring/background.ts";
import type { ScoredPosting } from "../../../actors/matcher/scoring/posting-text.ts";
import {
  backgroundSentences,
  type PostingReading,
  postingBackground,
  readPosting,
} from "../../../actors/matcher/scoring/score-posting.ts";
import { similarityOf } from "../../../actors/matcher/scoring/similarity.ts";
import { scoringLexicon } from "./scoring-lexicon.ts";

/** Characters of text whose readings are kept: about 1,000 résumés or postings. A reading takes some thirty bytes for each. */
const MOST_CHARACTERS = 4_000_000;

export interface KeptPosting {
  readonly reading: PostingReading;
  /** Rejects with `EmbeddingsUnavailable`; it is computed again then for the next pair. */
  readonly background: Promise<Background>;
}

/** What is the same for all résumés of a posting, computed once. */
export function keepPostings(embedder: Embedder): (posting: ScoredPosting) => KeptPosting {
  const lexicon = scoringLexicon();
  const postings = keep<KeptPosting>();
  const measured = async (reading: PostingReading): Promise<Background> => {
    const sentences = backgroundSentences(reading, lexicon);
    return postingBackground(reading, lexicon, similarityOf(sentences, await embedder.embed(sentences)));
  };
  return (posting) => {
    const key = `${posting.title}\u0000${posting.datePosted ?? ""}\u0000${posting.description}`;
    return postings.of(key, () => {
      const reading = readPosting(posting, lexicon);
      const background = measured(reading);
      background.catch(() => postings.forget(key)); // Told to whoever scores a pair with it.
      return { reading, background };
    });
  };
}

export interface Kept<Value> {
  of(text: string, make: () => Value): Value;
  forget(text: string): void;
}

export function keep<Value>(most = MOST_CHARACTERS): Kept<Value> {
  const values = new Map<string, Value>(); // in order of use
  let characters = 0;
  const forget = (text: string) => {
    if (values.delete(text)) characters -= text.length;
  };
  return {
    of(text, make) {
      const value = values.get(text) ?? make();
      forget(text);
      values.set(text, value);
      characters += text.length;
      for (const oldest of values.keys()) {
        if (characters <= most || values.size === 1) break;
        forget(oldest);
      }
      return value;
    },
    forget,
  };
}
