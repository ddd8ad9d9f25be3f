/**
 * The reviews that the dispatcher has taken from the queue and not given out yet: a bounded window over its head. Which comes first,
 * and who may have it.
 *
 * By level (`levelAfter`), oldest first inside one, so that what waits long enough comes before whatever is urgent and new: strict
 * priority alone would starve it.
 */
import type { PendingReview } from "../../protocols/dispatcher.ts";
import { levelAfter, type QueueSettings } from "../../protocols/queue-settings.ts";
import type { Hand } from "./round-robin.ts";

export interface Waiting {
  readonly review: PendingReview;
  /** When it came into the window, epoch milliseconds. */
  readonly takenAt: number;
}

/** Bounds the snapshot: about 400 bytes each. */
export const maxWindow = 100;

const requestedAt = ({ review, takenAt }: Waiting) => review.requestedAt ?? takenAt;

/** Next first. */
export function inTurn(window: readonly Waiting[], now: number, agingEveryMs: number): Waiting[] {
  const level = new Map(
    window.map((waiting) => [
      waiting,
      levelAfter(waiting.review.priority, now - requestedAt(waiting), agingEveryMs),
    ]),
  );
  return [...window].sort(
    (a, b) =>
      (level.get(a) ?? 0) - (level.get(b) ?? 0) ||
      requestedAt(a) - requestedAt(b) ||
      (a.review.application < b.review.application ? -1 : 1),
  );
}

/** Taken again from the queue (after a crash, or asked for anew), it is there once, in its newest form. */
export function joined(
  window: readonly Waiting[],
  reviews: readonly PendingReview[],
  now: number,
): Waiting[] {
  const newest = new Map(window.map((waiting) => [waiting.review.application, waiting]));
  for (const review of reviews) {
    const known = newest.get(review.application);
    if (known !== undefined && known.review.request >= review.request) continue;
    newest.set(review.application, { review, takenAt: now });
  }
  return [...newest.values()];
}

type Rules = Pick<QueueSettings, "skillRules" | "relaxSkillsAfterMs" | "waiveExclusionAfterMs">;

/** The skills that it still asks for: from the last one on they are dropped, one each `relaxSkillsAfterMs`. */
export function stillRequired(waiting: Waiting, now: number, rules: Rules): readonly string[] {
  const { title = "", company = "" } = waiting.review;
  const about = `${title} ${company}`.toLowerCase();
  const requires = rules.skillRules
    .filter(({ match }) => about.includes(match.toLowerCase()))
    .map(({ skill }) => skill);
  if (rules.relaxSkillsAfterMs === 0) return requires;
  const dropped = Math.floor(Math.max(0, now - requestedAt(waiting)) / rules.relaxSkillsAfterMs);
  return requires.slice(0, Math.max(0, requires.length - dropped));
}

/**
 * Whom a review may be offered, in two steps: first without who is excluded; then, once it has lain in the window for
 * `waiveExclusionAfterMs` and so nobody else could have it, with them.
 */
export function mayHave(waiting: Waiting, now: number, rules: Rules): readonly ((hand: Hand) => boolean)[] {
  const { exclude, excludeUntil = Number.POSITIVE_INFINITY } = waiting.review;
  const required = stillRequired(waiting, now, rules);
  const able = (hand: Hand) => required.every((skill) => hand.skills.includes(skill));
  if (exclude === null || now >= excludeUntil) return [able];
  const others = (hand: Hand) => able(hand) && hand.employee !== exclude;
  return now - waiting.takenAt >= rules.waiveExclusionAfterMs ? [others, able] : [others];
}
