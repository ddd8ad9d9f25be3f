/**
 * Copies messages of one consumer on, each once and in order: published with an id, acknowledged after the stream has stored
 * it. The relay of the outbox, the mail of the edges and the feeds of other streams are copy lines.
 *
 * Each target stream has a lane of its own, so that one without a leader holds up nobody else. Within a lane a few go one after the
 * other, and more as one atomic batch: many publishes under way at once would overtake each other when one of them fails.
 */
import { JetStreamApiError, type JetStreamManager } from "@nats-io/jetstream";
import { type MsgHdrs, type NatsConnection, headers as newHeaders } from "@nats-io/transport-node";
import { header, newTrace, traceparent } from "../../protocols/envelope.ts";
import { mailboxTold, outboxTarget, streams, subjects } from "../../protocols/subjects.ts";
import { type Letter, writeBatch } from "./batch.ts";
import { bury } from "./bury.ts";
import { describeError } from "./errors.ts";
import { type LogMessage, OrderedLog } from "./ordered-log.ts";
import { isRecord, RecordWriter } from "./put-record.ts";

export interface CopyLineOptions {
  readonly nc: NatsConnection;
  readonly jsm: JetStreamManager;
  readonly stream: string;
  readonly consumer: string;
  /** What the consumer is given. */
  readonly filter: string;
  /** Where it goes. Throws on a message that can go nowhere. */
  readonly target: (message: LogMessage) => string;
  readonly log: (text: string) => void;
}

/** After so many refusals, or silences of a subject that no stream takes, a message is a dead letter. */
const triesUntilDead = 5;
const retryMs = 1_000;
const patienceMs = 5_000;
const readAhead = 500;
const never = new AbortController().signal;

interface Waiting {
  readonly message: LogMessage;
  readonly subject: string;
}

interface Lane {
  readonly waiting: Waiting[];
  /** So many go one by one, since a batch with a message that is stored already is refused as a whole. */
  alone: number;
}

const mostAtOnce = 250;
/** So many go one by one: a batch costs the server about as much as this, whatever is in it (it is staged in files of its own). */
const mostAlone = 5;
const mostBytesAtOnce = 1_000_000;

function oneBatchOf(waiting: readonly Waiting[]): readonly Waiting[] {
  let bytes = 0;
  const end = waiting.findIndex(({ message }, index) => {
    bytes += message.data.length;
    return index >= mostAtOnce || (index > 0 && bytes > mostBytesAtOnce);
  });
  return end < 0 ? [...waiting] : waiting.slice(0, end);
}

/** All subjects of one stream or bucket begin alike. */
const laneOf = (subject: string) => subject.split(".", 2).join(".");

export class CopyLine {
  readonly #options: CopyLineOptions;
  readonly #log: OrderedLog;
  readonly #records: RecordWriter;
  #lanes = new Map<string, Lane>();
  readonly #running = new Set<Promise<void>>();
  #generation = 0;

