/**
 * The portal's memory: one JSON document per line, only ever appended. Read once at start; a last line torn by a kill is
 * cut off, since what it would have said was never confirmed to anybody.
 */
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { Schema } from "effect";
import { Application, Refusal } from "./application.ts";
import { Rule } from "./misbehaviour.ts";

export const JournalEntry = Schema.Union([
  /** First line: what everything else is derived from. `secret` signs form tokens. */
  Schema.Struct({
    type: Schema.Literal("Opened"),
    at: Schema.Finite,
    seed: Schema.Finite,
    secret: Schema.String,
  }),
  Schema.Struct({ type: Schema.Literal("PostingAppeared"), at: Schema.Finite, sequence: Schema.Finite }),
  Schema.Struct({ type: Schema.Literal("ApplicationReceived"), application: Application }),
  Schema.Struct({ type: Schema.Literal("ApplicationRefused"), refusal: Refusal }),
  Schema.Struct({ type: Schema.Literal("RulesSet"), rules: Schema.Array(Rule) }),
]);
export type JournalEntry = typeof JournalEntry.Type;

const decodeEntry = Schema.decodeUnknownSync(JournalEntry);

export interface Journal {
  readonly entries: readonly JournalEntry[];
  /** `durable`: returns only when the line is on the disk. */
  readonly append: (entry: JournalEntry, durable?: "durable") => void;
  readonly close: () => void;
}

/** Opens the journal at `path`, or one that forgets (null). Throws if a line before the last one is damaged. */
export const openJournal = (path: string | null): Journal => {
  if (path === null) return { entries: [], append: () => undefined, close: () => undefined };
  mkdirSync(dirname(path), { recursive: true });
  const entries: JournalEntry[] = [];
  if (existsSync(path)) {
    const bytes = readFileSync(path);
    const end = bytes.lastIndexOf(0x0a) + 1;
    if (end < bytes.length) truncateSync(path, end);
    for (const [index, line] of bytes.subarray(0, end).toString("utf8").split("\n").entries()) {
      if (line === "") continue;
      try {
        entries.push(decodeEntry(JSON.parse(line)));
      } catch (cause) {
        throw new Error(
          `Line ${index + 1} of the demo portal's journal ${path} is damaged; move the file away.`,
          { cause },
        );
      }
    }
  }
  const file = openSync(path, "a", 0o600);
  let size = fstatSync(file).size;
  let closed = false;
  return {
    entries,
    append: (entry, durable) => {
      const line = Buffer.from(`${JSON.stringify(entry)}\n`);
      try {
        writeFileSync(file, line);
        if (durable) fsyncSync(file);
      } catch (error) {
        // A full disk: half a line must not spoil the next one, and what was not confirmed must not come back.
        ftruncateSync(file, size);
        throw error;
      }
      size += line.length;
    },
    close: () => {
      if (!closed) closeSync(file);
      closed = true;
    },
  };
};
