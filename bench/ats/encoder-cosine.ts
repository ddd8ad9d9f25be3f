/** The baseline that the encoder is by itself: the cosine of the mean of each text's lines. */
import type { Embedder } from "../../actors/matcher/capabilities.ts";
import { POSTING_LINES, RESUME_LINES } from "../../actors/matcher/scoring/background.ts";
import { linesOf, tellingLines } from "../../actors/matcher/scoring/text-lines.ts";
import type { LabelledPair } from "./labelled-pairs.ts";

export async function encoderCosine(embedder: Embedder, pairs: readonly LabelledPair[]): Promise<number[]> {
  const scores: number[] = [];
  for (const { resume_text, jd_text } of pairs) {
    const resume = await meanOf(embedder, tellingLines(linesOf(resume_text), RESUME_LINES));
    const posting = await meanOf(embedder, tellingLines(linesOf(jd_text), POSTING_LINES));
    scores.push(Math.min(100, Math.max(0, 100 * dot(resume, posting))));
  }
  return scores;
}

async function meanOf(embedder: Embedder, lines: readonly string[]): Promise<Float64Array> {
  const mean = new Float64Array(512);
  for (const vector of await embedder.embed(lines))
    for (const [at, value] of vector.entries()) mean[at] = (mean[at] ?? 0) + value;
  const length = Math.sqrt(dot(mean, mean)) || 1;
  return mean.map((value) => value / length);
}

const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
