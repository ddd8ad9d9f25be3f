/** Pay that a portal shows as a line of text: "CA$102.8K – CA$137K", "R$ 1.500 - R$ 2.000", "From $40 an hour". */
import type { Salary } from "../../../../protocols/posting.ts";
import { currencyOf, numberIn, payOf, unitOf } from "./pay.ts";

const symbols: Readonly<Record<string, string>> = {
  ...{
    CA$: "CAD",
    C$: "CAD",
    A$: "AUD",
    AU$: "AUD",
    US$: "USD",
    NZ$: "NZD",
    HK$: "HKD",
    S$: "SGD",
    R$: "BRL",
    MX$: "MXN",
  },
  ...{
    "€": "EUR",
    "£": "GBP",
    "₹": "INR",
    "₺": "TRY",
    TL: "TRY",
    zł: "PLN",
    zl: "PLN",
    "₩": "KRW",
    "₫": "VND",
    "₽": "RUB",
  },
  ...{
    "₦": "NGN",
    "₱": "PHP",
    "₴": "UAH",
    "₪": "ILS",
    Kč: "CZK",
    Ft: "HUF",
    Rs: "INR",
    Rp: "IDR",
    RM: "MYR",
    원: "KRW",
    円: "JPY",
    元: "CNY",
  },
};
/** Of several countries: "$", "¥" and "kr" say nothing alone. */
const mark =
  "(?:[A-Z]{1,2}\\$|[€£₹₺₩₫₽₦₱₴₪$¥]|TL|zł|zl|Kč|Ft|Rs\\.?|Rp|RM|kr\\.?|[원円元]|[A-Z]{3}(?![A-Za-z]))";
const amount = new RegExp(
  `(?<before>${mark})?\\s*(?<figure>\\d[\\d.,'’\\u00a0\\u202f]*(?:[ ]\\d{3}(?!\\d))*)\\s*(?<scale>[kKM](?![A-Za-z])|tys\\.?|mil(?![a-z])|lakhs?|LPA(?![A-Za-z])|(?<=\\d)L(?![A-Za-z])|만|万)?\\s*(?<after>${mark})?`,
  "g",
);
const scales: Readonly<Record<string, number>> = {
  ...{ k: 1e3, m: 1e6, tys: 1e3, mil: 1e3, lakh: 1e5, lakhs: 1e5, l: 1e5, lpa: 1e5, 만: 1e4, 万: 1e4 },
};

const between =
  /^\s*\+?\s*(?:(?:\/|per|an?|pro|p\.?)\s*\p{L}+\.?\s*)?(?:[-–—−‐‑~]|to|and|until|bis|und|à|et|a|y|até|e|al?|do|til|till|ila)\s*$/iu;
const least =
  /(?:^|[^\p{L}])(?:from|starting(?: at| from)?|at least|min(?:imum|\.)?|ab|mindestens|à partir de|dès|desde|a partir d[aei]|vanaf|fra|från|od|более)\W*$/iu;
const mostly =
  /(?:^|[^\p{L}])(?:up to|max(?:imum|\.)?|no more than|bis(?: zu)?|jusqu['’]à|hasta|até|fino a|tot|opp til|upp till|do)\W*$/iu;
/** The portal's own guess, never the employer's offer. */
const estimate =
  /glassdoor[ -]?(?:est|schätz)|\b(?:est\.?|estimate[sd]?|estimation|estimad[oa]|estimativa|geschätzt|schätzung|stima|tahmini)\b/iu;
const byEmployer = /employer|arbeitgeber|employeur|empregador|empresa|empleador|datore|werkgever|işveren/iu;

export const isEstimate = (text: string): boolean => estimate.test(text) && !byEmployer.test(text);

interface Figure {
  readonly value: number;
  /** What the letter behind it multiplies by; 1 without one. */
  readonly factor: number;
  readonly currency: string | null;
  readonly start: number;
  readonly end: number;
}

/**
 * @param hint what a field beside the text says; the text itself comes first
 * @returns null if it states no pay, an estimate, or more than one range
 */
export function payFromText(
  text: string,
  hint: { readonly currency?: unknown; readonly unit?: unknown } = {},
): Salary | null {
  const line = text.replace(/[\s\u00a0\u202f]+/g, " ").slice(0, 400);
  if (isEstimate(line)) return null;
  const figures = figuresIn(line);
  const [first, second] = figures;
  if (first === undefined || figures.length > 2) return null;
  const currency = first.currency ?? second?.currency ?? codeIn(line) ?? currencyOf(hint.currency);
  const unit = unitOf(line) ?? unitOf(hint.unit);
  if (second === undefined) {
    const lead = line.slice(0, first.start);
    const open = /^\s*\+/.test(line.slice(first.end));
    const isMost = mostly.test(lead);
    const isLeast = open || least.test(lead);
    return payOf({ min: isMost ? 0 : first.value, max: isLeast ? 0 : first.value, currency, unit });
  }
  if (!between.test(line.slice(first.end, second.start))) return null;
  // "50-60k" says thousands once for both.
  const low = first.factor === 1 && first.value < 1_000 ? first.value * second.factor : first.value;
  return payOf({ min: low, max: second.value, currency, unit });
}

function figuresIn(line: string): Figure[] {
  const found: Figure[] = [];
  for (const match of line.matchAll(amount)) {
    const { before, figure = "", scale = "", after } = match.groups ?? {};
    const rest = line.slice(match.index + match[0].length);
    // Hours a week, percents, a thirteenth month are no pay.
    if (
      /^\s*(?:%|(?:hours?|hrs?|stunden|std|heures|horas|days?|tage|months?|x)\b)/i.test(rest) &&
      before === undefined &&
      after === undefined
    )
      continue;
    const number = numberIn(figure.replace(/[.,'’\u00a0\u202f]+$/, "").replaceAll(" ", ""));
    if (!(number >= 0)) continue;
    const factor = scales[scale.toLowerCase().replace(".", "")] ?? 1;
    found.push({
      value: Math.round(number * factor * 100) / 100,
      factor,
      currency: currencyNamed(before) ?? currencyNamed(after),
      start: match.index,
      end: match.index + match[0].length,
    });
  }
  return found;
}

const currencyNamed = (sign: string | undefined): string | null => {
  const name = (sign ?? "").replace(".", "");
  return symbols[name] ?? (codes.has(name) ? name : null);
};

/** Three capitals in a text may be anything; these are money. */
const codes = new Set(
  (
    "USD EUR GBP CAD AUD NZD CHF SEK NOK DKK PLN CZK HUF RON BGN TRY INR PKR BRL MXN ARS CLP COP PEN JPY CNY KRW HKD SGD " +
    "MYR THB IDR PHP VND TWD ZAR NGN KES EGP MAD AED SAR QAR ILS UAH RUB ISK"
  ).split(" "),
);
const codeIn = (line: string): string | null => {
  const named = (line.match(/\b[A-Z]{3}\b/g) ?? []).filter((word) => codes.has(word));
  const sign = /[€£₹₺₩₫₽₦₱₴₪]/.exec(line)?.[0];
  return named[0] ?? (sign === undefined ? null : (symbols[sign] ?? null));
};
