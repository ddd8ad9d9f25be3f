/** Text as the rules see it: words, stems, shingles. Invisible characters are gone, so hidden text hides nothing. */

/** NFKC, without control, zero-width and private-use characters, white space joined. */
export function plain(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/\p{Cf}|\p{Co}|\p{Cs}/gu, "")
    .replace(/[\p{Cc}\s]+/gu, " ")
    .replace(/[’‘]/g, "'")
    .replace(/[‐-―−]/g, "-")
    .trim();
}

export interface Word {
  /** As written. */
  readonly text: string;
  /** Where it begins and ends in the text it was cut from. */
  readonly start: number;
  readonly end: number;
}

/** Words of a text that went through `plain`. Signs that belong to a name stay: c++, c#, .net, node.js, ci/cd, a/b, p&l. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(/\.?[\p{L}\p{N}]+(?:[.&'-][\p{L}\p{N}]+)*[+#]*/gu))
    words.push({ text: match[0], start: match.index, end: match.index + match[0].length });
  return words;
}

const STOP_WORDS = new Set(
  `a an and or the of to in on at for with by from as is are be been was were it its this that these those we our you your
  they their he she i my me us who which what when where how will would can could should may must have has had do does did
  not no than then so such etc e.g i.e any all both other more most some well also via per into across within about over
  using used use including include includes like able ability experience experienced knowledge skills skill strong solid
  good great excellent proven understanding working work worked works hands-on familiarity familiar proficiency proficient
  years year plus least minimum similar related relevant preferably ideally role position job team teams company
  environment environments demonstrated background deep high level new professional minimum full-time industry field total you've you'll habit
  practical confident previous roles scale production daily use`.split(/\s+/),
);

/** A crude stem, enough to let "reconciled" meet "reconciliation" half-way and "reports" meet "reporting". */
export function stem(word: string): string {
  const lower = word.toLowerCase().replace(/'s?$/, "");
  return lower.length <= 4
    ? lower.replace(/s$/, "")
    : lower.replace(/(?:ations?|ments?|ings?|ers?|ed|ions?|ies|es|s|y|e)$/, "");
}

/** Stems of the words that carry meaning. */
export function stemsOf(text: string): Set<string> {
  const stems = new Set<string>();
  for (const { text: word } of wordsOf(text)) {
    const lower = word.toLowerCase();
    if (lower.length > 1 && !STOP_WORDS.has(lower) && !/^\d+$/.test(lower)) stems.add(stem(word));
  }
  return stems;
}

/** Words that every line of a field has: two lines that share only these say nothing about each other. */
const COMMON_STEMS = new Set(
  `marketing data patient care nursing clinical software engineering development developing finance financial business
  customer product system project management manager managing service support process operations web digital building
  built technical technology client company user people design quality reporting`
    .split(/\s+/)
    .map(stem),
);

/** The stems by which a line can be told from others of its field; all of them if it has no other. */
export function tellingStems(text: string): Set<string> {
  const all = stemsOf(text);
  const telling = new Set([...all].filter((one) => !COMMON_STEMS.has(one)));
  return telling.size > 0 ? telling : all;
}

/** Share of `wanted` that occurs in `had`, 0 to 1; 0 when nothing is wanted. */
export function overlap(wanted: ReadonlySet<string>, had: ReadonlySet<string>): number {
  if (wanted.size === 0) return 0;
  let shared = 0;
  for (const one of wanted) if (had.has(one)) shared += 1;
  return shared / wanted.size;
}

/** Every run of `size` consecutive words, in small letters. */
export function shingles(text: string, size: number): string[] {
  const words = wordsOf(text).map((word) => word.text.toLowerCase());
  return words.slice(size - 1).map((_, index) => words.slice(index, index + size).join(" "));
}

/** Straight line from 0 at `low` to 1 at `high`. */
export const ramp = (value: number, low: number, high: number): number =>
  Math.min(1, Math.max(0, (value - low) / (high - low)));
