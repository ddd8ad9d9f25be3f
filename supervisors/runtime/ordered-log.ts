/**
 * Reads a durable consumer as an ordered log. A consumer redelivers out of order after a stall, and "this sequence was
 * applied" would then swallow messages; so the reader expects `deliverySequence = last + 1`, beginning with 1 after it has
 * sent the consumer back to its acknowledgement floor at its start. Anything else is a gap.
 *
 * A gap need not show: an earlier reader that is asleep still has a pull waiting at the server, and what goes there is lost
 * for us until somebody resets the consumer. So the server is asked now and then how many it has delivered.
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

/** Waits before each look at what the server has delivered; the last one is repeated. Right after a start most goes wrong. */
const lookAfterMs = [500, 1_000, 2_000, 4_000, 8_000, 15_000];
/** What was delivered when the server answered has arrived by then, unless it went elsewhere. */
const underWayMs = 400;

const troubles: ReadonlySet<string> = new Set(["consumer_not_found", "stream_not_found", "no_responders"]);

export class OrderedLog {
  readonly #options: OrderedLogOptions;
  #messages: ConsumerMessages | null = null;
  #last = 0;
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
    await jsm.consumers.reset(stream, consumer);
    if (epoch !== this.#epoch) return;
    this.#last = 0;
    await this.#consume(epoch);
    this.#lookLater(epoch, 0);
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
    if (sequence !== this.#last + 1) return this.#gap(`delivery ${sequence} came after ${this.#last}`);
    this.#last = sequence;
    this.#options.onMessage(message);
  }

  #gap(what: string) {
    this.#epoch++; // Nothing more is heard until it is started again.
    this.#options.onTrouble(`${what}; reading again from the floor`);
    this.#options.onGap();
  }

  #lookLater(epoch: number, times: number) {
    const waitMs = lookAfterMs[Math.min(times, lookAfterMs.length - 1)] ?? 0;
    setTimeout(() => {
      if (epoch !== this.#epoch) return;
      this.#look(epoch)
        .catch(() => {}) // No answer now: the next look finds it.
        .finally(() => this.#lookLater(epoch, times + 1));
    }, waitMs).unref();
  }

  async #look(epoch: number) {
    const { jsm, stream, consumer } = this.#options;
    const before = this.#last;
    const { delivered } = await jsm.consumers.info(stream, consumer);
    if (delivered.consumer_seq <= this.#last) return;
    await new Promise((resolve) => setTimeout(resolve, underWayMs));
    if (epoch !== this.#epoch || this.#last !== before) return; // It moves: what is under way arrives.
    this.#gap(`${delivered.consumer_seq} were delivered, and ${before} came here`);
  }
}
