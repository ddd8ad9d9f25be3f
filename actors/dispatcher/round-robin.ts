/**
 * Round-robin as least recently assigned: the free hand whose last review is longest ago comes next. There is no pointer
 * that a sign-in, a sign-out or a restart could upset.
 */

export interface Hand {
  readonly employee: string;
  /** A stamp that only grows, near epoch milliseconds; 0 for whoever never had one. */
  readonly lastAssignedAt: number;
  readonly free: boolean;
}

/** Known hands of one queue: bounds the snapshot. Beyond it the queue wants a second dispatcher. */
export const maxHands = 2_000;

/** Who comes next; the excluded one only if nobody else is free. */
export function nextHand(hands: readonly Hand[], exclude: string | null): Hand | null {
  let next: Hand | null = null;
  for (const hand of hands) {
    if (!hand.free) continue;
    if (next === null || isBefore(hand, next, exclude)) next = hand;
  }
  return next;
}

function isBefore(a: Hand, b: Hand, exclude: string | null) {
  if ((a.employee === exclude) !== (b.employee === exclude)) return b.employee === exclude;
  return (
    a.lastAssignedAt < b.lastAssignedAt || (a.lastAssignedAt === b.lastAssignedAt && a.employee < b.employee)
  );
}

export const someoneIsFree = (hands: readonly Hand[]) => hands.some(({ free }) => free);

/** Free from now on; known again or for the first time. If the list is full, the busy one longest without a review goes. */
export function freed(hands: readonly Hand[], employee: string): readonly Hand[] {
  if (hands.some((hand) => hand.employee === employee)) return set(hands, employee, { free: true });
  const hand = { employee, lastAssignedAt: 0, free: true };
  if (hands.length < maxHands) return [...hands, hand];
  let oldest: Hand | null = null;
  for (const known of hands)
    if (!known.free && (oldest === null || known.lastAssignedAt < oldest.lastAssignedAt)) oldest = known;
  // All are free: this one says so again in some minutes, and there are enough hands until then.
  return oldest === null ? hands : [...hands.filter((known) => known !== oldest), hand];
}

export const gone = (hands: readonly Hand[], employee: string) => set(hands, employee, { free: false });

/** Takes the hand, with a stamp after all others, so that reviews given within one millisecond go round too. */
export function taken(hands: readonly Hand[], employee: string, at: number): readonly Hand[] {
  const stamp = hands.reduce((latest, hand) => Math.max(latest, hand.lastAssignedAt + 1), at);
  return set(hands, employee, { free: false, lastAssignedAt: stamp });
}

/** Nothing came of it: the hand has its old place again. */
export const untaken = (hands: readonly Hand[], employee: string, lastAssignedAt: number, free: boolean) =>
  set(hands, employee, { lastAssignedAt, free });

const set = (hands: readonly Hand[], employee: string, change: Partial<Hand>) =>
  hands.map((hand) => (hand.employee === employee ? { ...hand, ...change } : hand));
