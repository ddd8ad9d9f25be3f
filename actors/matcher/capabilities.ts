/** What the matcher asks the world for. The rules in `scoring/` are pure; the meaning of sentences comes from outside. */
import type { JsonResume } from "../../protocols/json-resume.ts";
import type { MatchScore } from "../../protocols/match-score.ts";
import type { Posting } from "../../protocols/posting.ts";

/** Turns sentences into vectors whose dot product says how alike in meaning they are. */
export interface Embedder {
  /**
   * One unit vector per sentence, in the same order; the same sentence always gives the same vector. A blank sentence
   * gives zeros. Vectors are shared with a cache: read only. Rejects with `EmbeddingsUnavailable` (retryable).
   */
  embed(sentences: readonly string[]): Promise<Float32Array[]>;
  /** Stops the encoder and frees its memory; what is waiting is rejected. */
  close(): Promise<void>;
}

export interface MatcherCapabilities {
  /** Scores one résumé against one posting: asks for the sentences' vectors, then applies the pure rules. */
  readonly scoreMatch: (posting: Posting, resume: JsonResume) => Promise<MatchScore>;
  /** The most that it can be, without asking for any vector. */
  readonly mostScore: (posting: Posting, resume: JsonResume) => number;
}
