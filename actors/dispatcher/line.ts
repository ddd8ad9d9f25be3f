/**
 * Whose turn it is among the free hands of a queue. Round robin is least recently assigned: whose last review is longest ago comes
 * next; there is no pointer that a sign-in, a sign-out or a restart could upset.
 *
 * A line is a function of its hands and nothing else. It is kept in memory beside them and moves on with them, since to sort or
 * walk along ten thousand hands for each review would take longer than all else that a dispatcher does.
 */
import type { Hand } from "./round-robin.ts";

export type Strategy = "round_robin" | "load_balanced";

interface Line {
  readonly strategy: Strategy;
  /** Next first. */
  readonly free: Hand[];
}

const lines = new WeakMap<readonly Hand[], Line>();

/** Whoever is free, in the order in which they come next. To be used at once: it moves on with the hands. */
export function lineOf(hands: readonly Hand[], strategy: Strategy): readonly Hand[] {
  const known = lines.get(hands);
  if (known?.strategy === strategy) return known.free;
  const free = hands.filter((hand) => hand.free).sort((a, b) => comesBefore(a, b, strategy));
  lines.set(hands, { strategy, free });
  return free;
}

/** `now` has come from `hands`: who of it was `before` stands as in `after`. Asked for the line of `hands` again, it is sorted anew. */
export function moveLine(
  hands: readonly Hand[],
  now: readonly Hand[],
  before: readonly Hand[],
  after: readonly Hand[],
): void {
  const line = lines.get(hands);
  if (line === undefined) return;
  lines.delete(hands);
  const { free, strategy } = line;
  for (const hand of before) if (hand.free) free.splice(placeIn(free, hand, strategy), 1);
  for (const hand of after) if (hand.free) free.splice(placeIn(free, hand, strategy), 0, hand);
  lines.set(now, line);
}

/** Gives hands out, each once: always the next of those that may have it; null if nobody may. */
export function inLine(
  hands: readonly Hand[],
  strategy: Strategy,
): (may: (hand: Hand) => boolean) => Hand | null {
  const given = new Set<Hand>();
  return (may) => {
    const next = lineOf(hands, strategy).find((hand) => !given.has(hand) && may(hand)) ?? null;
    if (next !== null) given.add(next);
    return next;
  };
}

/** Below 0 if `a` comes first. No two are equal. */
function comesBefore(a: Hand, b: Hand, strategy: Strategy): number {
  const byLoad = strategy === "load_balanced" ? a.open / a.capacity - b.open / b.capacity : 0;
  return byLoad || a.lastAssignedAt - b.lastAssignedAt || (a.employee < b.employee ? -1 : 1);
}

/** Where it stands, or would. */
function placeIn(free: readonly Hand[], hand: Hand, strategy: Strategy): number {
  let [from, to] = [0, free.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const other = free[middle] as Hand;
    if (comesBefore(other, hand, strategy) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}
