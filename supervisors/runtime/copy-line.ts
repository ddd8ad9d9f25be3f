/**
 * Copies messages of one consumer on, in order and each once: published with an id, acknowledged after the stream has
 * stored it. The relay of the outbox and the feeds of other streams are both copy lines.
 */
import { JetStreamApiError, type JetStreamManager, type JsMsg } from "@nats-io/jetstream";
import { headers as newHeaders } from "@nats-io/transport-node";
import { header, newTrace, traceparent } from "../../protocols/envelope.ts";
import { outboxTarget, streams, subjects } from "../../protocols/subjects.ts";
import { bury } from "./bury.ts";
import { describeError } from "./errors.ts";
import { OrderedLog } from "./ordered-log.ts";

export interface CopyLineOptions {
  readonly jsm: JetStreamManager;
  readonly stream: string;
  readonly consumer: string;
  /** Where it goes. Throws on a message that can go nowhere. */
  readonly target: (message: JsMsg) => string;
  readonly log: (text: string) => void;
}

/** A stream that refuses says why each time; one that is not there may be electing a leader; silence says nothing. */
function triesFor(error: unknown): number {
  if (error instanceof JetStreamApiError) return 5;
  // Its class is not exported. No stream took the subject.
  return describeError(error).name === "JetStreamNotEnabled" ? 10 : Number.POSITIVE_INFINITY;
}
const retryMs = 1_000;
const readAhead = 500;

export class CopyLine {
  readonly #options: CopyLineOptions;
  readonly #log: OrderedLog;
  #tail: Promise<void> = Promise.resolve();
  #generation = 0;
  #failing = { seq: 0, times: 0 };

  constructor(options: CopyLineOptions) {
    this.#options = options;
    this.#log = new OrderedLog({
      jsm: options.jsm,
      stream: options.stream,
      consumer: options.consumer,
      buffer: readAhead,
      onMessage: (message) => this.#copy(message, this.#generation),
      onGap: () => this.#restartSoon("its order is broken"),
      onTrouble: (what) => options.log(`${options.consumer}: ${what}`),
    });
  }

  /** Never rejects: what can't begin now is tried again until it does, or until it is stopped. */
  async start(): Promise<void> {
    const generation = ++this.#generation;
    try {
      await this.#log.start();
    } catch (error) {
      if (generation === this.#generation) this.#restartSoon(describeError(error).message);
    }
  }

  async restart(): Promise<void> {
    await this.#log.stop();
    await this.start();
  }

  async stop(graceful = true) {
    this.#generation++;
    await this.#log.stop();
    await this.#tail.catch(() => {});
    if (graceful) await this.#log.unpin();
  }

  /** Publishes in the order of arrival; many may be on their way, since one connection keeps their order. */
  #copy(message: JsMsg, generation: number) {
    if (generation !== this.#generation) return;
    const { jsm, stream } = this.#options;
    let subject: string;
    try {
      subject = this.#options.target(message);
    } catch (error) {
      return void this.#bury(message, error);
    }
    const headers = newHeaders();
    // A record is its last value: said again in order it ends the same, while a repeat that is dropped might end older.
    if (!subject.startsWith("$KV.")) headers.set(header.messageId, `${stream}-${message.seq}`);
    headers.set(header.trace, message.headers?.get(header.trace) || traceparent(newTrace()));
    const from = message.headers?.get(header.from);
    if (from) headers.set(header.from, from);
    const stored = jsm.jetstream().publish(subject, message.data, { headers, timeout: 10_000 });
    this.#tail = stored.then(
      () => {
        message.ack();
      },
      (error) => this.#retry(message, error, generation),
    );
  }

  /** What follows must not overtake it: read again from the floor, after a while. A poison message is buried. */
  #retry(message: JsMsg, error: unknown, generation: number): Promise<void> | void {
    if (generation !== this.#generation) return;
    // Counted here, since a reset clears the server's own counters.
    this.#failing = {
      seq: message.seq,
      times: this.#failing.seq === message.seq ? this.#failing.times + 1 : 1,
    };
    if (this.#failing.times >= triesFor(error)) return this.#bury(message, error);
    this.#restartSoon(describeError(error).message);
  }

  #restartSoon(why: string) {
    const generation = ++this.#generation;
    this.#options.log(`${this.#options.consumer}: ${why}; reading again from the floor in ${retryMs} ms`);
    setTimeout(() => {
      if (generation !== this.#generation) return; // Stopped, or restarted by a reconnect.
      void this.restart();
    }, retryMs);
  }

  async #bury(message: JsMsg, error: unknown): Promise<void> {
    const { jsm, consumer } = this.#options;
    try {
      await bury(jsm, message, `line.${consumer}`, error);
    } catch (failed) {
      return this.#restartSoon(`message ${message.seq} can't be buried: ${describeError(failed).message}`);
    }
    this.#options.log(
      `${consumer}: message ${message.seq} is a dead letter: ${describeError(error).message}`,
    );
  }
}

export const relayConsumer = "relay-v1";

/** The outbox: `callboard.out.<topic>` of ACTS goes to `callboard.<topic>`. */
export const relay = (options: Pick<CopyLineOptions, "jsm" | "log">) =>
  new CopyLine({
    ...options,
    stream: streams.acts,
    consumer: relayConsumer,
    target: (message) => outboxTarget(message.subject),
  });

/** Messages of another stream as mail of the actors of one kind. */
export const feed = (
  options: Pick<CopyLineOptions, "jsm" | "log"> & {
    readonly stream: string;
    readonly consumer: string;
    readonly address: (message: unknown) => string;
  },
) => new CopyLine({ ...options, target: (message) => subjects.mailbox(options.address(message.json())) });
