/**
 * Reads a durable consumer as an ordered log. A consumer redelivers out of order after a stall, and "this sequence was
 * applied" would then swallow messages; so the reader expects `deliverySequence = last + 1`, and at anything else, and at
 * its start, sends the consumer back to its acknowledgement floor and discards until delivery 1 appears. What was
 * buffered before that never reaches the reader.
 */
import type { ConsumerMessages, JetStreamManager, JsMsg } from "@nats-io/jetstream";
import { errors } from "@nats-io/transport-node";
import { pinGroup, pullExpiresMs } from "../../protocols/streams.ts";

export interface OrderedLogOptions {
  readonly jsm: JetStreamManager;
  readonly stream: string;
  readonly consumer: string;
  /** Messages held in memory before they are taken. */
  readonly buffer: number;
  readonly onMessage: (message: JsMsg) => void;
  /** The order was broken, and nothing more is read. Called once; `stop` and `start` read from the floor again. */
  readonly onGap: () => void;
  readonly onTrouble: (what: string) => void;
}

const troubles: ReadonlySet<string> = new Set(["consumer_not_found", "stream_not_found", "no_responders"]);

export class OrderedLog {
  readonly #options: OrderedLogOptions;
  #messages: ConsumerMessages | null = null;
  #last = 0;
  #fresh = false;
  /** Counts starts and stops: what belongs to an earlier start is closed and not heard. */
  #epoch = 0;

  constructor(options: OrderedLogOptions) {
    this.#options = options;
  }

  /** Reads from the acknowledgement floor on. */
  async start(): Promise<void> {
    const epoch = ++this.#epoch;
    const { jsm, stream, consumer } = this.#options;
    // Whoever held the pin does no longer own this; without a pin this says so and that is all right.
    await jsm.consumers.unpin(stream, consumer, pinGroup).catch(() => {});
    this.#fresh = true;
    await jsm.consumers.reset(stream, consumer);
    await this.#consume(epoch);
  }

  async stop(): Promise<void> {
    this.#epoch++;
    const messages = this.#messages;
    this.#messages = null;
    await messages?.close();
  }

  /** Gives the pin up, so that the next owner is served at once. */
  async unpin(): Promise<void> {
    const { jsm, stream, consumer } = this.#options;
    await jsm.consumers.unpin(stream, consumer, pinGroup).catch(() => {}); // Without a connection nobody holds it.
  }

  async #consume(epoch: number): Promise<void> {
    const { jsm, stream, consumer, buffer, onTrouble } = this.#options;
    if (epoch !== this.#epoch) return;
    const reader = await jsm.jetstream().consumers.get(stream, consumer);
    const messages = await reader.consume({
      group: pinGroup,
      max_messages: buffer,
      expires: pullExpiresMs,
      callback: (message) => {
        if (epoch === this.#epoch) this.#take(message);
      },
    });
    if (epoch !== this.#epoch) return void (await messages.close());
    this.#messages = messages;
    void (async () => {
      for await (const { type } of messages.status()) if (troubles.has(type)) onTrouble(type);
    })();
    void messages.closed().then((error) => this.#ended(epoch, error));
  }

  #ended(epoch: number, error: unknown) {
    if (epoch !== this.#epoch) return;
    if (error instanceof errors.ClosedConnectionError) return; // For good: the node has ended.
    this.#options.onTrouble(`reading ended: ${error instanceof Error ? error.message : "closed"}`);
    setTimeout(() => {
      this.#consume(epoch).catch((cause) => this.#ended(epoch, cause));
    }, 500);
  }

  #take(message: JsMsg) {
    const sequence = message.info.deliverySequence;
    if (this.#fresh) {
      if (sequence !== 1) return; // From before the reset: it comes again.
      this.#fresh = false;
    } else if (sequence !== this.#last + 1) {
      this.#epoch++; // Nothing more is heard until it is started again.
      this.#options.onTrouble(`delivery ${sequence} came after ${this.#last}; reading again from the floor`);
      return this.#options.onGap();
    }
    this.#last = sequence;
    this.#options.onMessage(message);
  }
}
