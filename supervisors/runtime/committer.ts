/**
 * Group commit: all turns that are ready on this node become one atomic batch, one batch after the other; what becomes
 * ready meanwhile forms the next. While one batch is on its way the next is computed, so that neither side waits.
 */
import type { NatsConnection } from "@nats-io/transport-node";
import { subjects } from "../../protocols/subjects.ts";
import { encodeRecord } from "./actor-record.ts";
import { BatchRefused, mostPerBatch, writeBatch } from "./batch.ts";
import type { OutboxMessage } from "./outbox.ts";
import { changedPages, withoutLists } from "./pages.ts";
import type { ResidentActor } from "./resident-actor.ts";
import type { Turn } from "./turn.ts";

/** A turn on its way, with the messages that store it. */
export interface PreparedTurn {
  readonly actor: ResidentActor;
  /** As of `performance.now()`. */
  readonly startedAt: number;
  readonly turn: Turn;
  readonly messages: readonly OutboxMessage[];
}

export interface CommitterOptions {
  readonly nc: NatsConnection;
  /** Computes the next turn of an actor; null if there is none after all. */
  readonly prepare: (actor: ResidentActor) => PreparedTurn | null;
  /** The sequence of our fence for the actor's partition; null if it is not (or no longer) ours. */
  readonly fenceOf: (actor: ResidentActor) => number | null;
  /** Called right before a batch is sent; what it returns, when it was stored. */
  readonly proves: (actors: readonly ResidentActor[]) => () => void;
  readonly onStored: (prepared: PreparedTurn) => void;
  /** The fence was moved: find out which partitions are lost. Resolves when the lost ones are closed. */
  readonly onRefused: (actors: readonly ResidentActor[]) => Promise<void>;
  /** Nobody knows whether the batch was stored: the partitions have to be opened anew. */
  readonly onUnknown: (actors: readonly ResidentActor[], error: unknown) => void;
}

/** Server and client hold a batch in memory until it is complete. */
const mostBatchBytes = 4_000_000;

export class Committer {
  readonly #options: CommitterOptions;
  readonly #ready = new Set<ResidentActor>();
  #wake: (() => void) | null = null;
  #stopping = false;
  #done: Promise<void> = Promise.resolve();
  #overflow: PreparedTurn | null = null;
  #interrupt = new AbortController();

  constructor(options: CommitterOptions) {
    this.#options = options;
  }

  /** This actor has inputs and its state. */
  offer(actor: ResidentActor) {
    this.#ready.add(actor);
    this.#wake?.();
  }

  start() {
    this.#done = this.#run();
  }

  /** Gives up waiting for the batch on its way; its end is unknown then. */
  interrupt() {
    this.#interrupt.abort();
    this.#interrupt = new AbortController();
  }

  /** Finishes what is ready, then ends. */
  async stop() {
    this.#stopping = true;
    this.#wake?.();
    await this.#done;
  }

  async #run() {
    let next: PreparedTurn[] = [];
    for (;;) {
      if (next.length === 0) {
        if (this.#ready.size === 0) {
          if (this.#stopping) return;
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
          this.#wake = null;
          // One trip through the event loop gathers what arrived in the same read of the socket.
          await new Promise<void>((resolve) => setImmediate(resolve));
        }
        next = this.#gather([]);
        if (next.length === 0) continue;
      }
      const storing = this.#store(next);
      // The socket gets the batch first; then the next one is computed while the server writes to its disk.
      await new Promise<void>((resolve) => setImmediate(resolve));
      const ahead = this.#gather([]);
      await storing;
      next = this.#gather(ahead);
    }
  }

  /** Adds turns of ready actors until the batch is full. */
  #gather(prepared: PreparedTurn[]): PreparedTurn[] {
    let count = prepared.reduce((sum, { messages }) => sum + messages.length, 0);
    let bytes = 0;
    const add = (turn: PreparedTurn) => {
      const size = turn.messages.reduce((sum, { body }) => sum + body.length, 0);
      if (
        prepared.length > 0 &&
        (count + turn.messages.length > mostPerBatch || bytes + size > mostBatchBytes)
      )
        return false;
      prepared.push(turn);
      count += turn.messages.length;
      bytes += size;
      return true;
    };
    if (this.#overflow && add(this.#overflow)) this.#overflow = null;
    for (const actor of this.#ready) {
      if (this.#overflow) break;
      this.#ready.delete(actor);
      const turn = this.#options.prepare(actor);
      if (turn && !add(turn)) this.#overflow = turn;
    }
    return prepared;
  }

  /** What was prepared for a partition that is no longer ours, or was opened anew since, is void and left out. */
  async #store(prepared: readonly PreparedTurn[]): Promise<void> {
    const { nc, fenceOf, proves, onStored, onRefused, onUnknown } = this.#options;
    const messages: OutboxMessage[] = [];
    const fenced = new Set<string>();
    const live = prepared.filter(({ actor }) => fenceOf(actor) !== null);
    if (live.length === 0) return;
    for (const { actor, messages: own } of live) {
      const expected = fenced.has(actor.partitionName) ? [] : expectation(actor, fenceOf(actor));
      fenced.add(actor.partitionName);
      const [first, ...rest] = own as [OutboxMessage, ...OutboxMessage[]];
      messages.push({ ...first, headers: [...first.headers, ...expected] }, ...rest);
    }
    const actors = live.map(({ actor }) => actor);
    const proven = proves(actors);
    try {
      await writeBatch(nc, messages, this.#interrupt.signal);
    } catch (error) {
      if (!(error instanceof BatchRefused)) return onUnknown(actors, error);
      await onRefused(actors);
      return this.#store(live);
    }
    proven();
    for (const turn of live) onStored(turn);
  }
}

/** The owner's fence must still be the last one: whoever lost the partition can write nothing more into it. */
function expectation(actor: ResidentActor, fence: number | null): [string, string][] {
  return [
    ["Nats-Expected-Last-Subject-Sequence", String(fence)],
    [
      "Nats-Expected-Last-Subject-Sequence-Subject",
      subjects.fence(actor.kind.definition.kind, actor.partition),
    ],
  ];
}

/** The messages that store a turn: its state first, its pages, what it says, its alarm. An alarm that ends is purged by the state. */
export function messagesOf(
  { address, kind }: Pick<ResidentActor, "address" | "kind">,
  turn: Turn,
): OutboxMessage[] {
  const { state, alarm } = turn;
  const { collections } = kind.definition;
  const body = encodeRecord(address, {
    version: state.logic.version,
    snapshot: state.snapshot === null ? null : state.logic.persist(withoutLists(collections, state.snapshot)),
    cursor: state.cursor,
    timers: state.timers,
    tasks: state.tasks,
    attempts: state.attempts,
    paused: state.paused,
    ignored: state.ignored,
    trace: state.trace,
  });
  const headers: [string, string][] = [["Nats-Rollup", "sub"]];
  if (alarm.cancels) headers.push(["Nats-Scheduler", alarm.cancels], ["Nats-Schedule-Next", "purge"]);
  return [
    { subject: subjects.state(address), body, headers },
    ...changedPages(address, collections, state),
    ...turn.messages,
    ...(alarm.sets ? [alarm.sets] : []),
  ];
}
