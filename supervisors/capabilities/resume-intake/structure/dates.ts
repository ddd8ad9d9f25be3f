/** Times as people write them in résumés, as "YYYY" or "YYYY-MM". */

export interface Span {
  readonly start: string;
  /** null: until now. */
  readonly end: string | null;
  /** The text without the span. */
  readonly rest: string;
  /** A single date, not two. */
  readonly single: boolean;
}

const months: readonly string[] = [
  "jan january januar enero janvier janeiro",
  "feb february februar febrero février fevrier",
  "mar march märz marz maerz marzo mars",
  "apr april abril avril",
  "may mai mayo",
  "jun june juni junio juin",
  "jul july juli julio juillet",
  "aug august agosto août aout",
  "sep sept september septiembre septembre",
  "oct october okt oktober octubre octobre",
  "nov november noviembre novembre",
  "dec december dez dezember diciembre décembre decembre",
];
const monthNumber = new Map(
  months.flatMap((names, at) =>
    names.split(" ").map((name) => [name, String(at + 1).padStart(2, "0")] as const),
  ),
);
const monthNames = [...monthNumber.keys()].sort((a, b) => b.length - a.length).join("|");
const seasons: Readonly<Record<string, string>> = {
  spring: "03",
  summer: "06",
  fall: "09",
  autumn: "09",
  winter: "12",
};

const year = "(?:19|20)\\d\\d";
const date = `(?:(?:${monthNames})\\.?,?\\s*(?:\\d{1,2}(?:st|nd|rd|th)?,?\\s+)?(?:${year}|['’]\\d\\d)|(?:spring|summer|fall|autumn|winter)\\s+${year}|\\d{1,2}[/.]\\d{1,2}[/.]${year}|(?:0?[1-9]|1[0-2])[/.-]${year}|${year}[-/.](?:0[1-9]|1[0-2])(?:[-/.]\\d\\d)?|(?:${monthNames})\\.?(?=\\s*(?:-|–|—|to)\\s*(?:${monthNames})\\.?\\s*${year})|${year})`;
const now =
  "present|current(?:ly)?|now|today|till date|to date|ongoing|heute|actualidad|actual|aujourd'hui|-{2,}";
const between = "\\s*(?:-|–|—|−|~|/|to|until|till|bis|al?|through)\\s*";
const span = new RegExp(`(?<![\\w/.-])\\(?(${date})${between}(${date}|${now})\\)?(?![\\w/])`, "i");
const loose = new RegExp(`(?<![\\w/.-])\\(?(${year})\\s{1,3}(${year})\\)?(?![\\w/])`, "i");
const since = new RegExp(`\\b(?:since|seit|from|desde)\\s+(${date})(?![\\w/])`, "i");
const one = new RegExp(`(?<![\\w/.$€£-]|\\d )\\(?(${date})\\)?(?![\\w/%])`, "i");

/** The first span of time in a text; undefined if there is none. */
export function spanIn(text: string): Span | undefined {
  const match = span.exec(text) ?? loose.exec(text);
  if (match?.[1] !== undefined && match[2] !== undefined) {
    const end = new RegExp(`^(?:${now})$`, "i").test(match[2]) ? null : isoOf(match[2]);
    const endYear = end?.slice(0, 4) ?? "";
    const start = isoOf(match[1], endYear);
    return { start, end, rest: without(text, match), single: false };
  }
  const from = since.exec(text);
  if (from?.[1] !== undefined)
    return { start: isoOf(from[1]), end: null, rest: without(text, from), single: false };
  const single = one.exec(text);
  if (single?.[1] !== undefined) {
    const iso = isoOf(single[1]);
    return { start: iso, end: iso, rest: without(text, single), single: true };
  }
  return undefined;
}

const without = (text: string, match: RegExpExecArray) =>
  `${text.slice(0, match.index)}\t${text.slice(match.index + match[0].length)}`
    .replace(/\(\s*\)/g, "")
    .replace(/[ ,;|–—-]*\t[ ,;|–—-]*/g, "\t")
    .replace(/^[\s,;|–—-]+|[\s,;|–—(-]+$/g, "");

/** @param yearBehind of "Jan - Mar 2020" the first month has the second's year */
function isoOf(written: string, yearBehind = ""): string {
  const text = written.toLowerCase().trim();
  const short = /['’](\d\d)$/.exec(text)?.[1];
  const four =
    new RegExp(year).exec(text)?.[0] ??
    (short === undefined ? yearBehind : `${Number(short) > 50 ? 19 : 20}${short}`);
  const name = /^[\p{L}]+/u.exec(text)?.[0] ?? "";
  const numeric = /^(\d{1,2})[/.-](?:(\d{1,2})[/.-])?(?:19|20)/.exec(text);
  const isoMonth = /^(?:19|20)\d\d[-/.](\d\d)/.exec(text)?.[1];
  // Of three numbers the first is the month in the US and the second elsewhere: the one that can be a month.
  const number =
    numeric === null
      ? undefined
      : numeric[2] !== undefined && Number(numeric[1]) > 12
        ? numeric[2]
        : numeric[1];
  const month = monthNumber.get(name) ?? seasons[name] ?? isoMonth ?? number?.padStart(2, "0");
  return month !== undefined && Number(month) >= 1 && Number(month) <= 12 ? `${four}-${month}` : four;
}
