/**
 * One (kind, partition) that this node owns, or tries to: its fence, its log of mail and the actors in memory.
 * "Open" means that our fence was written and nobody has written another since, as far as we know.
 */
import type { JetStreamManager, JsMsg } from "@nats-io/jetstream";
import { header, parseTraceparent } from "../../protocols/envelope.ts";
import { partitionConsumer } from "../../protocols/streams.ts";
import { parsePartitioned, streams, subjects } from "../../protocols/subjects.ts";
import type { MailDelivery } from "./delivery.ts";
import type { HostedKind } from "./hosted-kind.ts";
import { OrderedLog } from "./ordered-log.ts";
import type { ResidentActor } from "./resident-actor.ts";

export interface PartitionOptions {
  readonly jsm: JetStreamManager;
  readonly nodeId: string;
  readonly kind: HostedKind;
  readonly p: number;
  readonly onMail: (partition: Partition, mail: MailDelivery) => void;
  /** It was delivered before: after a loss of the connection, a gap, or a stall. */
  readonly onRedelivery?: (kind: string) => void;
  /** The order of its log is broken: it has to be opened anew, with a new fence, since a turn may be on its way. */
  readonly onGap: (partition: Partition) => void;
  readonly log: (text: string) => void;
}

/** Messages buffered ahead of the turns, per partition. */
const readAhead = 1_000;
/** A busy server answers late; a lost connection is heard of otherwise. A stream may be electing its leader: asked again then. */
const patienceMs = 5_000;
/** A held marker tells the server that it is still at it; well below the consumer's ack_wait. */
const workingEveryMs = 600_000;

export class Partition {
  readonly kind: HostedKind;
  readonly p: number;
  readonly name: { readonly kind: string; readonly text: string };
  readonly actors = new Map<string, ResidentActor>();
  /** Counts the openings. What belongs to an earlier one is void. */
  generation = 0;
  /** The stream sequence of our fence; null while closed or opening. */
  fence: number | null = null;
  readonly #options: PartitionOptions;
  readonly #log: OrderedLog;
  /** By stream sequence: what was delivered and not acknowledged. */
  readonly #open = new Map<number, MailDelivery>();
  #working: NodeJS.Timeout | null = null;
  /** What the server still held for it at the last delivery. */
  #pending = 0;
  #highest = 0;
  #openings = 0;
  #closed = false;

  constructor(options: PartitionOptions) {
    this.#options = options;
    this.kind = options.kind;
    this.p = options.p;
    this.name = { kind: this.kind.definition.kind, text: `${this.kind.definition.kind}/${this.p}` };
    this.#log = new OrderedLog({
      jsm: options.jsm,
      stream: streams.acts,
      consumer: partitionConsumer(this.name.kind, this.p).durable_name,
      buffer: readAhead,
      onMessage: (message) => this.#deliver(message),
      onGap: () => options.onGap(this),
      onTrouble: (what) => options.log(`${this.name.text}: ${what}`),
    });
  }

  /** More mail waits at the broker than was delivered, as of the last delivery. */
  get isBehind() {
    return this.#pending > 0;
  }

  get isClosed() {
    return this.#closed;
  }

  /** Takes the partition over, or takes it anew after trouble. A later call supersedes one under way. */
  async open(): Promise<void> {
    const { jsm, nodeId } = this.#options;
    const opening = ++this.#openings;
    const superseded = () => this.#closed || opening !== this.#openings;
    this.fence = null;
    await this.#log.stop();
    this.#forget();
    const ack = await jsm
      .jetstream()
      .publish(subjects.fence(this.name.kind, this.p), JSON.stringify({ node: nodeId }), {
        timeout: patienceMs,
      });
    if (superseded()) return;
    // The fence stands before the first state is read, so that no earlier owner can write after our reading.
    this.fence = ack.seq;
    await this.#log.start();
    if (superseded()) return;
    this.#working ??= setInterval(() => {
      for (const mail of this.#open.values()) mail.working();
    }, workingEveryMs).unref();
  }

  /** Nothing more is read; the turn in hand may still be stored. */
  async stopReading() {
    await this.#log.stop();
  }

  /** Not ours any more. `graceful`: by our own will, so the next owner need not wait for the pin. */
  async close(graceful: boolean) {
    this.#closed = true;
    this.fence = null;
    if (this.#working) clearInterval(this.#working);
    await this.#log.stop();
    this.#forget();
    if (graceful) await this.#log.unpin();
  }

  /** The fence as the stream has it; 0 if there is none. */
  async storedFence(): Promise<number> {
    const { jsm } = this.#options;
    const message = await jsm.streams.getMessage(streams.acts, {
      last_by_subj: subjects.fence(this.name.kind, this.p),
    });
    return message?.seq ?? 0;
  }

  /** Messages that wait for a turn: at the server, and in memory here. */
  get waiting() {
    let inHand = 0;
    for (const { inbox } of this.actors.values()) inHand += inbox.length;
    return this.#pending + inHand;
  }

  settle(mail: MailDelivery) {
    (this.#open.get(mail.sequence) ?? mail).ack();
    this.#open.delete(mail.sequence);
  }

  #forget() {
    this.generation++;
    this.#pending = 0;
    this.actors.clear();
    this.#open.clear();
  }

  #deliver(message: JsMsg) {
    const mail = mailOf(message);
    this.#pending = message.info.pending;
    // The server's own mark is lost when the consumer is reset.
    if (message.redelivered || mail.sequence <= this.#highest) this.#options.onRedelivery?.(this.name.kind);
    this.#highest = Math.max(this.#highest, mail.sequence);
    const known = this.#open.has(mail.sequence);
    this.#open.set(mail.sequence, mail); // Redelivered: the newer handle is the one to acknowledge with.
    if (!known) this.#options.onMail(this, mail);
  }
}

function mailOf(message: JsMsg): MailDelivery {
  return {
    kind: "mail",
    address: parsePartitioned(message.subject).address,
    sequence: message.seq,
    subject: message.subject,
    body: message.data,
    ...parseTraceparent(message.headers?.get(header.trace)),
    from: message.headers?.get(header.from) || null,
    ack: () => message.ack(),
    working: () => message.working(),
  };
}
