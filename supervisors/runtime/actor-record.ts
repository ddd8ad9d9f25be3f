/** What is stored of an actor: one JSON document on its state subject, replaced by each turn. */
import { Schema } from "effect";
import type { EventObject } from "xstate";
import type { Target } from "../../protocols/target.ts";
import { SnapshotTooLarge } from "./errors.ts";

/** A timer that waits. The alarm of the earliest carries its `id`; one without it is stale. */
export interface TimerEntry {
  readonly id: string;
  readonly dueAt: number;
  readonly event: EventObject;
  readonly target: Target | null;
  readonly trace: string;
  /** The step that set it; what was stored before steps had ids has none. */
  readonly span?: string;
  /** Its alarm has come and could not be heard: it lies among the dead letters or the parked mail, and comes again from there. */
  readonly rung?: true;
}

/** A task that was asked for and has not been answered. */
export interface TaskEntry {
  /** Unique per invocation; an answer without it is stale. */
  readonly id: string;
  readonly src: string;
  readonly input: unknown;
  readonly trace: string;
  /** The step that asked; what was stored before steps had ids has none. */
  readonly span?: string;
}

export interface ActorRecord {
  /** The machine's id, such as `employee@1`. */
  readonly version: string;
  /** What `machine.getPersistedSnapshot` gave. */
  readonly snapshot: unknown;
  /** ACTS sequence of the last message applied; a message at or below it was applied already. */
  readonly cursor: number;
  /** By the machine's own send id. */
  readonly timers: Readonly<Record<string, TimerEntry>>;
  /** By the machine's own invoke id. */
  readonly tasks: Readonly<Record<string, TaskEntry>>;
  /** How often the message behind the cursor has failed. */
  readonly attempts: number;
  /** Why it is parked with its mailbox; null while it works. */
  readonly paused: string | null;
  /** Events that no state handled, since creation. */
  readonly ignored: number;
  /** The trace of its first message, where the kind keeps to one. */
  readonly trace: string | null;
}

const Stored = Schema.Struct({
  version: Schema.String,
  snapshot: Schema.Unknown,
  cursor: Schema.Int,
  timers: Schema.Record(Schema.String, Schema.Unknown),
  tasks: Schema.Record(Schema.String, Schema.Unknown),
  attempts: Schema.Int,
  paused: Schema.NullOr(Schema.String),
  ignored: Schema.Int,
  trace: Schema.NullOr(Schema.String),
});
const decodeStored = Schema.decodeUnknownSync(Schema.fromJsonString(Stored));

/** Warning and refusal size of a stored actor, bytes. */
export const warnBytes = 64 * 1024;
export const refusalBytes = 256 * 1024;

/** @throws SnapshotTooLarge */
export function encodeRecord(address: string, record: ActorRecord): string {
  return refuseAbove(address, JSON.stringify(record));
}

/** @throws SnapshotTooLarge */
export function refuseAbove(address: string, json: string): string {
  if (json.length > refusalBytes)
    throw new SnapshotTooLarge({
      address,
      message: `Its state would be ${json.length} bytes, more than the ${refusalBytes} allowed: bound its context.`,
    });
  return json;
}

/** @throws SchemaError if the stored bytes are no record. Written by ourselves; the entries are trusted then. */
export function decodeRecord(json: string): ActorRecord {
  return decodeStored(json) as ActorRecord;
}
