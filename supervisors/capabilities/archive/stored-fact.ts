/** A record of the EVENTS stream as a fact: decoded as far as this build knows it, and readable in any case. */
import { Schema } from "effect";
import { Fact, Provenance } from "../../../protocols/event.ts";
import type { StoredRecord } from "./stream-reader.ts";

const Line = Schema.fromJsonString(
  Schema.StructWithRest(Schema.Struct({ type: Schema.String, ...Provenance.fields }), [
    Schema.Record(Schema.String, Schema.Json),
  ]),
);
const decodeLine = Schema.decodeUnknownOption(Line);
const decodeFact = Schema.decodeUnknownOption(Fact);

export interface ReadFact {
  readonly seq: number;
  readonly at: Date;
  readonly type: string;
  readonly actor: string;
  readonly about: string;
  /** The whole of it, as it was said. */
  readonly line: Readonly<Record<string, Schema.Json>>;
  /** Null if this build does not know it. */
  readonly fact: Fact | null;
}

/** Null if it is no fact at all: no JSON, or without type, actor and time. */
export const readFact = (record: StoredRecord): ReadFact | null => {
  const decoded = decodeLine(storable(record.text));
  if (decoded._tag === "None") return null;
  const line = decoded.value;
  const at = new Date(line.at);
  if (Number.isNaN(at.getTime())) return null;
  const fact = decodeFact(line);
  return {
    seq: record.seq,
    at,
    type: line.type,
    actor: line.actor,
    about: aboutOf(line),
    line,
    fact: fact._tag === "Some" ? fact.value : null,
  };
};

/** Whom or what it is about: the first of these that it names. */
const aboutOf = (line: Readonly<Record<string, Schema.Json>>): string => {
  for (const key of ["application", "job", "employee", "portal"]) {
    const value = line[key];
    if (typeof value === "string") return value;
  }
  return "";
};

/** Every escape of JSON, and what stands for a whole character as one. */
const escapes = /\\(?:ud[89ab][\da-f]{2}\\ud[c-f][\da-f]{2}|u[\da-f]{4}|.)/gi;

/** Postgres keeps neither NUL nor half a character; a posting that holds one is no reason to lose the fact. */
const storable = (text: string): string =>
  /\\u(?:0000|d[89a-f])/i.test(text)
    ? text.replace(escapes, (found) =>
        found === "\\u0000" ? "" : /^\\ud[89a-f]..$/i.test(found) ? "\\ufffd" : found,
      )
    : text;
