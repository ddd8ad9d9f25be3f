/** The people of a queue: who is free, who has what, and when each was given something last. Whose turn it is: `line.ts`. */
import { moveLine } from "./line.ts";

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

/** What an employee says of themselves with each announcement; one of before says only who they are. */
export interface Announced {
  readonly employee: string;
  readonly open?: number | undefined;
  readonly capacity?: number | undefined;
  readonly skills?: readonly string[] | undefined;
  readonly timeFactor?: number | undefined;
}

/** Known hands of one queue. A turn that gives something out walks along them: beyond this the queue wants a second dispatcher. */
export const maxHands = 20_000;

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
  const [before, after]: [Hand[], Hand[]] = [[], []];
  for (const employee of new Set(employees)) {
    const place = placeOf(hands, employee);
    const hand = place === undefined ? undefined : hands[place];
    if (place === undefined || hand === undefined) continue;
    const other = { ...hand, ...change(hand) };
    now[place] = other;
    before.push(hand);
    after.push(other);
  }
  knownPlaces.set(now, placesOf(hands)); // Nobody has moved.
  moveLine(hands, now, before, after);
  return now;
}

function added(hands: readonly Hand[], hand: Hand): readonly Hand[] {
  const places = placesOf(hands);
  places.set(hand.employee, hands.length);
  const now = [...hands, hand];
  knownPlaces.set(now, places);
  moveLine(hands, now, [], [hand]);
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
