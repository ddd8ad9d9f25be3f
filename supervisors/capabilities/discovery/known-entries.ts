/**
 * Which of a board's items are worth a look: `known` holds `<key>:<digest>` of those seen before. The answer's `known` names
 * all that the board still lists, so the portal actor forgets first what is gone.
 */
import { createHash } from "node:crypto";

/** More than this is not looked at: the actor's memory is bounded, and no board of one company lists so many. */
export const maxItems = 1_500;

export const digest = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 8);

/** A board's own id as a key: short, without surprises. */
export const keyOf = (externalId: string): string =>
  /^[\w.=-]{1,40}$/.test(externalId) ? externalId : `h${digest(externalId)}${digest(`${externalId}/`)}`;

export interface Item<T> {
  readonly key: string;
  readonly digest: string;
  readonly value: T;
}

/** Splits what a board lists into what is known as it is and what is new or changed, in the board's order. */
export function compare<T>(items: readonly Item<T>[], known: readonly string[]) {
  const before = new Set(known);
  const unique = [...new Map(items.slice(0, maxItems).map((item) => [item.key, item])).values()];
  return {
    same: unique.filter(entryIsIn(before)).map(entryOf),
    fresh: unique.filter((item) => !entryIsIn(before)(item)),
  };
}

export const entryOf = (item: Item<unknown>): string => `${item.key}:${item.digest}`;
const entryIsIn = (before: ReadonlySet<string>) => (item: Item<unknown>) => before.has(entryOf(item));
