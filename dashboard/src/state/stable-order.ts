/** An order that follows the wanted one, but not under somebody's pointer: it changes at most every ten seconds, or when somebody comes or goes. */
import { useRef } from "react";

const holdMs = 10_000;

export interface Held {
  readonly order: readonly string[];
  readonly since: number;
}

/** @returns the order to show; the same reference while it holds. */
export function heldOrder(before: Held | null, wanted: readonly string[], now: number): Held {
  if (before === null) return { order: wanted, since: now };
  const same = before.order.length === wanted.length && wanted.every((id) => before.order.includes(id));
  if (same && now - before.since < holdMs) return before;
  return { order: wanted, since: now };
}

/** `rows` in the wanted order, held still. */
export function useStableOrder<T>(rows: readonly T[], keyOf: (row: T) => string, now: number): T[] {
  const held = useRef<Held | null>(null);
  held.current = heldOrder(held.current, rows.map(keyOf), now);
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  return held.current.order.flatMap((key) => byKey.get(key) ?? []);
}
