/** What a posting states as pay, from fields of its own. Nothing is invented: what is unknown is null. */
import type { Salary } from "../../../../protocols/posting.ts";
import { textOf } from "./loose-json.ts";

type Unit = NonNullable<Salary["unit"]>;

/** Beyond this it is a mistake (a month in Vietnamese đồng stays below). */
const most = 1e10;

const unitWords: readonly (readonly [Unit, RegExp])[] = [
  [
    "hour",
    /hour|\bhr|\bph\b|stunde|\bstd|\bheure|\bhora|\bora\b|\buur|\btimm?e|\bsaat|godz|\bh\b|час|時給|시급/i,
  ],
  [
    "day",
    /\bday|daily|\btag\b|täglich|\bjour|\bd[ií]a\b|\bdiári|\bgiorno|\bdag\b|dzień|\bgün|день|日給|일급/i,
  ],
  ["week", /week|woche|semaine|semana|settiman|\bvecka|\bhafta|tydzień|недел/i],
  [
    "month",
    /month|\bmo\b|\bmth|monat|\bmois\b|mensuel|\bmes\b|mensual|\bmês\b|mensal|\bmese\b|mensile|maand|måned|\bmånad|miesi|\baylık|\bay\b|месяц|月給|월급|월\b/i,
  ],
  [
    "year",
    /year|\byr|annual|annum|\bp\.?\s?a\b|jahr|jährlich|\bannée|(?:par|\/) ?an\b|annuel|\baño|\bano\b|anual|\banno\b|annuo|jaar|\bår\b|\brok\b|\byıl|\blpa\b|год|年収|年俸|연봉/i,
  ],
];

/** "per-year-salary", "1 YEAR", "Hourly", "ANNUAL", "pro Monat", "P1Y"; null if it names none or several. */
export function unitOf(value: unknown): Salary["unit"] {
  const text = textOf(value).replaceAll("_", " ");
  const short = /^P1([HDWMY])$/.exec(text.replace("PT", "P"))?.[1];
  if (short !== undefined) return unitWords.find(([unit]) => unit[0] === short.toLowerCase())?.[0] ?? null;
  if (/\b(?:[2-9]|1\d|bi|semi)[ -]?(?:hour|day|week|month|year)/i.test(text)) return null;
  const found = unitWords.filter(([, words]) => words.test(text));
  return found.length === 1 ? (found[0]?.[0] ?? null) : null;
}

/** An ISO 4217 code, or null. */
export function currencyOf(value: unknown): string | null {
  const code = textOf(value).toUpperCase();
  return /^[A-Z]{3}$/.test(code) && code !== "N/A" ? code : null;
}

/**
 * "1.500", "102.8", "1,234.56", "45 000", "1'200": two separators tell the decimal one; a single one before exactly three
 * digits groups thousands. NaN if it is no number.
 */
export function numberIn(text: string): number {
  const plain = text.replace(/(?<=\d)['’\s\u00a0\u202f](?=\d{3})/g, "");
  if (!/^\d[\d.,]*$/.test(plain) || plain.length > 20) return Number.NaN;
  const last = Math.max(plain.lastIndexOf("."), plain.lastIndexOf(","));
  const separators = plain.match(/[.,]/g) ?? [];
  const isDecimal =
    new Set(separators).size === 2 || (separators.length === 1 && !/^[1-9]\d{0,2}[.,]\d{3}$/.test(plain));
  return isDecimal
    ? Number(`${plain.slice(0, last).replace(/[.,]/g, "")}.${plain.slice(last + 1)}`)
    : Number(plain.replace(/[.,]/g, ""));
}

/** A bound as a number or a numeric text. 0 and -1 mean that there is none. */
export function amountOf(value: unknown): number | null {
  const number =
    typeof value === "number"
      ? value
      : /^\d[\d.,'’\s\u00a0\u202f]*$/.test(textOf(value))
        ? amountIn(textOf(value))
        : 0;
  return Number.isFinite(number) && number > 0 && number < most ? number : null;
}

/** A field that holds only a number writes it as programs do: "60000.000" is sixty thousand. */
const amountIn = (text: string) => (/^\d+\.\d+$/.test(text) ? Number(text) : numberIn(text));

export interface StatedPay {
  readonly min?: unknown;
  readonly max?: unknown;
  readonly currency?: unknown;
  readonly unit?: unknown;
}

/** @returns null without a bound, or if the bounds contradict each other */
export function payOf({ min, max, currency, unit }: StatedPay): Salary | null {
  const low = amountOf(min);
  const high = amountOf(max);
  if ((low === null && high === null) || (low !== null && high !== null && low > high)) return null;
  return { min: low, max: high, currency: currencyOf(currency), unit: unitOf(unit) };
}
