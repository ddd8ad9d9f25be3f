/**
 * Reads a durable consumer as an ordered log. What was delivered before and not acknowledged is read from the stream, which is
 * the truth about that; the consumer tells only what comes after it, and its deliveries are expected one after the other. Anything
 * else is a gap, and all is read again.
 *
 * The consumer is never reset. A replicated consumer counts what it delivers while a reset waits for its majority as delivered
 * after it, takes all before that for acknowledged, and the server then deletes mail that nobody has heard (nats-server 2.15.1;
 * `ordered-log.test.ts`, docs/durability.md).
 *
 * A gap need not show: an earlier reader that is asleep may still have a pull waiting at the server, and a pull may be lost with
 * its server. So the server is asked now and then how many it has delivered, and the stream whether it holds anything that has not
 * come. The consumer's own word for that is not enough: its leader counts what its own copy of the stream holds.
 */
import type {
  Consumer,
  ConsumerConfig,
  ConsumerInfo,
  ConsumerMessages,
  JetStreamManager,
  JsMsg,
  StoredMsg,
} from "@nats-io/jetstream";
import { errors, type NatsConnection } from "@nats-io/transport-node";
import { pinGroup, pullExpiresMs } from "../../protocols/streams.ts";
import { streams } from "../../protocols/subjects.ts";
import { readDirect, replicaAgainMs, replicaTries } from "../storage/read-direct.ts";
import { Settlement } from "./settlement.ts";
import { wakeConsumer } from "./wake-consumer.ts";

export type LogMessage = Pick<
  JsMsg,
  "seq" | "subject" | "data" | "headers" | "redelivered" | "ack" | "working" | "string" | "json"
>;

export interface OrderedLogOptions {
  readonly nc: NatsConnection;
  readonly jsm: JetStreamManager;
  readonly stream: string;
  readonly consumer: string;
  /** All that the consumer is given; more may fit. */
  readonly filter: string;
  /** A subject that fits the filter, too, and is written to find the end: it is no message. */
  readonly mark?: string;
  /** The sequence of something that fits the filter, behind all that was delivered so far; 0: nothing fits. */
  readonly end: () => Promise<number>;
  /** Messages held in memory before they are taken. */
  readonly buffer: number;
  /** @param waiting so many more were stored and not taken yet, as far as is known */
  readonly onMessage: (message: LogMessage, waiting: number) => void;
  /** The order was broken, and nothing more is read. Called once; `start` reads it all again. */
  readonly onGap: () => void;
  /** The server serves somebody else from now on, or has forgotten whom it served. */
  readonly onUnpinned?: () => void;
  readonly onTrouble: (what: string) => void;
}

/** Waits before each look at what the server has delivered; the last one is repeated. Right after a start most goes wrong. */
const lookAfterMs = [500, 1_000, 2_000, 4_000, 8_000, 15_000];
/** A copy of the stream that lacks a message for so long is not merely behind. */
const behindMs = 4_000;
/** What was delivered when the server answered has arrived by then, unless it went elsewhere. */
const underWayMs = 400;
const pageSize = 1_000;

/** What was acknowledged is gone from these, so that all that is there waits. */
const workQueues: ReadonlySet<string> = new Set([streams.acts, streams.tells]);

const troubles: ReadonlySet<string> = new Set(["consumer_not_found", "stream_not_found", "no_responders"]);

export class OrderedLog {
  readonly #options: OrderedLogOptions;
  #messages: ConsumerMessages | null = null;
  /** The consumer's number of the last delivery. */
  #last = 0;
  /** The stream's number of the last message that has come, or was read. */
  #lastSeq = 0;
  /** Said once: every log of a node asks the same broker. */
  #unanswered = false;
  /** Null where the server deletes what is acknowledged at no great cost, or need not delete it. */
  #settlement: Settlement | null = null;
  /** Counts starts and stops: what belongs to an earlier start is closed and not heard. */
  #epoch = 0;

  constructor(options: OrderedLogOptions) {
    this.#options = options;
  }

