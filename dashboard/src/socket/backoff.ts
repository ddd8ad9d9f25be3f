/**
 * How long to wait before the nth try to connect again: full jitter, so that ten thousand clients that lost the same
 * server do not come back in the same second.
 */

/** `attempt` counts from 0; `random` is 0 to 1. Milliseconds, between 0.2 s and 20 s. */
export function backoffMs(attempt: number, random: number): number {
  const ceiling = Math.min(20_000, 500 * 2 ** Math.min(attempt, 10));
  return Math.max(200, Math.round(random * ceiling));
}
