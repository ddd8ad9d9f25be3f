/** Scores the labelled pairs as `callboard score --pairs` does. */
import type { Embedder } from "../../actors/matcher/capabilities.ts";
import { postingFromText } from "../../actors/matcher/scoring/posting-text.ts";
import { scorePairs } from "../../supervisors/capabilities/match/score-pairs.ts";
import type { LabelledPair } from "./labelled-pairs.ts";

export interface ScoredLabel {
  readonly score: number;
  /** The weighted sum of the parts, 0 to 1, before the curve. */
  readonly points: number;
  readonly titled: boolean;
}

export async function scoreLabelled(
  embedder: Embedder,
  pairs: readonly LabelledPair[],
): Promise<ScoredLabel[]> {
  const scored: ScoredLabel[] = [];
  for await (const outcome of scorePairs(embedder, pairs)) {
    if ("error" in outcome) throw new Error(`Pair ${outcome.id} was not scored: ${outcome.error}`);
    const { match } = outcome;
    const points =
      Object.values(match.parts).reduce((sum, { weight, value }) => sum + weight * value, 0) / 100;
    const titled = postingFromText(pairs[scored.length]?.jd_text ?? "").title !== "";
    scored.push({ score: match.score, points, titled });
    if (scored.length % 128 === 0) process.stderr.write(`${scored.length} of ${pairs.length} pairs\n`);
  }
  return scored;
}