  /** Reads what was not acknowledged, and then what comes; an earlier reading ends. */
  async start(): Promise<void> {
    await this.stop();
    const epoch = ++this.#epoch;
    const { jsm, stream, consumer, mark, onMessage } = this.#options;
    // Asked for the consumer, the server drops the pulls of those who are gone. Unpinned before that, it would give the pin to
    // one of them and serve nobody until `priority_timeout` (nats-server 2.15.1).
    const reader = await jsm.jetstream().consumers.get(stream, consumer);
    await this.unpin(); // Whoever held the pin owns this no longer.
    const { delivered, ack_floor, num_pending, cluster, config } = await this.#info();
    if (epoch !== this.#epoch) return;
    const from = workQueues.has(stream) ? 1 : ack_floor.stream_seq + 1;
    const backlog = (await this.#delivered(from, delivered.stream_seq)).filter(
      ({ subject }) => subject !== mark,
    );
    if (epoch !== this.#epoch) return;
    this.#last = delivered.consumer_seq;
    this.#lastSeq = delivered.stream_seq;
    this.#settlement = workQueues.has(stream) && cluster === undefined ? this.#settles(config) : null;
    // All are known to be open before the first one can be acknowledged.
    const heard = backlog.map((message) => this.#heard(this.#again(message)));
    for (const [index, message] of heard.entries())
      onMessage(message, num_pending + heard.length - index - 1);
    await this.#consume(epoch, reader);
    this.#lookLater(epoch, 0);
  }

  async stop(): Promise<void> {
    this.#epoch++;
    const messages = this.#messages;
    this.#messages = null;
    this.#settlement?.stop();
    this.#settlement = null;
    await messages?.close();
  }

  /** Gives the pin up, or takes it from whoever has it, so that the next reader is served at once. */
  async unpin(): Promise<void> {
    const { jsm, stream, consumer } = this.#options;
    await jsm.consumers.unpin(stream, consumer, pinGroup).catch(() => {}); // Nobody holds it, or nobody is there to be asked.
  }

  /** What the stream holds of what was delivered, up to the sequence `upTo`. */
  async #delivered(from: number, upTo: number): Promise<StoredMsg[]> {
    if (upTo < from) return [];
    const { jsm, stream, filter, end } = this.#options;
    for (let tried = 1; tried <= replicaTries; tried++) {
      const enough = Math.min(await end(), upTo);
      const found: StoredMsg[] = [];
      for (let page = pageSize; page === pageSize && (found.at(-1)?.seq ?? 0) < enough; ) {
        const seq = (found.at(-1)?.seq ?? from - 1) + 1;
        const read = await readDirect(jsm, stream, { seq, next_by_subj: filter, batch: pageSize });
        found.push(...read);
        page = read.length;
      }
      // A replica stores in order: one that has this has all before it.
      if ((found.at(-1)?.seq ?? 0) >= enough) return found.filter(({ seq }) => seq <= upTo);
      await new Promise((resolve) => setTimeout(resolve, replicaAgainMs));
    }
    throw new Error("The replicas that answered have not stored all yet.");
  }

  #settles({ filter_subject, max_ack_pending }: ConsumerConfig): Settlement {
    const { nc, jsm, stream, consumer, filter, onTrouble } = this.#options;
    return new Settlement({
      most: max_ack_pending ?? Number.POSITIVE_INFINITY,
      goOn: () => wakeConsumer(nc, stream, consumer),
      purge: async (before) =>
        (await jsm.streams.purge(stream, { filter: filter_subject ?? filter, seq: before })).purged,
      acknowledge: (seq) => this.#answer(seq, "+ACK"),
      onTrouble,
    });
  }

  /** As for any delivery: the server goes by the number in the stream. */
  #answer(seq: number, word: string) {
    const { nc, stream, consumer } = this.#options;
    if (nc.isClosed()) return; // It is delivered again, to whoever comes next.
    nc.publish(`$JS.ACK.${stream}.${consumer}.1.${seq}.1.0.0`, word);
  }

