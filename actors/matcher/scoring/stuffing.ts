/**
 * Finds passages of a résumé that are made of the posting's words: its keywords in a row, or the posting itself. Who really
 * does this work says it in words of his own, among which the posting's are a third at most.
 */
/** So many terms in a row are looked at together: a dozen of the posting's words may stand in an honest list of skills. */
const WINDOW = 24;
/** Share of them that the posting has, from which on the passage is taken from it. Honest pairs stay under 0.7. */
const SHARE = 0.85;
/** So many different ones: "sales" twenty times is bad style, and no copy. */
const DISTINCT = 14;

/** @returns the passage's first words, or undefined if the résumé has none such */
export function stuffedPassage(terms: readonly string[], posted: ReadonlySet<string>): string | undefined {
  if (posted.size < DISTINCT) return undefined;
  let hits = 0;
  for (const [at, term] of terms.entries()) {
    if (posted.has(term)) hits += 1;
    const gone = terms[at - WINDOW];
    if (gone !== undefined && posted.has(gone)) hits -= 1;
    if (at < WINDOW - 1 || hits < SHARE * WINDOW) continue;
    const passage = terms.slice(at - WINDOW + 1, at + 1);
    if (new Set(passage.filter((one) => posted.has(one))).size >= DISTINCT)
      return passage.slice(0, 8).join(" ");
  }
  return undefined;
}