  constructor(options: CopyLineOptions) {
    this.#options = options;
    this.#records = new RecordWriter(options.jsm);
    const { jsm, stream, filter } = options;
    this.#log = new OrderedLog({
      ...options,
      end: async () => (await jsm.streams.getMessage(stream, { last_by_subj: filter }))?.seq ?? 0,
      buffer: readAhead,
      onMessage: (message) => this.#take(message),
      onGap: () => this.#restartSoon("its order is broken"),
      onTrouble: (what) => options.log(`${options.consumer}: ${what}`),
    });
  }

  /** Never rejects: what can't begin now is tried again until it does, or until it is stopped. */
  async start(): Promise<void> {
    const generation = ++this.#generation;
    this.#lanes = new Map();
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
    await Promise.all(this.#running);
    if (graceful) await this.#log.unpin();
  }

  #take(message: LogMessage) {
    let subject: string;
    try {
      subject = this.#options.target(message);
    } catch (error) {
      return void this.#bury(message, error);
    }
    const name = laneOf(subject);
    const lane = this.#lanes.get(name);
    if (lane) return void lane.waiting.push({ message, subject });
    const opened = { waiting: [{ message, subject }], alone: 0 };
    this.#lanes.set(name, opened);
    // What came in the same read of the socket goes together.
    const run = new Promise((resolve) => setImmediate(resolve)).then(() => this.#run(name, opened));
    this.#running.add(run);
    void run.then(() => this.#running.delete(run));
  }

  /** Never rejects. Ends when the lane is empty, or this line has begun anew and reads it all again. */
  async #run(name: string, lane: Lane): Promise<void> {
    const generation = this.#generation;
    while (generation === this.#generation && lane.waiting.length > 0) {
      const some = oneBatchOf(lane.waiting);
      const together = some.length > mostAlone && lane.alone <= 0 && !isRecord(some[0]?.subject ?? "");
      if (together && (await this.#storeTogether(some))) {
        for (const { message } of some) message.ack();
        lane.waiting.splice(0, some.length);
        continue;
      }
      lane.alone = together ? some.length : lane.alone - 1;
      await this.#storeAlone(lane.waiting[0] as Waiting, generation);
      lane.waiting.shift();
    }
    if (this.#lanes.get(name) === lane) this.#lanes.delete(name);
  }

  /** False where none was stored, or nobody knows: then one by one, where a repeat is known by its id. */
  async #storeTogether(some: readonly Waiting[]): Promise<boolean> {
    const letters = some.map(
      ({ message, subject }): Letter => ({
        subject,
        body: message.data,
        headers: [...this.#headersOf(message, true)].map(([key, [value]]) => [key, value ?? ""]),
      }),
    );
    try {
      await writeBatch(this.#options.nc, letters, never);
      return true;
    } catch {
      return false;
    }
  }

  /** Never rejects. Tried until it is stored, or a dead letter, or this line has begun anew. */
  async #storeAlone({ message, subject }: Waiting, generation: number): Promise<void> {
    const { jsm, consumer, log } = this.#options;
    for (let tries = 1; generation === this.#generation; tries++) {
      try {
        if (isRecord(subject)) await this.#records.put(subject, message, this.#headersOf(message, false));
        else
          await jsm.jetstream().publish(subject, message.data, {
            headers: this.#headersOf(message, true),
            timeout: patienceMs,
          });
        message.ack();
        return;
      } catch (error) {
        if (tries >= triesUntilDead && (await this.#isHopeless(subject, error)))
          return await this.#bury(message, error);
        if (tries === 1) log(`${consumer}: message ${message.seq} waits (${describeError(error).message})`);
        await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    }
  }

  /** A stream that refuses says why; one that is electing its leader is silent, as is one that does not exist. */
  async #isHopeless(subject: string, error: unknown): Promise<boolean> {
    if (error instanceof JetStreamApiError) return true;
    // Its class is not exported. Nobody took the subject.
    if (describeError(error).name !== "JetStreamNotEnabled") return false;
    try {
      await this.#options.jsm.streams.find(subject);
      return false;
    } catch (none) {
      return /no stream matches/i.test(describeError(none).message);
    }
  }

  #headersOf(message: LogMessage, withId: boolean): MsgHdrs {
    const headers = newHeaders();
    if (withId) headers.set(header.messageId, `${this.#options.stream}-${message.seq}`);
    headers.set(header.trace, message.headers?.get(header.trace) || traceparent(newTrace()));
    const from = message.headers?.get(header.from);
    if (from) headers.set(header.from, from);
    return headers;
  }

  #restartSoon(why: string) {
    const generation = ++this.#generation;
    this.#options.log(`${this.#options.consumer}: ${why}; reading it again in ${retryMs} ms`);
    setTimeout(() => {
      if (generation !== this.#generation) return; // Stopped, or restarted by a reconnect.
      void this.restart();
    }, retryMs);
  }

  async #bury(message: LogMessage, error: unknown): Promise<void> {
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
export const relay = (options: Pick<CopyLineOptions, "nc" | "jsm" | "log">) =>
  new CopyLine({
    ...options,
    stream: streams.acts,
    consumer: relayConsumer,
    filter: subjects.allOut,
    target: (message) => outboxTarget(message.subject),
  });

export const tellsConsumer = "tells-v1";

/** What edges told goes into the mailboxes, by a node: with an id, the trace and the sender, and no other header. */
export const tells = (options: Pick<CopyLineOptions, "nc" | "jsm" | "log">) =>
  new CopyLine({
    ...options,
    stream: streams.tells,
    consumer: tellsConsumer,
    filter: subjects.allTells,
    target: (message) => mailboxTold(message.subject),
  });

/** Messages of another stream as mail of the actors of one kind. */
export const feed = (
  options: Pick<CopyLineOptions, "nc" | "jsm" | "log"> & {
    readonly stream: string;
    readonly consumer: string;
    readonly filter: string;
    readonly address: (message: unknown) => string;
  },
) => new CopyLine({ ...options, target: (message) => subjects.mailbox(options.address(message.json())) });
