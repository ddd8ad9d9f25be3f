/**
 * A text made small enough to be kept by an actor and compared with others: the 64 smallest hashes of its runs of three words
 * (bottom-k sampling). What two sketches share estimates what the texts share.
 */
import { plain } from "./plain.ts";

export interface Sketch {
  /** The smallest hashes in rising order, five characters each. */
  readonly hashes: string;
  /** Different runs of three words in the whole text. */
  readonly size: number;
  /** ISO 639-1, of the languages that are told apart here; "" if unsure. */
  readonly language: string;
}

const kept = 64;
const width = 5;
/** A page of boilerplate more does not change the verdict; an endless text must not cost an endless time. */
const maxWords = 4_000;

export function sketchOf(text: string): Sketch {
  const words = plain(text).split(" ").slice(0, maxWords);
  const runs = new Set<number>();
  for (let i = 0; i + 2 < words.length; i++) runs.add(hash(`${words[i]} ${words[i + 1]} ${words[i + 2]}`));
  const smallest = [...runs].sort((a, b) => a - b).slice(0, kept);
  return {
    hashes: smallest.map((one) => one.toString(36).padStart(width, "0")).join(""),
    size: runs.size,
    language: languageOf(words),
  };
}

export interface Overlap {
  /** Share of the shorter text that stands in the longer one too, 0 to 1. */
  readonly contained: number;
  /** Size of the shorter text by that of the longer one, 0 to 1. */
  readonly ratio: number;
}

/** Estimated: with 64 samples some 6 % off where the texts are of like length, more where one is a teaser. */
export function overlap(a: Sketch, b: Sketch): Overlap {
  if (a.size === 0 || b.size === 0) return { contained: 0, ratio: 0 };
  const [of, with_] = [hashesOf(a), hashesOf(b)];
  const union = [...new Set([...of, ...with_])].sort().slice(0, kept);
  const common = union.filter((one) => of.has(one) && with_.has(one)).length;
  const jaccard = common / union.length;
  const shared = (jaccard * (a.size + b.size)) / (1 + jaccard);
  const [small, large] = [Math.min(a.size, b.size), Math.max(a.size, b.size)];
  return { contained: Math.min(1, shared / small), ratio: small / large };
}

const hashesOf = ({ hashes }: Sketch) => new Set(hashes.match(/.{5}/g) ?? []);

/** FNV-1a with a last stirring, 24 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (value ^ (value >>> 13)) & 0xffffff;
}

const smallWords: Readonly<Record<string, readonly string[]>> = {
  en: "the and you with for our we are your will".split(" "),
  de: "und die der mit wir sie fur ist dich bei".split(" "),
  fr: "et les des vous nous avec pour une dans est".split(" "),
  es: "los las con para una del que por como en".split(" "),
  nl: "het een van wij voor met jij zijn ons je".split(" "),
  it: "il della per con che di una nel sono gli".split(" "),
  pt: "os com para uma voce nossa do da em um".split(" "),
  pl: "w i na do z oraz dla jest sie praca".split(" "),
};

function languageOf(words: readonly string[]): string {
  const counts = Object.entries(smallWords).map(
    ([language, small]) => [language, words.filter((word) => small.includes(word)).length] as const,
  );
  const [best, second] = counts.sort((a, b) => b[1] - a[1]);
  return best !== undefined && best[1] >= 5 && best[1] > (second?.[1] ?? 0) * 1.5 ? best[0] : "";
}
