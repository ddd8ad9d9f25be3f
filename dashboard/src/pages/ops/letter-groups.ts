/** Dead letters by fingerprint: what went wrong, and to which kind of actor. One cause is dealt with once, not four hundred times. */
import type { DeadLetter } from "../../../../protocols/dead-letter.ts";

export interface LetterGroup {
  /** `<cause> <kind>`. */
  readonly fingerprint: string;
  readonly cause: string;
  readonly kind: string;
  /** Types of the messages in it, the most frequent first. */
  readonly types: readonly string[];
  /** Oldest first. */
  readonly letters: readonly DeadLetter[];
}

/** The largest group first. */
export function groupLetters(letters: readonly DeadLetter[]): LetterGroup[] {
  const groups = new Map<string, DeadLetter[]>();
  for (const letter of letters) {
    const fingerprint = `${letter.cause.name} ${kindOf(letter.actor)}`;
    groups.set(fingerprint, [...(groups.get(fingerprint) ?? []), letter]);
  }
  return [...groups]
    .map(([fingerprint, all]) => ({
      fingerprint,
      cause: all[0]?.cause.name ?? "",
      kind: kindOf(all[0]?.actor ?? ""),
      types: typesOf(all),
      letters: [...all].sort((a, b) => a.letter - b.letter),
    }))
    .sort((a, b) => b.letters.length - a.letters.length || a.fingerprint.localeCompare(b.fingerprint));
}

const kindOf = (actor: string) => actor.split(".", 1)[0] ?? "";

function typesOf(letters: readonly DeadLetter[]): string[] {
  const counts = new Map<string, number>();
  for (const { message } of letters) {
    const type =
      typeof message === "object" && message !== null && "type" in message && typeof message.type === "string"
        ? message.type
        : "no message";
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([type]) => type);
}

/** How many fell into each of `buckets` equal pieces between the oldest and now. */
export function arrivals(letters: readonly DeadLetter[], now: number, buckets = 12): number[] {
  const oldest = Math.min(...letters.map(({ at }) => at), now - 60_000);
  const counts = new Array<number>(buckets).fill(0);
  for (const { at } of letters) {
    const bucket = Math.min(buckets - 1, Math.floor((buckets * (at - oldest)) / Math.max(1, now - oldest)));
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  return counts;
}
