/** What a turn says, as messages of the one stream ACTS, so that they are stored with its state or not at all. */
import type { EventObject } from "xstate";
import { header, newSpan, newTrace, traceparent } from "../../protocols/envelope.ts";
import { subjects, topics } from "../../protocols/subjects.ts";
import type { Target } from "../../protocols/target.ts";
import type { TaskEntry } from "./actor-record.ts";
import { type Input, type MailDelivery, ownMessage, timerRing } from "./delivery.ts";
import { MachineDefect } from "./errors.ts";

export interface OutboxMessage {
  readonly subject: string;
  readonly body: string | Uint8Array;
  readonly headers: readonly (readonly [string, string])[];
}

/** A turn stops taking inputs beyond this many messages, so that it fits into a batch of 1,000. */
const fullAt = 400;
/** More than a batch can hold: one input may not say so much. */
const mostMessages = 900;
/** Below the server's max_payload of 1 MiB, headers included. */
const mostBytes = 1_000_000;

const replyPrefix = subjects.topic("reply.");

export class Outbox {
  readonly messages: OutboxMessage[] = [];
  readonly replies: { subject: string; body: string }[] = [];
  /** The step of the trace that speaks: one per input that is heard. */
  span = newSpan();
  readonly #address: string;
  readonly #id: string;
  readonly #now: number;

  constructor(address: string, id: string, now: number) {
    this.#address = address;
    this.#id = id;
    this.#now = now;
  }

  get isFull() {
    return this.messages.length >= fullAt;
  }

  save() {
    return { messages: this.messages.length, replies: this.replies.length };
  }

  rollBack(saved: ReturnType<Outbox["save"]>) {
    this.messages.length = saved.messages;
    this.replies.length = saved.replies;
  }

  send(target: Target, message: EventObject, trace: string, cause: number | null) {
    const body = JSON.stringify(message);
    switch (target.to) {
      case "actor":
        return this.#say(subjects.mailbox(target.address), body, trace, cause);
      case "topic":
        return this.#say(subjects.out(target.topic), body, target.newTrace ? newTrace() : trace, cause);
      case "record":
        return this.#say(subjects.out(topics.record(target.bucket, target.key)), body, trace, cause);
      case "reply":
        // The asker names the subject; it may name only the place where answers are heard.
        if (target.subject.startsWith(replyPrefix)) this.replies.push({ subject: target.subject, body });
    }
  }

  /** A fact for EVENTS, with who, when and the trace. */
  emit(fact: EventObject, trace: string) {
    const stored = { ...fact, actor: this.#address, at: new Date(this.#now).toISOString(), trace };
    this.#say(subjects.out(topics.event(fact.type, this.#id)), JSON.stringify(stored), trace, null);
  }

  /** The marker of a task waits unacknowledged in the mailbox until the task is answered: so a crash runs it again. */
  mark(invokeId: string, task: TaskEntry) {
    const body = JSON.stringify({ type: ownMessage.task, invoke: invokeId, task: task.id });
    this.#say(subjects.mailbox(this.#address), body, task.trace, null);
  }

  #say(subject: string, body: string, trace: string, cause: number | null) {
    const headers: [string, string][] = [
      [header.trace, traceparent(trace, this.span)],
      [header.from, this.#address],
    ];
    if (cause !== null) headers.push([header.cause, String(cause)]);
    this.add({ subject, body, headers });
  }

  add(message: OutboxMessage) {
    if (message.body.length > mostBytes)
      throw new MachineDefect({
        address: this.#address,
        message: `It said ${message.body.length} bytes to ${message.subject}; the most is ${mostBytes}. Put it into an object store.`,
      });
    if (this.messages.length >= mostMessages)
      throw new MachineDefect({
        address: this.#address,
        message: `It said more than ${mostMessages} things in one turn: spread them over several.`,
      });
    this.messages.push(message);
  }
}

/** A message that could not be applied, with its cause, for the stream DEAD. */
export function deadLetterMessage(
  address: string,
  input: Input,
  cause: { readonly name: string; readonly message: string },
  now: number,
): OutboxMessage {
  const original =
    input.kind === "mail"
      ? { subject: input.subject, sequence: input.sequence, from: input.from, message: readable(input.body) }
      : input.kind === "task"
        ? { task: input.invokeId, message: input.result }
        : { message: timerRing(input.timerId) };
  const letter = { type: "DeadLetter", actor: address, at: new Date(now).toISOString(), cause, ...original };
  const trace =
    input.kind === "mail" && input.trace ? [[header.trace, traceparent(input.trace)] as const] : [];
  return { subject: subjects.out(topics.dead(address)), body: JSON.stringify(letter), headers: trace };
}

/** Mail of a paused actor, set aside as it came. */
export function parkedMessage(address: string, input: MailDelivery): OutboxMessage {
  return {
    subject: subjects.parked(address),
    body: input.body,
    headers: input.trace ? [[header.trace, traceparent(input.trace)]] : [],
  };
}

function readable(body: Uint8Array): unknown {
  const text = new TextDecoder().decode(body);
  try {
    return JSON.parse(text);
  } catch {
    return text; // Not JSON: kept as the text that it is.
  }
}
