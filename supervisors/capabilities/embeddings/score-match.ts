/** The matcher's `scoreMatch`: the pure rules with the encoder's vectors in between. Composed in the node. */
import type { Embedder, MatcherCapabilities } from "../../../actors/matcher/capabilities.ts";
import type { ScoredPosting } from "../../../actors/matcher/scoring/posting-text.ts";
import { documentOf, type ResumeDocument } from "../../../actors/matcher/scoring/resume-document.ts";
import {
  evidenceSentences,
  keySentences,
  readDocument,
  readPosting,
  scorePair,
} from "../../../actors/matcher/scoring/score-posting.ts";
import { similarityOf } from "../../../actors/matcher/scoring/similarity.ts";
import type { MatchScore } from "../../../protocols/match-score.ts";
import { scoringLexicon } from "../match/scoring-lexicon.ts";

/**
 * @param clock gives the day on which jobs without an end date end; only its date is used
 * @returns rejects with `EmbeddingsUnavailable` (retryable); a bad posting or résumé never rejects, it scores low
 */
export function createScoreMatch(
  embedder: Embedder,
  clock: () => Date = () => new Date(),
): MatcherCapabilities["scoreMatch"] {
  return (posting, resume) => scoreDocument(embedder, posting, documentOf(resume), clock());
}

/** The same for a résumé that came as text. */
export async function scoreDocument(
  embedder: Embedder,
  posting: ScoredPosting,
  document: ResumeDocument,
  now: Date,
): Promise<MatchScore> {
  const lexicon = scoringLexicon();
  const asked = readPosting(posting, lexicon);
  const written = readDocument(document, lexicon);
  const sentences = [
    ...new Set([...keySentences(asked, written, lexicon), ...evidenceSentences(asked, written)]),
  ];
  const similarity = similarityOf(sentences, await embedder.embed(sentences));
  return scorePair(asked, written, lexicon, similarity, { today: now.toISOString().slice(0, 10) });
}
