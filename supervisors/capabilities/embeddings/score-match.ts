/** The matcher's `scoreMatch`: the pure rules with the encoder's vectors in between. Composed in the node. */
import type { Embedder, MatcherCapabilities } from "../../../actors/matcher/capabilities.ts";
import { mostScore } from "../../../actors/matcher/scoring/most-score.ts";
import type { ScoredPosting } from "../../../actors/matcher/scoring/posting-text.ts";
import { documentOf, type ResumeDocument } from "../../../actors/matcher/scoring/resume-document.ts";
import {
  type DocumentReading,
  evidenceSentences,
  keySentences,
  readDocument,
  scorePair,
} from "../../../actors/matcher/scoring/score-posting.ts";
import { similarityOf } from "../../../actors/matcher/scoring/similarity.ts";
import type { JsonResume } from "../../../protocols/json-resume.ts";
import type { MatchScore } from "../../../protocols/match-score.ts";
import { type KeptPosting, keepPostings } from "../match/kept-readings.ts";
import { scoringLexicon } from "../match/scoring-lexicon.ts";

/**
 * Make it once per encoder: it keeps what it read of postings, and of résumés as long as their owner does.
 *
 * @param clock gives the day on which jobs without an end date end; only its date is used
 * @returns `scoreMatch` rejects with `EmbeddingsUnavailable` (retryable); a bad posting or résumé never rejects, it scores low
 */
export function createScoring(embedder: Embedder, clock: () => Date = () => new Date()): MatcherCapabilities {
  const postingOf = keepPostings(embedder);
  const documents = new WeakMap<JsonResume, DocumentReading>();
  const read = (resume: JsonResume) => {
    const document = documents.get(resume) ?? readDocument(documentOf(resume), scoringLexicon());
    documents.set(resume, document);
    return document;
  };
  return {
    scoreMatch: (posting, resume) => scoreRead(embedder, postingOf(posting), read(resume), clock()),
    mostScore: (posting, resume) => mostScore(postingOf(posting).reading, read(resume)),
  };
}

/** The same for a résumé that came as text. */
export const scoreDocument = (
  embedder: Embedder,
  posting: ScoredPosting,
  document: ResumeDocument,
  now: Date,
): Promise<MatchScore> =>
  scoreRead(embedder, keepPostings(embedder)(posting), readDocument(document, scoringLexicon()), now);

async function scoreRead(
  embedder: Embedder,
  { reading, background }: KeptPosting,
  document: DocumentReading,
  now: Date,
): Promise<MatchScore> {
  const sentences = [
    ...new Set([...keySentences(reading, document), ...evidenceSentences(reading, document)]),
  ];
  const [measured, vectors] = await Promise.all([background, embedder.embed(sentences)]);
  return scorePair(reading, document, similarityOf(sentences, vectors), measured, {
    today: now.toISOString().slice(0, 10),
  });
}
