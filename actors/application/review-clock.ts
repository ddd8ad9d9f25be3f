/**
 * How long a review may take: the further the score is from the threshold, the more there is to mend.
 *
 *   total = min + (max - min) x min(|threshold - score|, 30) / 30, to whole seconds
 *
 * With 15 and 20 minutes and a threshold of 90: score 90 or a failed gate alone 15:00, 84 16:00, 75 17:30, 60 and less 20:00.
 */

/** Points from the threshold at which a review gets the whole of `max`: there a résumé wants rewriting, not polishing. */
export const farFromThreshold = 30;

/** @returns milliseconds, between `min` and `max`. */
export function reviewMs(
  score: number,
  threshold: number,
  bounds: { readonly min: number; readonly max: number },
): number {
  // Above the threshold only a gate failed, which is the smallest of repairs.
  const distance = Math.min(Math.max(threshold - score, 0), farFromThreshold);
  const total = bounds.min + ((bounds.max - bounds.min) * distance) / farFromThreshold;
  // Whole seconds, since people see it; tests may set less than a second.
  return total < 1_000 ? Math.round(total) : Math.min(Math.round(total / 1_000) * 1_000, bounds.max);
}
