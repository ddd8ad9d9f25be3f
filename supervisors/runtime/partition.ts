/**
 * One (kind, partition) that this node owns, or tries to: its fence, its log of mail and the actors in memory.
 * "Open" means that our fence was written and nobody has written another since, as far as we know.
 */
import type { JetStreamManager } from "@nats-io/jetstream";
import { headers, type Msg, type NatsConnection, type Subscription } from "@nats-io/transport-node";
import { header, parseTraceparent } from "../../protocols/envelope.ts";
import { partitionConsumer } from "../../protocols/streams.ts";
import { parseLook, parsePartitioned, streams, subjects } from "../../protocols/subjects.ts";
import type { MailDelivery } from "./delivery.ts";
import type { HostedKind } from "./hosted-kind.ts";
import { type LogMessage, OrderedLog } from "./ordered-log.ts";
import type { ResidentActor } from "./resident-actor.ts";

export interface PartitionOptions {
  readonly nc: NatsConnection;
  readonly jsm: JetStreamManager;
  readonly nodeId: string;
  readonly kind: HostedKind;
  readonly p: number;
  readonly onMail: (partition: Partition, mail: MailDelivery) => void;
  /** A question that only reads, about an actor that is in memory. @returns null: it is to be asked by mail */
  readonly onLook: (actor: ResidentActor, body: Uint8Array) => string | null;
  /** It was delivered before: after a loss of the connection, a gap, or a stall. */
  readonly onRedelivery?: (kind: string) => void;
  /** Some of its mail waits for a proof, and no turn has been stored for a while. */
  readonly onDoubt: (partition: Partition, address: string) => void;
  /** The order of its log is broken, maybe since somebody else reads it; nothing more is heard until it is opened anew. */
  readonly onGap: (partition: Partition) => void;
  /** The broker serves somebody else, or has forgotten that it served us. */
  readonly onUnpinned: (partition: Partition) => void;
  readonly log: (text: string) => void;
}

/** Messages buffered ahead of the turns, per partition. */
const readAhead = 1_000;
/** A busy server answers late; a lost connection is heard of otherwise. A stream may be electing its leader: asked again then. */
const patienceMs = 5_000;
/** For so long a turn is waited for that proves the partition ours. */
const proveAfterMs = 500;
/** A held marker tells the server that it is still at it; well below the consumer's ack_wait. */
const workingEveryMs = 600_000;

/** Partitions are opened anew after every trouble: without this each would leave messages behind, for ever. */
const onlyTheLast = headers();
onlyTheLast.set("Nats-Rollup", "sub");

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
  /** Mail that our states make nothing of, and an owner after us might. */
  readonly #doubtful: MailDelivery[] = [];
  #prover: NodeJS.Timeout | null = null;
  #working: NodeJS.Timeout | null = null;
  #looks: Subscription | null = null;
  /** What was stored and not given to us, as of the last delivery. */
  #pending = 0;
  #highest = 0;
  #openings = 0;
  #closed = false;

  constructor(options: PartitionOptions) {
    this.#options = options;
    this.kind = options.kind;
    this.p = options.p;
    this.name = { kind: this.kind.definition.kind, text: `${this.kind.definition.kind}/${this.p}` };
    const mark = subjects.mark(this.name.kind, this.p);
    this.#log = new OrderedLog({
      nc: options.nc,
      jsm: options.jsm,
      stream: streams.acts,
      consumer: partitionConsumer(this.name.kind, this.p).durable_name,
      filter: subjects.markedPartition(this.name.kind, this.p),
      mark,
      end: () => this.#write(mark),
      buffer: readAhead,
      onMessage: (message, waiting) => this.#deliver(message, waiting),
      onGap: () => options.onGap(this),
      onUnpinned: () => options.onUnpinned(this),
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
    const opening = ++this.#openings;
    const superseded = () => this.#closed || opening !== this.#openings;
    this.fence = null;
    await this.#log.stop();
    this.#forget();
    const fence = await this.#write(subjects.fence(this.name.kind, this.p));
    if (superseded()) return;
    // The fence stands before the first state is read, so that no earlier owner can write after our reading.
    this.fence = fence;
    await this.#log.start();
    if (superseded()) return;
    this.#looks ??= this.#options.nc.subscribe(subjects.looks(this.name.kind, this.p), {
      callback: (_, question) => this.#answer(question),
    });
    this.#working ??= setInterval(() => {
      for (const mail of this.#open.values()) mail.working();
    }, workingEveryMs).unref();
  }

  /** @returns its sequence in ACTS */
  async #write(subject: string): Promise<number> {
    const { jsm, nodeId } = this.#options;
    const ack = await jsm.jetstream().publish(subject, JSON.stringify({ node: nodeId }), {
      timeout: patienceMs,
      headers: onlyTheLast,
    });
    return ack.seq;
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
    this.#looks?.unsubscribe();
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

  /** An empty answer: it is to be asked by mail. */
  #answer(question: Msg) {
    const actor = this.fence === null ? undefined : this.actors.get(parseLook(question.subject));
    question.respond((actor && this.#options.onLook(actor, question.data)) ?? "");
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

  /**
   * Settles what our state knows nothing of: the marker of an answered task, a timer that was rung or cancelled. Whoever has slept
   * through a take-over knows nothing of newer ones either, so it waits until a batch that is sent from now on was stored.
   */
  settleWhenProven(mail: MailDelivery) {
    this.#doubtful.push(mail);
    this.#proveLater();
  }

  /** Called before a batch with our fence is sent. @returns what to call when it was stored */
  proof(): () => void {
    const { generation } = this;
    const count = this.#doubtful.length;
    return () => {
      if (generation !== this.generation) return;
      for (const mail of this.#doubtful.splice(0, count)) this.settle(mail);
    };
  }

  #proveLater() {
    this.#prover ??= setTimeout(() => {
      this.#prover = null;
      const [first] = this.#doubtful;
      if (first === undefined) return;
      this.#options.onDoubt(this, first.address);
      this.#proveLater();
    }, proveAfterMs).unref();
  }

  #forget() {
    this.generation++;
    this.#doubtful.length = 0;
    this.#pending = 0;
    this.actors.clear();
    this.#open.clear();
  }

  #deliver(message: LogMessage, waiting: number) {
    const mail = mailOf(message);
    this.#pending = waiting;
    if (message.redelivered || mail.sequence <= this.#highest) this.#options.onRedelivery?.(this.name.kind);
    this.#highest = Math.max(this.#highest, mail.sequence);
    const known = this.#open.has(mail.sequence);
    this.#open.set(mail.sequence, mail); // Redelivered: the newer handle is the one to acknowledge with.
    if (!known) this.#options.onMail(this, mail);
  }
}

function mailOf(message: LogMessage): MailDelivery {
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
