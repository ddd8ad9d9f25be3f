/**
 * Dates as portals write them, as ISO 8601 or null. A wrong date is worse than none: what is relative ("30+ days ago"),
 * ambiguous or impossible has no date.
 */

/** How a portal orders a date with slashes; without it only those that can be read one way count. */
export type SlashOrder = "month first" | "day first";

const months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const earliest = Date.UTC(1995, 0, 1);
const latest = Date.UTC(2100, 0, 1);

/** @returns a day ("2026-07-16"), or an instant with its offset ("2026-07-16T11:55:32-04:00", "…Z") */
export function isoDate(value: unknown, slashes?: SlashOrder): string | null {
  if (typeof value === "number") return fromEpoch(value);
  if (typeof value !== "string") return null;
  const text = value.trim().slice(0, 100);
  if (/^\d{9,14}$/.test(text)) return fromEpoch(Number(text));
  return fromIso(text) ?? fromRfc822(text) ?? fromDotsOrSlashes(text, slashes);
}

/** Seconds or milliseconds since 1970: the two are ten thousand years apart. */
function fromEpoch(number: number): string | null {
  const ms = Math.abs(number) >= 1e11 ? number : number * 1_000;
  return ms >= earliest && ms < latest ? new Date(ms).toISOString().replace(".000Z", "Z") : null;
}

const iso =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?$/i;

function fromIso(text: string): string | null {
  const found = iso.exec(text);
  if (found === null) return null;
  const [, year = "", month = "", day = "", hour, minute = "", second = "00", fraction, zone] = found;
  const date = dayOf(year, month, day);
  if (date === null || hour === undefined) return date;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return null;
  // Without a zone the hour is nobody's: the day stands.
  if (zone === undefined) return date;
  const offset = /^(?:Z|UTC|GMT)$/i.test(zone)
    ? "Z"
    : `${zone.slice(0, 3)}:${zone.length > 3 ? zone.slice(-2) : "00"}`;
  return `${date}T${hour}:${minute}:${second}${fraction === undefined ? "" : `.${fraction.slice(0, 3)}`}${offset}`;
}

const zones: Readonly<Record<string, string>> = {
  ...{ Z: "Z", UT: "Z", UTC: "Z", GMT: "Z", EST: "-05:00", EDT: "-04:00", CST: "-06:00", CDT: "-05:00" },
  ...{ MST: "-07:00", MDT: "-06:00", PST: "-08:00", PDT: "-07:00" },
};

/** "Fri, 24 Jul 2026 07:01:22 +0000" of feeds. */
function fromRfc822(text: string): string | null {
  const found =
    /^(?:[a-z]{3,9},?\s+)?(\d{1,2})[ -]([a-z]{3})[a-z]*\.?[ -](\d{4})(?:,?\s+(\d{2}):(\d{2})(?::(\d{2}))?(?::\d+)?\s*([a-z]{1,3}|[+-]\d{4})?)?$/i.exec(
      text,
    );
  if (found === null) return null;
  const [, day = "", name = "", year = "", hour, minute = "", second = "00", zone = ""] = found;
  const date = dayOf(year, String(months.indexOf(name.toLowerCase()) + 1), day);
  if (date === null || hour === undefined) return date;
  const offset = /^[+-]/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zones[zone.toUpperCase()];
  return offset === undefined
    ? date
    : `${date}T${hour}:${minute}:${second}${offset === "+00:00" ? "Z" : offset}`;
}

function fromDotsOrSlashes(text: string, slashes?: SlashOrder): string | null {
  const dots = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?:[ ,T]+\d{1,2}:\d{2}(?::\d{2})?)?$/.exec(text);
  if (dots !== null) return dayOf(dots[3] ?? "", dots[2] ?? "", dots[1] ?? "");
  const yearFirst = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/.exec(text);
  if (yearFirst !== null) return dayOf(yearFirst[1] ?? "", yearFirst[2] ?? "", yearFirst[3] ?? "");
  const parts = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:[ ,T]+\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]m)?)?$/i.exec(text);
  if (parts === null) return null;
  const [, a = "", b = "", year = ""] = parts;
  const monthFirst = dayOf(year, a, b);
  const dayFirst = dayOf(year, b, a);
  if (monthFirst === null || dayFirst === null || monthFirst === dayFirst) return monthFirst ?? dayFirst;
  return slashes === undefined ? null : slashes === "month first" ? monthFirst : dayFirst;
}

/** "YYYY-MM-DD" if there is such a day, and nobody is early or late by a century. */
function dayOf(year: string, month: string, day: string): string | null {
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(day));
  if (Number.isNaN(ms) || ms < earliest || ms >= latest) return null;
  const date = new Date(ms);
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day)
    ? date.toISOString().slice(0, 10)
    : null;
}

/** Whether it was over by then. A day is over when it has ended everywhere. */
export const isPast = (date: string | null, now: number): boolean => {
  const ms = Date.parse(date ?? "");
  return !Number.isNaN(ms) && (date?.length === 10 ? ms + 36 * 3_600_000 : ms) < now;
};
