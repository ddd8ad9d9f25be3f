/**
 * A text as terms: the stems that say something about a trade, and pairs of neighbours ("project manager"). Both the
 * résumé, the posting and the occupations of the lexicon are read so, else they could not be compared.
 */
import { plain, stem } from "./words.ts";

/** Words without a trade: grammar, and what stands in any posting ("requirements") or any résumé ("summary", months). */
const NO_TRADE = new Set(
  `a about above after again all also am an and any are as at be because been before being below between both but by can
  did do does doing down during each few for from further had has have having he her here hers him his how i if in into is
  it its itself just me more most my no nor not now of off on once only or other our ours out over own same she should so
  some such than that the their theirs them then there these they this those through to too under until up very was we
  were what when where which while who whom why will with would you your yours us per via etc within across among
  including include includes using use used well new must may able ability city state company name job work working
  experience year years plus required requirement requirements responsibility responsibilities skill skills strong good
  excellent knowledge current present january february march april june july august september october november december
  jan feb mar apr jun jul aug sep sept oct nov dec url email phone address summary highlights accomplishments education
  professional team environment candidate position role opportunity looking join ideal preferred apply benefits
  salary`.split(/\s+/),
);

/** What is read of one document; a real one has 3,000 to 20,000 characters. */
const MAX_CHARACTERS = 60_000;

/** Stems in order. `text` may be anything; it is cut to `MAX_CHARACTERS`. */
export function termsOf(text: string): string[] {
  const words = plain(text.slice(0, MAX_CHARACTERS))
    .toLowerCase()
    .matchAll(/[\p{L}][\p{L}\p{N}]{0,40}(?:[.&'-][\p{L}\p{N}]{1,40}){0,4}[+#]{0,2}/gu);
  const terms: string[] = [];
  for (const [word] of words) {
    if (word.length < 2 || NO_TRADE.has(word)) continue;
    const term = stem(word);
    if (term.length > 1) terms.push(term);
  }
  return terms;
}

/** How often each term and each pair of neighbouring terms occurs. */
export function countTerms(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (term: string) => counts.set(term, (counts.get(term) ?? 0) + 1);
  for (const text of texts) {
    let before: string | undefined;
    for (const term of termsOf(text)) {
      add(term);
      if (before !== undefined) add(`${before} ${term}`);
      before = term;
    }
  }
  return counts;
}
