/**
 * What ops does about dead letters and parked actors: looks, replays as it was or edited, drops, resumes. Each act is recorded
 * in EVENTS before the letter leaves DEAD.
 *
 * A letter is replayed once: its mail carries the letter's own id, which the stream knows for ten minutes, and after that the
 * recorded fact says that it was. Repeat a replay whose end you did not see: it ends the same.
 */
import { JetStreamApiError, type JetStreamManager, type StoredMsg } from "@nats-io/jetstream";
import { headers as newHeaders } from "@nats-io/transport-node";
import { encodeToken } from "../../protocols/address.ts";
import type { DeadLetter, DeadPage } from "../../protocols/dead-letter.ts";
import { header, newTrace, parseTraceparent, traceparent } from "../../protocols/envelope.ts";
import type { Fact } from "../../protocols/event.ts";
import { streams, subjects } from "../../protocols/subjects.ts";
import { readDirect } from "../storage/read-direct.ts";
import { readLetter } from "./letter.ts";

/** What was asked for is not there, or can't be done: `message` is a sentence for a person. */
export class DeskRefusal extends Error {
  readonly reason: string;
  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
  }
}

export interface Which {
  readonly of?: string | undefined;
  readonly cause?: string | undefined;
}

/** Who does it, and why. */
export interface Handled {
  readonly by: string;
  readonly reason: string;
}

const pageSize = 50;

/** A page of letters that fit, oldest first. `cause` is looked for among the letters read, so a page may be short. */
export async function listDead(
  jsm: JetStreamManager,
  {
    of,
    cause,
    after = 0,
    limit = pageSize,
  }: Which & { after?: number | undefined; limit?: number | undefined },
): Promise<DeadPage> {
  const { state } = await jsm.streams.info(streams.dead);
  const subject =
    of === undefined ? subjects.allDead : of.includes(".") ? subjects.dead(of) : subjects.deadOf(of);
  const page = await readDirect(jsm, streams.dead, { seq: after + 1, next_by_subj: subject, batch: limit });
  const read = page.map(readLetter);
  const items = cause === undefined ? read : read.filter((letter) => letter.cause.name === cause);
  return { items, next: read.length < limit ? null : (read.at(-1)?.letter ?? null), total: state.messages };
}

/** @throws DeskRefusal if there is none. */
export async function storedLetter(jsm: JetStreamManager, letter: number): Promise<StoredMsg> {
  const stored = await jsm.streams.getMessage(streams.dead, { seq: letter });
  if (stored !== null) return stored;
  throw new DeskRefusal(
    "NoSuchLetter",
    `There is no dead letter ${letter}: it was replayed, dropped, or is older than is kept.`,
  );
}

/**
 * @param edited takes the place of what was said
 * @returns the ACTS sequence of the mail, or null if it went to another stream
 * @throws DeskRefusal if there is no such letter, or nothing in it to send again
 */
export async function replayLetter(
  jsm: JetStreamManager,
  letter: number,
  { by, reason }: Handled,
  edited?: unknown,
): Promise<{ readonly stream: string; readonly seq: number }> {
  const stored = await storedLetter(jsm, letter);
  const dead = readLetter(stored);
  if (dead.replayTo === null)
    throw new DeskRefusal(
      "NothingToReplay",
      `Dead letter ${letter} of ${dead.actor} tells an outcome and holds no message to send again. Deal with it there, then drop it.`,
    );
  const message = edited ?? dead.message;
  const ack = await jsm
    .jetstream()
    .publish(dead.replayTo, typeof message === "string" ? message : JSON.stringify(message), {
      headers: replayHeaders(stored, dead),
    });
  await record(jsm, `replayed-${letter}`, String(letter), {
    type: "DeadLetterReplayed",
    by,
    reason,
    letter,
    dead: dead.actor,
    cause: causeOf(dead),
    edited: edited !== undefined,
  });
  await remove(jsm, letter);
  return ack;
}

function replayHeaders(stored: StoredMsg, { letter, from }: DeadLetter) {
  const headers = newHeaders();
  headers.set(header.messageId, `replay-${letter}`);
  headers.set(
    header.trace,
    traceparent(parseTraceparent(stored.header.get(header.trace)).trace ?? newTrace()),
  );
  if (from !== null) headers.set(header.from, from);
  return headers;
}

/** @throws DeskRefusal if there is none. */
export async function dropLetter(
  jsm: JetStreamManager,
  letter: number,
  { by, reason }: Handled,
): Promise<void> {
  const dead = readLetter(await storedLetter(jsm, letter));
  await record(jsm, `dropped-${letter}`, String(letter), {
    type: "DeadLetterDropped",
    by,
    reason,
    letter,
    dead: dead.actor,
    cause: causeOf(dead),
  });
  await remove(jsm, letter);
}

const causeOf = ({ cause }: DeadLetter) => `${cause.name}: ${cause.message}`.slice(0, 500);

/** A fact of ops. `id` makes it be stored once. */
export async function record(
  jsm: JetStreamManager,
  id: string,
  about: string,
  fact: Extract<
    Fact,
    { by: string; reason: string; type: "DeadLetterReplayed" | "DeadLetterDropped" | "ActorResumed" }
  >,
): Promise<void> {
  const provenance = {
    actor: `desk.${encodeToken(fact.by)}`,
    at: new Date().toISOString(),
    trace: newTrace(),
  };
  await jsm
    .jetstream()
    .publish(subjects.event(fact.type, about), JSON.stringify({ ...fact, ...provenance }), { msgID: id });
}

/** Somebody else may have been faster: then it is gone all the same. */
async function remove(jsm: JetStreamManager, letter: number): Promise<void> {
  try {
    await jsm.streams.deleteMessage(streams.dead, letter, false);
  } catch (error) {
    if (!(error instanceof JetStreamApiError)) throw error;
  }
}
