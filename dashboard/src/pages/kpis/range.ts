/** The ranges of the KPI page: how far back, in how large pieces, and the period before to compare with. */
import { asQuery, dayMs, lastDays } from "../../state/days.ts";
import { shortTime } from "../../state/time-text.ts";

export const spans = [
  { name: "Today", days: 1, bucketMs: 3_600_000 },
  { name: "7 d", days: 7, bucketMs: 6 * 3_600_000 },
  { name: "30 d", days: 30, bucketMs: dayMs },
] as const;
export type Span = (typeof spans)[number];

export interface Range {
  readonly query: { readonly from: string; readonly to: string; readonly bucketMs: string };
  readonly before: Range["query"];
}

/** `now` moves on by whole minutes, so that the question is the same within one. */
export function rangeOf({ days, bucketMs }: Span, now: number): Range {
  const range = lastDays(now, days);
  const back = days * dayMs;
  const query = (from: number, to: number) => ({ ...asQuery({ from, to }), bucketMs: String(bucketMs) });
  return { query: query(range.from, range.to), before: query(range.from - back, range.to - back) };
}

const day = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric" });

/** How a piece is called on the axis. */
export const timeName = (at: number, { days, bucketMs }: Span): string =>
  days === 1 ? shortTime(at) : bucketMs < dayMs ? `${day.format(at)} ${shortTime(at)}` : day.format(at);
