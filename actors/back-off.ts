/**
 * How long a machine waits after the n-th failure in a row: minimum x 2^n up to a maximum, and then up to a fifth longer. The
 * extra comes from the actor's id, not from chance (a machine is pure), so that many actors don't come back at once.
 */

/**
 * @param failures failures in a row, 1 for the first.
 * @param asked what the other side asked for (Retry-After), milliseconds; it wins over our own, within a day.
 */
export function backOffMs(
  id: string,
  failures: number,
  bounds: { readonly minMs: number; readonly maxMs: number },
  asked: number | null = null,
): number {
  const own = Math.min(bounds.minMs * 2 ** Math.min(Math.max(failures - 1, 0), 30), bounds.maxMs);
  const wait = asked === null || !(asked >= 0) ? own : Math.min(Math.max(asked, bounds.minMs), 86_400_000);
  let spread = failures;
  for (let i = 0; i < id.length; i++) spread = (spread * 31 + id.charCodeAt(i)) % 997;
  return Math.round(wait * (1 + spread / 997 / 5));
}
