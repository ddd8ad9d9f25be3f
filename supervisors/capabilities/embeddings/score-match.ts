/** The matcher's `scoreMatch`: the pure rules with the encoder's vectors in between. Composed in the node. */
import type { Embedder, MatcherCapabilities } from "../../../actors/matcher/capabilities.ts";
import { scorePosting, sentencesFor } from "../../../actors/matcher/scoring/score-posting.ts";
import { similarityOf } from "../../../actors/matcher/scoring/similarity.ts";

/**
 * @param clock gives the day on which jobs without an end date end; only its date is used
 * @returns rejects with `EmbeddingsUnavailable` (retryable); a bad posting or résumé never rejects, it scores low
 */
export function createScoreMatch(
  embedder: Embedder,
  clock: () => Date = () => new Date(),
): MatcherCapabilities["scoreMatch"] {
  return async (posting, resume) => {
    const sentences = sentencesFor(posting, resume);
    const similarity = similarityOf(sentences, await embedder.embed(sentences));
    return scorePosting(posting, resume, similarity, clock().toISOString().slice(0, 10));
  };
}
