/** The dispatcher over a long day: nobody gets more than their share, and nothing is starved by what is more urgent. */
import { expect, test } from "vitest";
import type { PendingReview } from "../../protocols/dispatcher.ts";
import { defaultQueueSettings } from "../../protocols/queue-settings.ts";
import { inLine } from "./line.ts";
import { freed, type Hand, taken } from "./round-robin.ts";
import { inTurn, joined, mayHave, type Waiting } from "./window.ts";

const minute = 60_000;
/** Repeatable: the same day each time. */
const chance = (seed: number) => {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
};

/** Events in time: whoever is done is free again; whoever is free takes what comes first. The choice is the dispatcher's own. */
function day(options: {
  readonly people: number;
  readonly reviews: readonly PendingReview[];
  readonly handleMs: () => number;
  readonly strategy?: "round_robin" | "load_balanced";
  readonly until?: number;
}) {
  const { people, reviews, handleMs, strategy = "round_robin", until = Number.POSITIVE_INFINITY } = options;
  const settings = defaultQueueSettings;
  let hands: readonly Hand[] = [];
  for (let i = 0; i < people; i++) hands = freed(hands, { employee: `p${i}` });
  const given = new Map<string, number>();
  const startedAt = new Map<string, number>();
  const busy: { employee: string; until: number }[] = [];
  const arrivals = [...reviews].sort((a, b) => (a.requestedAt ?? 0) - (b.requestedAt ?? 0));
  let window: readonly Waiting[] = [];
  for (let now = 0; startedAt.size < reviews.length && now < until; ) {
    while (arrivals[0] !== undefined && (arrivals[0].requestedAt ?? 0) <= now)
      window = joined(window, [arrivals.shift() as PendingReview], now);
    for (const one of busy.filter((b) => b.until <= now)) {
      busy.splice(busy.indexOf(one), 1);
      hands = freed(hands, { employee: one.employee });
    }
    for (const waiting of inTurn(window, now, settings.agingEveryMs)) {
      const hand = mayHave(waiting, now, settings)
        .map((may) => inLine(hands, strategy)(may))
        .find((found) => found !== null);
      if (!hand) break;
      hands = taken(hands, [hand.employee], now);
      given.set(hand.employee, (given.get(hand.employee) ?? 0) + 1);
      startedAt.set(waiting.review.application, now);
      busy.push({ employee: hand.employee, until: now + handleMs() });
      window = window.filter((other) => other !== waiting);
    }
    const next = [
      ...busy.map((one) => one.until),
      ...(arrivals[0] === undefined ? [] : [arrivals[0].requestedAt ?? 0]),
    ].filter((at) => at > now);
    now = next.length === 0 ? now + minute : Math.min(...next);
  }
  return { given, startedAt };
}

const review = (application: string, requestedAt: number, priority = 1): PendingReview => ({
  ...{ type: "ReviewRequested", application, request: 1, queue: "main", priority, exclude: null, reason: "" },
  requestedAt,
});

test("10,000 reviews among 50 equal people: nobody has more than 1.05 times the median", () => {
  const random = chance(7);
  const reviews = Array.from({ length: 10_000 }, (_, i) => review(`a${i}`, i * 13_000));
  const { given } = day({ people: 50, reviews, handleMs: () => (5 + 10 * random()) * minute });
  const counts = [...given.values()].sort((a, b) => a - b);
  expect(counts).toHaveLength(50);
  expect(counts.reduce((sum, one) => sum + one, 0)).toBe(10_000);
  expect((counts.at(-1) ?? 0) / (counts[25] ?? 1)).toBeLessThanOrEqual(1.05);
});

test("case 9: under a flood of urgent ones twice as large as can be done, an old one of the last level starts within the hour", () => {
  const random = chance(3);
  // Four people, ten minutes each: 24 an hour; 48 urgent ones come, for three hours.
  const flood = Array.from({ length: 144 }, (_, i) => review(`urgent${i}`, i * 75_000, 0));
  // It comes when nobody has a hand free any more.
  const cameAt = 30 * minute;
  const { startedAt } = day({
    people: 4,
    reviews: [...flood, review("last", cameAt, 3)],
    handleMs: () => (9 + 2 * random()) * minute,
  });
  const waited = ((startedAt.get("last") ?? Number.POSITIVE_INFINITY) - cameAt) / minute;
  expect(waited).toBeLessThanOrEqual(60);
  expect(waited).toBeGreaterThan(40);
});
