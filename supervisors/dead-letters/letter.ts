/** A record of the DEAD stream, whoever wrote it (the runtime, a copy line, a machine), as one thing to look at. */
import type { StoredMsg } from "@nats-io/jetstream";
import { Schema } from "effect";
import { parseAddress } from "../../protocols/address.ts";
import type { DeadLetter } from "../../protocols/dead-letter.ts";
import { parsePartitioned, subjects } from "../../protocols/subjects.ts";

const Written = Schema.Struct({
  type: Schema.optional(Schema.String),
  actor: Schema.optional(Schema.String),
  at: Schema.optional(Schema.String),
  cause: Schema.optional(
    Schema.Struct({ name: Schema.optional(Schema.String), message: Schema.optional(Schema.String) }),
  ),
  subject: Schema.optional(Schema.String),
  from: Schema.optional(Schema.NullOr(Schema.String)),
  message: Schema.optional(Schema.Json),
});
const decode = Schema.decodeUnknownOption(Schema.fromJsonString(Written));

export function readLetter(stored: StoredMsg): DeadLetter {
  const address = stored.subject.slice(subjects.dead("").length);
  const decoded = decode(stored.string());
  const written: typeof Written.Type = decoded._tag === "Some" ? decoded.value : {};
  const message = written.message ?? stored.string();
  return {
    letter: stored.seq,
    actor: written.actor ?? address,
    at: Date.parse(written.at ?? "") || stored.time.getTime(),
    cause: { name: written.cause?.name ?? written.type ?? "Unknown", message: written.cause?.message ?? "" },
    from: written.from ?? null,
    message: written.message === undefined ? jsonOrText(stored.string()) : message,
    replayTo: replayTarget(written),
  };
}

/** Back to where it came from. A machine's own letter names its message and no subject: that was mail of the actor. */
function replayTarget({ subject, actor, message }: typeof Written.Type): string | null {
  if (message === undefined) return null;
  if (subject === undefined) return hasType(message) && isAddress(actor) ? subjects.mailbox(actor) : null;
  if (subject.startsWith(subjects.part)) return subjects.mailbox(parsePartitioned(subject).address);
  const kept = [subjects.allTells, subjects.allOut, subjects.allJobs, subjects.allReviews];
  const known = kept.some((all) => subject.startsWith(all.slice(0, all.search(/[*>]/))));
  return known ? subject : null;
}

const hasType = (message: unknown) => typeof message === "object" && message !== null && "type" in message;

function isAddress(actor: string | undefined): actor is string {
  try {
    return actor !== undefined && parseAddress(actor).id !== "";
  } catch {
    return false; // A name of something else.
  }
}

function jsonOrText(text: string): Schema.Json {
  try {
    return JSON.parse(text);
  } catch {
    return text; // Not JSON: shown as the text that it is.
  }
}
