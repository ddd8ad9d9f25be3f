/**
 * A queue of reviews as one taker sees it. What its levels hold is heard from the broker, which says so as soon as a review is
 * stored, so that taking the next costs one pull and no question before it.
 */
import type { Consumer, JetStreamManager, JsMsg } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { encodeToken } from "../../../protocols/address.ts";
import { levelAfter } from "../../../protocols/queue-settings.ts";
import { streams, subjects } from "../../../protocols/subjects.ts";

/** The queue is looked at this often: a review may have come back from a dispatcher that died, or word of one got lost. */
const lookEveryMs = 5_000;
/** A review taken and not settled comes back after this. */
const ackWaitMs = 30_000;
/** What is stored is given within this, unless somebody else has it. */
const patienceMs = 1_000;
/** Beyond these the broker's own count with the last one that is taken will do. */
const mostHeard = 1_000;

/** The reviews of one priority. */
interface Level {
  /** The stream's numbers of those that have come and were not taken. */
  heard: number[];
  /** So many waited as the broker last said it. */
  waiting: number;
  /** So many were given back: the broker gives them again before the others and does not count them as waiting. */
  returned: number;
}

const countOf = ({ heard, waiting, returned }: Level) => returned + Math.max(waiting, heard.length);
const priorityIn = (subject: string) => Number(subject.split(".").at(-1));

export class ReviewQueue {
  readonly #nc: NatsConnection;
  readonly #jsm: JetStreamManager;
  readonly #queue: string;
  /** By priority. */
  readonly #levels = new Map<number, Level>();
  readonly #consumers = new Map<number, Consumer>();
  #lookedAt = Number.NEGATIVE_INFINITY;
  /** Nothing has come for as long as that. */
  #quiet = false;
  #wake = () => {};

  constructor(nc: NatsConnection, jsm: JetStreamManager, queue: string) {
    this.#nc = nc;
    this.#jsm = jsm;
    this.#queue = queue;
    nc.subscribe(subjects.arrived(queue, "*"), {
      callback: (_, { subject, headers }) => {
        const level = this.#level(priorityIn(subject));
        const number = headers?.get("Nats-Sequence");
        if (number === undefined) level.returned++;
        else if (level.heard.length < mostHeard) level.heard.push(Number(number));
        this.#wake();
      },
    });
  }

  /** As many as there are, up to `most`, none of them waited for: meanwhile a more urgent one could come to another level. */
  async take(most: number, agingEveryMs: number): Promise<JsMsg[]> {
    await this.#look();
    const taken: JsMsg[] = [];
    for (const priority of await this.#inTurn(agingEveryMs)) {
      if (taken.length >= most) break;
      taken.push(...(await this.#takeFrom(priority, most - taken.length)));
    }
    return taken;
  }

  /** They are the next for whoever takes, here or on another node: all who listen hear of it, and need not look. */
  giveBack(messages: readonly JsMsg[]): void {
    for (const message of messages) {
      message.nak();
      this.#nc.publish(subjects.arrived(this.#queue, priorityIn(message.subject)));
    }
  }

  /** Resolves when something has come that was not taken, or it is time to look. */
  async news(signal: AbortSignal): Promise<void> {
    if (this.#holding().length > 0) return;
    this.#quiet = await new Promise<boolean>((resolve) => {
      const silence = () => end(true);
      const end = (quiet: boolean) => {
        clearTimeout(timer);
        signal.removeEventListener("abort", silence);
        this.#wake = () => {};
        resolve(quiet);
      };
      const timer = setTimeout(silence, Math.max(0, this.#lookedAt + lookEveryMs - performance.now()));
      signal.addEventListener("abort", silence, { once: true });
      this.#wake = () => end(false);
    });
  }

  #level(priority: number): Level {
    const known = this.#levels.get(priority) ?? { heard: [], waiting: 0, returned: 0 };
    this.#levels.set(priority, known);
    return known;
  }

  #holding(): number[] {
    return [...this.#levels].flatMap(([priority, level]) => (countOf(level) > 0 ? [priority] : []));
  }

  async #look(): Promise<void> {
    if (performance.now() < this.#lookedAt + lookEveryMs) return;
    for (const level of this.#levels.values()) level.heard = [];
    const { state } = await this.#jsm.streams.info(streams.reviews, {
      subjects_filter: subjects.review(this.#queue, "*"),
    });
    const priorities = Object.keys(state.subjects ?? {})
      .map(priorityIn)
      .filter(Number.isInteger);
    await Promise.all(
      priorities.map(async (priority) => {
        const { num_pending, num_ack_pending } = await (await this.#consumer(priority)).info();
        const level = this.#level(priority);
        level.waiting = num_pending;
        // What is taken and not settled comes back unheard: where there are no others, it is worth a wait.
        if (this.#quiet && num_pending === 0 && num_ack_pending > 0) level.returned ||= 1;
      }),
    );
    this.#lookedAt = performance.now();
    this.#quiet = false;
  }

  /**
   * The priorities that hold something, the one to take from first: by the level of its oldest, as in the dispatcher's window.
   * The oldest of each level is the first of its subject, so that none is ever too old to be looked at.
   */
  async #inTurn(agingEveryMs: number): Promise<number[]> {
    const priorities = this.#holding();
    if (priorities.length < 2) return priorities;
    const now = Date.now();
    const levels = await Promise.all(
      priorities.map(async (priority) => {
        const oldest = await this.#jsm.direct.getMessage(streams.reviews, {
          next_by_subj: subjects.review(this.#queue, priority),
          seq: 1,
        });
        const waitedMs = oldest === null ? 0 : Math.max(0, now - oldest.time.getTime());
        return { priority, level: levelAfter(priority, waitedMs, agingEveryMs), waitedMs };
      }),
    );
    return levels
      .sort((a, b) => a.level - b.level || b.waitedMs - a.waitedMs)
      .map(({ priority }) => priority);
  }

  async #takeFrom(priority: number, most: number): Promise<JsMsg[]> {
    const level = this.#level(priority);
    const there = Math.min(most, countOf(level));
    if (there === 0) return []; // An earlier look, called off since, has them.
    const { heard } = level;
    level.heard = [];
    const consumer = await this.#consumer(priority);
    this.#consumers.delete(priority); // One that fails is made sure of again.
    const messages: JsMsg[] = [];
    for await (const message of await consumer.fetch({ max_messages: there, expires: patienceMs }))
      messages.push(message);
    this.#consumers.set(priority, consumer);
    const last = Math.max(...messages.map(({ seq }) => seq));
    // Those that did not come: somebody else has them.
    const more = messages.length === there;
    level.waiting = more ? (messages.at(-1)?.info.pending ?? 0) : 0;
    level.returned = more ? Math.max(0, level.returned - messages.length) : 0;
    level.heard = [...(more ? heard : []), ...level.heard].filter((seq) => seq > last);
    return messages;
  }

  /** Making sure of a consumer costs the server more than the review itself: once is enough. */
  async #consumer(priority: number): Promise<Consumer> {
    const known = this.#consumers.get(priority);
    if (known !== undefined) return known;
    const name = `review-${encodeToken(this.#queue).replaceAll("=", "_")}-${priority}-v1`;
    await this.#jsm.consumers.add(streams.reviews, {
      durable_name: name,
      filter_subject: subjects.review(this.#queue, priority),
      ack_policy: "explicit",
      ack_wait: ackWaitMs * 1e6,
      max_deliver: -1,
    });
    const consumer = await this.#jsm.jetstream().consumers.get(streams.reviews, name);
    this.#consumers.set(priority, consumer);
    return consumer;
  }
}