  #heard(message: LogMessage): LogMessage {
    const settlement = this.#settlement;
    if (settlement === null) return message;
    settlement.delivered(message.seq);
    return new Heard(message, settlement);
  }

  /** A message that was delivered before. */
  #again(message: StoredMsg): LogMessage {
    return {
      seq: message.seq,
      subject: message.subject,
      data: message.data,
      headers: message.header,
      redelivered: true,
      string: () => message.string(),
      json: <T>() => message.json<T>(),
      ack: () => this.#answer(message.seq, "+ACK"),
      working: () => this.#answer(message.seq, "+WPI"),
    };
  }

  async #consume(epoch: number, reader: Consumer): Promise<void> {
    const { buffer, onTrouble, onUnpinned } = this.#options;
    if (epoch !== this.#epoch) return;
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
      for await (const { type } of messages.status()) {
        if (troubles.has(type)) onTrouble(type);
        if (type === "consumer_unpinned" && epoch === this.#epoch) onUnpinned?.();
      }
    })();
    void messages.closed().then((error) => this.#ended(epoch, reader, error));
  }

  #ended(epoch: number, reader: Consumer, error: unknown) {
    if (epoch !== this.#epoch) return;
    if (error instanceof errors.ClosedConnectionError) return; // For good: the node has ended.
    this.#options.onTrouble(`reading ended: ${error instanceof Error ? error.message : "closed"}`);
    setTimeout(() => {
      this.#consume(epoch, reader).catch((cause) => this.#ended(epoch, reader, cause));
    }, 500);
  }

  #take(message: JsMsg) {
    const { deliverySequence, pending } = message.info;
    if (deliverySequence !== this.#last + 1)
      return this.#gap(`delivery ${deliverySequence} came after ${this.#last}`);
    this.#last = deliverySequence;
    this.#lastSeq = Math.max(this.#lastSeq, message.seq);
    this.#options.onMessage(this.#heard(message), pending);
  }

  #gap(what: string) {
    this.#epoch++; // Nothing more is heard until it is started again.
    this.#options.onTrouble(`${what}; reading again what is not acknowledged`);
    this.#options.onGap();
  }

  /** @param heldBack messages had come when something waited at the last look; null: nothing did. */
  #lookLater(epoch: number, times: number, heldBack: number | null = null) {
    const waitMs = lookAfterMs[Math.min(times, lookAfterMs.length - 1)] ?? 0;
    setTimeout(() => {
      if (epoch !== this.#epoch) return;
      this.#look(epoch, waitMs, heldBack)
        .then(
          (waits) => {
            this.#unanswered = false;
            return waits;
          },
          (error: Error) => {
            // The next look finds it.
            if (waitMs <= pullExpiresMs) return null;
            if (!this.#unanswered) this.#options.onTrouble(`no word about what waits (${error.message})`);
            this.#unanswered = true;
            return null;
          },
        )
        .then((waits) => this.#lookLater(epoch, times + 1, waits));
    }, waitMs).unref();
  }

  /** @returns how many had come, if something waits for delivery; else null. */
  async #look(epoch: number, waitedMs: number, heldBack: number | null): Promise<number | null> {
    const { jsm, stream, filter } = this.#options;
    const before = this.#last;
    const { delivered, num_pending, num_ack_pending, config } = await this.#info();
    const mayCome = num_ack_pending < (config.max_ack_pending ?? Number.POSITIVE_INFINITY);
    const missing = { seq: this.#lastSeq + 1, next_by_subj: config.filter_subject ?? filter };
    const waits = mayCome && (await jsm.streams.getMessage(stream, missing)) !== null ? before : null;
    // Nothing of what waited at the last look has been given to anybody since. A busy server may let several of our pulls run
    // out before it gives anything.
    const unseen = num_pending === 0;
    const stuck = waits !== null && waits === heldBack && waitedMs >= (unseen ? behindMs : pullExpiresMs);
    if (delivered.consumer_seq === before && !stuck) return waits;
    await new Promise((resolve) => setTimeout(resolve, underWayMs));
    if (epoch !== this.#epoch || this.#last !== before) return null; // It moves: what is under way arrives.
    if (stuck && unseen) await this.#deposeLeader();
    this.#gap(
      `${delivered.consumer_seq} were delivered, ${num_pending} wait by the consumer's word, ${waits === null ? "none" : "some"} by the stream's, and ${before} came here`,
    );
    return null;
  }

  /** It does not see what the stream holds; another server may. */
  async #deposeLeader(): Promise<void> {
    const { nc, stream, consumer } = this.#options;
    // Without a cluster it is refused.
    await nc.request(`$JS.API.CONSUMER.LEADER.STEPDOWN.${stream}.${consumer}`).catch(() => {});
  }

  /**
   * What its leader says of the consumer. A server that has started and not yet read what it stores answers, too: that nothing was
   * delivered and nothing waits. It alone says nothing of who is pinned (nats-server 2.15.1, `jsConsumerInfoRequest`).
   * @throws if it was such a one; to be asked again.
   */
  async #info(): Promise<ConsumerInfo> {
    const { jsm, stream, consumer } = this.#options;
    const info = await jsm.consumers.info(stream, consumer);
    if (!("priority_groups" in info)) throw new Error("the server that answered has only just begun");
    return info;
  }
}

/** A message that is taken out of the stream when it is acknowledged, maybe with others. */
class Heard implements LogMessage {
  readonly #message: LogMessage;
  readonly #settlement: Settlement;
  constructor(message: LogMessage, settlement: Settlement) {
    this.#message = message;
    this.#settlement = settlement;
  }
  get seq() {
    return this.#message.seq;
  }
  get subject() {
    return this.#message.subject;
  }
  get data() {
    return this.#message.data;
  }
  get headers() {
    return this.#message.headers;
  }
  get redelivered() {
    return this.#message.redelivered;
  }
  string() {
    return this.#message.string();
  }
  json<T>() {
    return this.#message.json<T>();
  }
  ack() {
    this.#settlement.acknowledged(this.#message.seq);
  }
  working() {
    this.#message.working();
  }
}
