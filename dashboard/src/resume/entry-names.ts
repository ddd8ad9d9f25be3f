/** What the entries of a section are called, so that no two fields of the desk have the same name. */

interface Entry {
  readonly name: string;
  /** What tells it from another of the same name, such as the position; "" if nothing does. */
  readonly detail: string;
}

export function entryNames(entries: readonly Entry[]): string[] {
  return entries.map((entry) => {
    const namesakes = entries.filter(({ name }) => name === entry.name);
    if (namesakes.length === 1) return entry.name;
    const twins = namesakes.filter(({ detail }) => detail === entry.detail);
    const number = twins.length === 1 ? "" : `${twins.indexOf(entry) + 1}`;
    const told = [entry.detail, number].filter(Boolean).join(" ");
    return told === "" ? entry.name : `${entry.name} (${told})`;
  });
}
