/** Ranges of time, checked. */
import { Refusal } from "../problem.ts";

export interface Range {
  readonly from: number;
  readonly to: number;
}
export interface Bucketed extends Range {
  readonly bucketMs: number;
}

const day = 86_400_000;
const mostBuckets = 1_000;

/** @throws Refusal 400 */
export const requireRange = ({ from, to }: Range, mostDays: number): void => {
  if (to <= from)
    throw new Refusal(400, "BadRequest", "The range ends before it begins: `to` must be after `from`.");
  if (to - from > mostDays * day)
    throw new Refusal(400, "BadRequest", `That is too long: at most ${mostDays} days at once.`);
};

/** How many buckets there are. @throws Refusal 400 */
export const bucketsOf = (range: Bucketed): number => {
  requireRange(range, 400);
  const count = Math.ceil((range.to - range.from) / range.bucketMs);
  if (count > mostBuckets)
    throw new Refusal(
      400,
      "BadRequest",
      `That are ${count} dots: take a larger bucketMs, ${mostBuckets} are the most.`,
    );
  return count;
};
