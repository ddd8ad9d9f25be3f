/**
 * Rings timers from memory, at their time. The broker's own scheduled message comes up to a quarter of a second later and is the
 * net under this: for actors that this node has not loaded, for what slept, for a crash. A timer that rings twice is known
 * by its id.
 */
import type { TimerEntry } from "./actor-record.ts";

interface Due {
  readonly dueAt: number;
  readonly address: string;
  readonly timerId: string;
  readonly partitionName: string;
  /** Of the partition when the timer was heard of; another one means that it was opened anew. */
  readonly generation: number;
}

/** More than this wait at the broker only. About 150 bytes each. */
const mostKept = 100_000;
/** One that is due later will be heard of again when its actor is loaded, or rung by the broker. */
const horizonMs = 30 * 60_000;
/**
 * Later than this we slept, and mail that came before the timer may wait unread behind us: the broker's own message stands in
 * the right place among it.
 */
export const tooLateMs = 200;

export class DueTimers {
  readonly #ring: (due: Due) => void;
  /** A binary heap, earliest first. */
  readonly #heap: Due[] = [];
  #timer: NodeJS.Timeout | null = null;
  #armedFor = Number.POSITIVE_INFINITY;

  constructor(ring: (due: Due) => void) {
    this.#ring = ring;
  }

  /** Those of `timers` that were not among `known`. */
  add(
    actor: Pick<Due, "address" | "partitionName" | "generation">,
    timers: Readonly<Record<string, TimerEntry>>,
    known: Readonly<Record<string, TimerEntry>> = {},
  ) {
    const now = Date.now();
    for (const [name, { id, dueAt }] of Object.entries(timers)) {
      if (known[name]?.id === id || dueAt - now > horizonMs || this.#heap.length >= mostKept) continue;
      const { address, partitionName, generation } = actor;
      this.#push({ dueAt, address, timerId: id, partitionName, generation });
    }
    this.#arm();
  }

  stop() {
    if (this.#timer) clearTimeout(this.#timer);
    this.#heap.length = 0;
  }

  #arm() {
    const first = this.#heap[0];
    if (first === undefined || first.dueAt >= this.#armedFor) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#armedFor = first.dueAt;
    this.#timer = setTimeout(() => this.#ringAll(), Math.max(0, first.dueAt - Date.now()));
  }

  #ringAll() {
    this.#armedFor = Number.POSITIVE_INFINITY;
    const now = Date.now();
    for (let first = this.#heap[0]; first !== undefined && first.dueAt <= now; first = this.#heap[0]) {
      this.#pop();
      if (now - first.dueAt <= tooLateMs) this.#ring(first);
    }
    this.#arm();
  }

  #push(due: Due) {
    const heap = this.#heap;
    let at = heap.push(due) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if ((heap[above] as Due).dueAt <= due.dueAt) break;
      heap[at] = heap[above] as Due;
      at = above;
    }
    heap[at] = due;
  }

  #pop() {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && (heap[below + 1] as Due).dueAt < (heap[below] as Due).dueAt) below++;
      if (last.dueAt <= (heap[below] as Due).dueAt) break;
      heap[at] = heap[below] as Due;
      at = below;
    }
    heap[at] = last;
  }
}
