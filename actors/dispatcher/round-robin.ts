/**
 * The people of a queue and whose turn it is. Round robin is least recently assigned: whose last review is longest ago comes next;
 * there is no pointer that a sign-in, a sign-out or a restart could upset.
 */

export interface Hand {
  readonly employee: string;
  /** A stamp that only grows, near epoch milliseconds; 0 for whoever never had one. */
  readonly lastAssignedAt: number;
  /** Takes another review now. */
  readonly free: boolean;
  /** Reviews in hand, and how many at most. */
  readonly open: number;
  readonly capacity: number;
  readonly skills: readonly string[];
  /** Multiplies the time that they get. */
  readonly timeFactor: number;
}

export type Strategy = "round_robin" | "load_balanced";

/** What an employee says of themselves with each announcement; one of before says only who they are. */
export interface Announced {
  readonly employee: string;
  readonly open?: number | undefined;
  readonly capacity?: number | undefined;
  readonly skills?: readonly string[] | undefined;
  readonly timeFactor?: number | undefined;
}

/** Known hands of one queue. Each turn that gives something out walks along them: beyond this the queue wants a second dispatcher. */
export const maxHands = 20_000;

/** Who of the free ones that `may` have it comes next; null if nobody may. */
export function nextHand(
  hands: readonly Hand[],
  may: (hand: Hand) => boolean,
  strategy: Strategy = "round_robin",
): Hand | null {
  let next: Hand | null = null;
  for (const hand of hands) {
    if (!hand.free || !may(hand)) continue;
    if (next === null || isBefore(hand, next, strategy)) next = hand;
  }
  return next;
}

/** The first `most` of those who are free, in the order in which they come next: one walk, however many there are. */
function headOfLine(hands: readonly Hand[], most: number, strategy: Strategy): Hand[] {
  const head: Hand[] = [];
  for (const hand of hands) {
    const last = head[most - 1];
    if (!hand.free || (last !== undefined && !isBefore(hand, last, strategy))) continue;
    const place = head.findIndex((other) => isBefore(hand, other, strategy));
    head.splice(place < 0 ? head.length : place, 0, hand);
    head.length = Math.min(head.length, most);
  }
  return head;
}

/**
 * Gives hands out, each once: always the next of those that may have it. For up to `most`, what is looked through is the head of
 * the line; all others only where nobody of it may.
 */
export function inLine(
  hands: readonly Hand[],
  most: number,
  strategy: Strategy,
): (may: (hand: Hand) => boolean) => Hand | null {
  const head = headOfLine(hands, most, strategy);
  const given = new Set<Hand>();
  return (may) => {
    const fits = (hand: Hand) => !given.has(hand) && may(hand);
    const next = head.find(fits) ?? (head.length < most ? null : nextHand(hands, fits, strategy));
    if (next !== null) given.add(next);
    return next;
  };
}

/** Whoever is free, in the order in which they come next. */
export const lineOf = (hands: readonly Hand[], strategy: Strategy): Hand[] =>
  hands.filter(({ free }) => free).sort((a, b) => (isBefore(a, b, strategy) ? -1 : 1));

function isBefore(a: Hand, b: Hand, strategy: Strategy): boolean {
  if (strategy === "load_balanced") {
    const difference = a.open / a.capacity - b.open / b.capacity;
    if (difference !== 0) return difference < 0;
  }
  return (
    a.lastAssignedAt < b.lastAssignedAt || (a.lastAssignedAt === b.lastAssignedAt && a.employee < b.employee)
  );
}

export const someoneIsFree = (hands: readonly Hand[]) => hands.some(({ free }) => free);

/** Free from now on; known again or for the first time. If the list is full, the busy one longest without a review goes. */
export function freed(hands: readonly Hand[], announced: Announced): readonly Hand[] {
  const { employee, open = 0, capacity = 1, skills = [], timeFactor = 1 } = announced;
  const now = { free: true, open, capacity, skills, timeFactor };
  if (placeOf(hands, employee) !== undefined) return changed(hands, [employee], () => now);
  const hand = { employee, lastAssignedAt: 0, ...now };
  if (hands.length < maxHands) return added(hands, hand);
  let oldest: Hand | null = null;
  for (const known of hands)
    if (!known.free && (oldest === null || known.lastAssignedAt < oldest.lastAssignedAt)) oldest = known;
  // All are free: this one says so again in some minutes, and there are enough hands until then.
  return oldest === null ? hands : [...hands.filter((known) => known !== oldest), hand];
}

export const gone = (hands: readonly Hand[], employee: string) =>
  changed(hands, [employee], () => ({ free: false }));

/** Takes these hands, with stamps after all others and in this order, so that reviews given within one millisecond go round too. */
export function taken(hands: readonly Hand[], employees: readonly string[], at: number): readonly Hand[] {
  const stamp = hands.reduce((latest, hand) => Math.max(latest, hand.lastAssignedAt + 1), at);
  const order = new Map(employees.map((employee, index) => [employee, stamp + index]));
  return changed(hands, employees, ({ employee, open }) => ({
    free: false,
    open: open + 1,
    lastAssignedAt: order.get(employee) ?? stamp,
  }));
}

/** Nothing came of it: the hand has its old place again. */
export const untaken = (hands: readonly Hand[], employee: string, lastAssignedAt: number, free: boolean) =>
  changed(hands, [employee], ({ open }) => ({ lastAssignedAt, free, open: Math.max(0, open - 1) }));

function changed(
  hands: readonly Hand[],
  employees: readonly string[],
  change: (hand: Hand) => Partial<Hand>,
): readonly Hand[] {
  const now = [...hands];
  for (const employee of employees) {
    const place = placeOf(hands, employee);
    const hand = place === undefined ? undefined : hands[place];
    if (place !== undefined && hand !== undefined) now[place] = { ...hand, ...change(hand) };
  }
  knownPlaces.set(now, placesOf(hands)); // Nobody has moved.
  return now;
}

function added(hands: readonly Hand[], hand: Hand): readonly Hand[] {
  const places = placesOf(hands);
  places.set(hand.employee, hands.length);
  const now = [...hands, hand];
  knownPlaces.set(now, places);
  return now;
}

/** By employee. Lists that came from one another share theirs, so that one may know somebody who is not in the other, or elsewhere. */
const knownPlaces = new WeakMap<readonly Hand[], Map<string, number>>();

function placesOf(hands: readonly Hand[]): Map<string, number> {
  const places = knownPlaces.get(hands) ?? new Map(hands.map((hand, place) => [hand.employee, place]));
  knownPlaces.set(hands, places);
  return places;
}

function placeOf(hands: readonly Hand[], employee: string): number | undefined {
  const place = placesOf(hands).get(employee);
  if (place === undefined || hands[place]?.employee === employee) return place;
  knownPlaces.delete(hands);
  return placesOf(hands).get(employee);
}
