/**
 * What a portal actor remembers of its board: one entry per posting, `<key>:<digest>` or `<key>:<digest>:<group>`. The key is
 * the board's own name for it, the digest tells a changed one, the group is the catalog actor that has been told of it.
 */

/** Bounded with the snapshot: an entry has some 40 characters. */
export const maxKnown = 1_500;

const partsOf = (entry: string) => {
  const [key = "", digest = "", group = ""] = entry.split(":");
  return { key, digest, group };
};

/** As adapters know them. */
export const withoutGroups = (known: readonly string[]): readonly string[] =>
  known.map((entry) => entry.split(":", 2).join(":"));

/**
 * Entries after a look: what it brought is newest, and the oldest beyond the bound are forgotten.
 * @param groups by key, of the postings that this look brought
 */
export function remember(
  known: readonly string[],
  seen: readonly string[],
  groups: ReadonlyMap<string, string> = new Map(),
): readonly string[] {
  const merged = new Map<string, string>();
  for (const entry of known) merged.set(partsOf(entry).key, entry);
  for (const entry of seen) {
    const { key, digest } = partsOf(entry);
    const before = merged.get(key);
    const group = groups.get(key) ?? (before === undefined ? "" : partsOf(before).group);
    merged.delete(key);
    merged.set(key, group === "" ? `${key}:${digest}` : `${key}:${digest}:${group}`);
  }
  return [...merged.values()].slice(-maxKnown);
}

export interface Gone {
  readonly key: string;
  readonly group: string;
}

/**
 * What a board that was read to its end does not list any more. Once may be a mistake of the board; at the second look in a
 * row a posting counts as gone.
 * @param listed entries of all that it lists; null if it said that nothing has changed
 * @param missing keys that were missing at the look before
 */
export function vanished(
  known: readonly string[],
  listed: readonly string[] | null,
  missing: readonly string[],
): {
  readonly gone: readonly Gone[];
  readonly missing: readonly string[];
  readonly known: readonly string[];
} {
  const there = listed === null ? null : new Set(listed.map((entry) => partsOf(entry).key));
  const before = new Set(missing);
  const absent = known.map(partsOf).filter(({ key }) => (there === null ? before.has(key) : !there.has(key)));
  const gone = absent.filter(({ key }) => before.has(key));
  const dropped = new Set(gone.map(({ key }) => key));
  return {
    gone: gone.filter(({ group }) => group !== ""),
    missing: absent.filter(({ key }) => !dropped.has(key)).map(({ key }) => key),
    known: known.filter((entry) => !dropped.has(partsOf(entry).key)),
  };
}

/** The catalog actors that know these keys. */
export function groupsOf(known: readonly string[], keys: ReadonlySet<string>): readonly Gone[] {
  return known.map(partsOf).filter(({ key, group }) => group !== "" && keys.has(key));
}
