/**
 * What trade a text speaks of: its likeness to each occupation of O*NET (about 1,000, with 25,000 alternate titles).
 *
 * Two texts that share hardly a word ("reconciled the ledger", "month-end close") are still alike to the same occupations,
 * so their profiles meet where keywords do not. Known as explicit semantic analysis (Gabrilovich and Markovitch, 2007), with
 * occupations in place of encyclopaedia articles. Measured, it is by far the best single part of the score.
 */
import { countTerms } from "./terms.ts";

export interface Occupation {
  readonly title: string;
  readonly description: string;
  readonly alternateTitles: readonly string[];
}

/** Likeness to occupations, by their index; a unit vector, or empty if the text speaks of none. */
export type OccupationProfile = ReadonlyMap<number, number>;

export interface OccupationIndex {
  readonly profileOf: (texts: readonly string[]) => OccupationProfile;
  /** The title of the occupation that a profile is most alike to; undefined for an empty one. */
  readonly nameOf: (profile: OccupationProfile) => string | undefined;
  /** Whether any occupation's words hold this one (small letters): then it is a word and not two glued together. */
  readonly knows: (word: string) => boolean;
}

/** A pair of words tells more than its two words alone, but they are counted already. */
const PAIR_WEIGHT = 0.5;
/** A text is about few occupations; the many that share a word with it would drown those. */
const NEAREST = 50;

/** Reads the lexicon's file: SOC code, title, description, alternate titles, parted by tabs; `#` opens a comment. */
export function readOccupations(table: string): Occupation[] {
  return table
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const [, title = "", description = "", others = ""] = line.split("\t");
      return { title, description, alternateTitles: others === "" ? [] : others.split("|") };
    });
}

/** Takes about 0.3 s for all of O*NET; make it once. */
export function indexOccupations(occupations: readonly Occupation[]): OccupationIndex {
  const texts = occupations.map((one) => [one.title, one.description, ...one.alternateTitles]);
  const documents = texts.map(countTerms);
  const holders = new Map<string, number>();
  for (const document of documents)
    for (const term of document.keys()) holders.set(term, (holders.get(term) ?? 0) + 1);
  /** How telling a term is: the fewer occupations hold it the more; 0 for one that none holds. */
  const weightOf = (term: string) => {
    const held = holders.get(term);
    if (held === undefined) return 0;
    return Math.log((occupations.length + 1) / (held + 0.5)) * (term.includes(" ") ? PAIR_WEIGHT : 1);
  };
  const postings = new Map<string, [occupation: number, weight: number][]>();
  for (const [occupation, document] of documents.entries())
    for (const [term, weight] of unit(weigh(document, weightOf))) {
      const list = postings.get(term) ?? [];
      list.push([occupation, weight]);
      postings.set(term, list);
    }
  const words = new Set(texts.flat().flatMap((text) => text.toLowerCase().match(/[a-z]+/g) ?? []));

  const profileOf = (said: readonly string[]): OccupationProfile => {
    const likeness = new Float64Array(occupations.length);
    for (const [term, weight] of unit(weigh(countTerms(said), weightOf)))
      for (const [occupation, share] of postings.get(term) ?? [])
        likeness[occupation] = (likeness[occupation] ?? 0) + weight * share;
    const floor =
      Float64Array.from(likeness)
        .sort()
        .at(-NEAREST - 1) ?? 0;
    const profile = new Map<number, number>();
    for (const [occupation, value] of likeness.entries())
      if (value > floor) profile.set(occupation, value ** 2); // Squared: the nearest decide.
    return unit(profile);
  };
  return {
    profileOf,
    nameOf: (profile) => {
      const nearest = [...profile].reduce((a, b) => (b[1] > a[1] ? b : a), [-1, 0]);
      return occupations[nearest[0]]?.title;
    },
    knows: (word) => words.has(word),
  };
}

/** 0 (no occupation in common) to 1 (the same ones to the same degree). */
export function agreementOf(a: OccupationProfile, b: OccupationProfile): number {
  let sum = 0;
  for (const [occupation, weight] of a) sum += weight * (b.get(occupation) ?? 0);
  return Math.min(1, sum);
}

/** A term said ten times weighs three times as much as one said once. */
function weigh(counts: ReadonlyMap<string, number>, weightOf: (term: string) => number) {
  const weighed = new Map<string, number>();
  for (const [term, count] of counts) {
    const weight = weightOf(term);
    if (weight > 0) weighed.set(term, (1 + Math.log(count)) * weight);
  }
  return weighed;
}

function unit<Key>(vector: Map<Key, number>): Map<Key, number> {
  let square = 0;
  for (const value of vector.values()) square += value * value;
  const length = Math.sqrt(square);
  if (length > 0) for (const [key, value] of vector) vector.set(key, value / length);
  return vector;
}
