/** How long to wait before the next attempt: doubles each time, has a cap, and a random part so that many don't beat together. */

export interface Backoff {
  /** Before the first attempt, ms. */
  readonly minMs: number;
  /** Never longer than this, ms. */
  readonly maxMs: number;
  /** After it has run this long without trouble, the next failure counts as the first again, ms. */
  readonly quietMs: number;
}

/** 200 ms: a program killed by accident is back before a person notices. 10 s: a broken one costs nothing. */
export const childBackoff: Backoff = { minMs: 200, maxMs: 10_000, quietMs: 30_000 };

/**
 * @param failures in a row so far, 1 at the first
 * @param random from 0 up to 1; decides between half and the whole of the time
 * @returns ms, at least `minMs`
 */
export const delayBefore = ({ minMs, maxMs }: Backoff, failures: number, random: number): number => {
  const whole = Math.min(maxMs, minMs * 2 ** (failures - 1) * 2);
  return Math.round(Math.max(minMs, whole / 2 + (whole / 2) * random));
};
