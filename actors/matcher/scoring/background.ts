/**
 * How near in meaning a résumé comes to a posting, measured against what any résumé would come to.
 *
 * Cosines of the sentence encoder lie between 45 and 80 for fits and misfits alike, and most of their variance comes from
 * the posting alone: a short general posting is near to everybody. So for each posting the same figure is taken of profiles
 * that have nothing to do with it, the descriptions of one occupation in twenty, and the résumé counts by how far it stands above
 * those. They come from the lexicon, so nobody's résumé is needed for it.
 */
import type { Similarity } from "./similarity.ts";
import { ramp } from "./words.ts";

/** How many lines are compared. More of them made the figure no better where it was measured, only slower. */
export const RESUME_LINES = 12;
export const POSTING_LINES = 10;
/** One occupation in so many is a profile of the background: about 50. Twice as many made no difference. */
export const BACKGROUND_STEP = 20;
/** So many standard deviations above the background is as near as résumés come: 2 % of the pairs measured lie higher. */
const NEAREST = 4;

export interface Nearness {
  /** 0 (no nearer than any résumé) to 1. */
  readonly value: number;
  /** Standard deviations above the background. */
  readonly above: number;
}

/** How near to a posting the profiles come that have nothing to do with it. The same for every résumé: make it once. */
export interface Background {
  readonly mean: number;
  /** Their standard deviation, and a little more: a posting that is equally far from everybody must not divide by 0. */
  readonly spread: number;
}

/** @param profiles the background's texts; `similarity` must know them and the lines */
export function backgroundOf(
  posting: readonly string[],
  profiles: readonly string[],
  similarity: Similarity,
): Background {
  const background = profiles.map((profile) => meanOfBest(posting, [profile], similarity));
  const mean = background.reduce((sum, value) => sum + value, 0) / background.length;
  const variance = background.reduce((sum, value) => sum + (value - mean) ** 2, 0) / background.length;
  return { mean, spread: Math.sqrt(variance) + 0.01 };
}

export function nearnessOf(
  posting: readonly string[],
  resume: readonly string[],
  { mean, spread }: Background,
  similarity: Similarity,
): Nearness {
  if (posting.length === 0 || resume.length === 0) return { value: 0, above: 0 };
  const above = (meanOfBest(posting, resume, similarity) - mean) / spread;
  return { value: ramp(above, 0, NEAREST), above };
}

/** Mean over the posting's lines of the likeness to the nearest of the others. */
function meanOfBest(posting: readonly string[], others: readonly string[], similarity: Similarity): number {
  const best = posting.map((line) => Math.max(0, ...others.map((other) => similarity(line, other))));
  return best.reduce((sum, value) => sum + value, 0) / posting.length;
}
