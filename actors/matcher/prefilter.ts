/** Which candidates of a posting are worth a full score. */

/**
 * All that could reach `threshold`, and beside them the most promising, so that there are `atLeast` (who is proposed is asked
 * for by their rank, and a person may still mend a résumé that is not there yet).
 *
 * @param all each with the most that it can score (`mostScore`)
 * @returns the most promising first
 */
export function worthScoring<C extends { readonly most: number }>(
  all: readonly C[],
  threshold: number,
  atLeast: number,
): C[] {
  const ranked = [...all].sort((a, b) => b.most - a.most);
  return ranked.filter(({ most }, rank) => rank < atLeast || most >= threshold);
}
