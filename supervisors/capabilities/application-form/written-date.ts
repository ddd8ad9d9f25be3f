/** A date as it was said, written the way a field wants it. */

const months = [
  "january|januar|janvier|enero|janeiro|jan|ene",
  "february|februar|fevrier|febrero|fevereiro|feb|fev",
  "march|marz|mars|marzo|marco|mar",
  "april|avril|abril|apr|abr|avr",
  "may|mai|mayo|maio",
  "june|juni|juin|junio|junho|jun",
  "july|juli|juillet|julio|julho|jul",
  "august|aout|agosto|aug|ago",
  "september|septembre|septiembre|setembro|sep|sept|set",
  "october|oktober|octobre|octubre|outubro|oct|okt|out",
  "november|novembre|noviembre|novembro|nov",
  "december|dezember|decembre|diciembre|dezembro|dec|dez|dic",
];
const folded = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** 1 to 12 for a month's number or name; null if it is none. */
export function monthNumber(text: string): number | null {
  const words = folded(text).trim();
  const number = /^0?(\d{1,2})(?:\s*[-–(].*)?$/.exec(words)?.[1];
  if (number !== undefined) return Number(number) >= 1 && Number(number) <= 12 ? Number(number) : null;
  const at = months.findIndex((names) => new RegExp(`^(?:${names})\\b`).test(words));
  return at < 0 ? null : at + 1;
}

interface Day {
  readonly year: number;
  readonly month: number | null;
  readonly day: number | null;
}

/** "2026-03-01", "2026-03", "2026", "1 March 2026", "March 1, 2026", "01.03.2026". What could be two dates ("03/04/2026") is none. */
export function dateIn(text: string): Day | null {
  const said = folded(text).trim();
  const iso = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:t.*)?$/.exec(said);
  if (iso) return checked(Number(iso[1]), iso[2] ? Number(iso[2]) : null, iso[3] ? Number(iso[3]) : null);
  const german = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(said);
  if (german) return checked(Number(german[3]), Number(german[2]), Number(german[1]));
  const slashes = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(said);
  if (slashes) {
    const [one, two, year] = [Number(slashes[1]), Number(slashes[2]), Number(slashes[3])];
    if (one > 12) return checked(year, two, one);
    return two > 12 || one === two ? checked(year, one, two) : null;
  }
  const words =
    /^(?:(\d{1,2})\.?(?:st|nd|rd|th)?\s+(?:of |de )?)?([a-z]+)\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(?:de )?(\d{4})$/.exec(
      said,
    );
  const month = words ? monthNumber(words[2] ?? "") : null;
  return words && month !== null
    ? checked(Number(words[4]), month, words[1] || words[3] ? Number(words[1] ?? words[3]) : null)
    : null;
}

const checked = (year: number, month: number | null, day: number | null): Day | null =>
  (month !== null && (month < 1 || month > 12)) || (day !== null && (day < 1 || day > 31))
    ? null
    : { year, month, day };

/** @param format of YYYY, MM and DD in any order and with any signs between. @returns null if the date does not say that much. */
export function dateFor(text: string, format: string): string | null {
  const date = dateIn(text);
  if (date === null) return null;
  const wants = format
    .toUpperCase()
    .replace(/T(?=T)|T/g, "D")
    .replace(/J{4}|A{4}/g, "YYYY")
    .replace(/JJ/g, "DD");
  const parts = { YYYY: String(date.year), MM: date.month, DD: date.day };
  if ((/MM/.test(wants) && parts.MM === null) || (/DD/.test(wants) && parts.DD === null)) return null;
  const two = (value: number | null) => String(value ?? "").padStart(2, "0");
  return wants
    .replace(/YYYY/, parts.YYYY)
    .replace(/YY/, parts.YYYY.slice(2))
    .replace(/MM/, two(parts.MM))
    .replace(/DD/, two(parts.DD));
}
