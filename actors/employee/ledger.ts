/** The ledger of misses of one person: what counts, what it means, and how an entry changes. Pure. */
import type { StrikePolicy } from "../../protocols/queue-settings.ts";
import {
  countsAsStrike,
  type StrikeEntry,
  type StrikeRecord,
  type StrikeState,
} from "../../protocols/strike.ts";

/** Bounds the snapshot; the history is in the read model. Those that count are kept longest. */
export const maxEntries = 40;

const dayMs = 24 * 3_600_000;

export const strikesIn = (entries: readonly StrikeEntry[]): number => entries.filter(countsAsStrike).length;

/** 1 and 2 are recorded, the 3rd is a warning, the 4th (and any further) a violation that locks. */
export const strikeLevel = (
  count: number,
  { warnAtStrike, lockAtStrike }: Pick<StrikePolicy, "warnAtStrike" | "lockAtStrike">,
): StrikeRecord["level"] =>
  count >= lockAtStrike ? "violation" : count >= warnAtStrike ? "warning" : "recorded";

interface Key {
  readonly application: string;
  readonly assignment: number;
}
export const isEntry = (key: Key) => (entry: StrikeEntry) =>
  entry.application === key.application && entry.assignment === key.assignment;

export function withEntry(entries: readonly StrikeEntry[], entry: StrikeEntry): readonly StrikeEntry[] {
  const others = entries.filter((known) => !isEntry(entry)(known));
  const all = [...others, entry];
  if (all.length <= maxEntries) return all;
  const least = all.find((known) => !countsAsStrike(known) && known.state !== "judging") ?? all[0];
  return all.filter((known) => known !== least);
}

export const changed = (
  entries: readonly StrikeEntry[],
  entry: StrikeEntry,
  change: Partial<StrikeEntry>,
): { readonly entries: readonly StrikeEntry[]; readonly entry: StrikeEntry } => {
  const next = { ...entry, ...change };
  return { entry: next, entries: entries.map((known) => (known === entry ? next : known)) };
};

/** Those that end to count by their age. */
export const expiredBy = (entries: readonly StrikeEntry[], at: number, expireAfterDays: number) =>
  expireAfterDays === 0
    ? []
    : entries.filter((entry) => countsAsStrike(entry) && at - entry.at >= expireAfterDays * dayMs);

export const ended = (state: StrikeState, reason: string, by: string | null, at: number) =>
  ({ state, reason, decidedBy: by, decidedAt: at }) as const;
