/**
 * What an edge has in hand, in a file of its own: a line for each thing that begins, and one when it is settled. So it is known after a
 * kill -9, by the edge that starts in the same place. Not synced: a power cut may take the last lines.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync } from "node:fs";
import { dirname } from "node:path";
import { Option, Schema } from "effect";

export interface Journal<T> {
  /** Begun in an earlier life and not settled. */
  readonly left: ReadonlyMap<number, T>;
  /** @returns what settles it */
  begin(entry: T): number;
  settle(id: number): void;
}

/** What can't be written is kept in memory only, and said once. */
export function openJournal<T>(
  file: string,
  decode: (entry: unknown) => Option.Option<T>,
  log: (line: string) => void,
): Journal<T> {
  const open = new Set<number>();
  let fails = false;
  const write = (act: () => void) => {
    try {
      act();
      fails = false;
    } catch (error) {
      if (!fails) log(`${file} can't be written, so that a crash forgets what is in hand: ${error}`);
      fails = true;
    }
  };
  const left = new Map<number, T>();
  let last = 0;
  write(() => {
    mkdirSync(dirname(file), { recursive: true });
    if (!existsSync(file)) return appendFileSync(file, "", { mode: 0o600 });
    const text = readFileSync(file, "utf8");
    if (text !== "" && !text.endsWith("\n")) appendFileSync(file, "\n");
    for (const { id, entry } of linesOf(text)) {
      last = Math.max(last, id);
      const begun = entry === undefined ? Option.none<T>() : decode(entry);
      if (Option.isSome(begun)) left.set(id, begun.value);
      else left.delete(id);
    }
  });
  for (const id of left.keys()) open.add(id);
  return {
    left,
    begin: (entry) => {
      const id = ++last;
      open.add(id);
      write(() => appendFileSync(file, `${JSON.stringify({ id, entry })}\n`));
      return id;
    },
    settle: (id) => {
      if (!open.delete(id)) return;
      // Empty again and again, it never grows long.
      write(() =>
        open.size === 0 ? truncateSync(file) : appendFileSync(file, `${JSON.stringify({ id })}\n`),
      );
    },
  };
}

const Line = Schema.fromJsonString(Schema.Struct({ id: Schema.Int, entry: Schema.optional(Schema.Unknown) }));
const decodeLine = Schema.decodeUnknownOption(Line);

/** One that was cut off in the middle is left out. */
const linesOf = (text: string) =>
  text
    .split("\n")
    .flatMap((line) => Option.match(decodeLine(line), { onNone: () => [], onSome: (one) => [one] }));
