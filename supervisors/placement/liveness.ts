/**
 * Notices a node that died before its lease runs out. The broker knows at once that a killed process answers no more ("no
 * responders"); a paused one is merely silent, and keeps its lease until that runs out. It saves time and decides nothing: what a
 * node may write is decided by the fence.
 */
import type { NatsConnection } from "@nats-io/transport-node";
import { RequestError } from "@nats-io/transport-node";
import { subjects } from "../../protocols/subjects.ts";

export interface LivenessOptions {
  readonly nc: NatsConnection;
  readonly nodeId: string;
  /** Nodes with a lease, this one among them, in an order that all share. */
  readonly live: () => readonly string[];
  /** Nobody has answered for this node for a while. */
  readonly onGone: (nodeId: string) => void;
}

const askEveryMs = 250;
/** A node whose line was cut is back within half a second: it should not lose everything for that. */
const goneAfterMs = 700;
const answerWithinMs = 1_000;
/** Each node looks after so many that follow it, so that the questions grow with the fleet and not with its square. */
const watched = 2;

export class Liveness {
  readonly #options: LivenessOptions;
  /** Since when nobody answers, by node. */
  readonly #silent = new Map<string, number>();
  readonly #subscription: { unsubscribe(): void };
  readonly #timer: NodeJS.Timeout;

  constructor(options: LivenessOptions) {
    this.#options = options;
    const { nc, nodeId } = options;
    this.#subscription = nc.subscribe(subjects.alive(nodeId), { callback: (_, ask) => void ask.respond() });
    this.#timer = setInterval(() => {
      for (const node of this.#neighbours()) void this.#ask(node);
    }, askEveryMs);
  }

  stop() {
    clearInterval(this.#timer);
    if (!this.#options.nc.isClosed()) this.#subscription.unsubscribe();
  }

  #neighbours(): readonly string[] {
    const { live, nodeId } = this.#options;
    const nodes = live();
    const own = nodes.indexOf(nodeId);
    return [...nodes.slice(own + 1), ...nodes.slice(0, Math.max(own, 0))].slice(0, watched);
  }

  async #ask(node: string) {
    const { nc, onGone } = this.#options;
    try {
      await nc.request(subjects.alive(node), "", { timeout: answerWithinMs });
      this.#silent.delete(node);
    } catch (error) {
      // Anything else says something about us or about the line, and nothing about the node.
      if (!(error instanceof RequestError) || !error.isNoResponders()) return void this.#silent.delete(node);
      const since = this.#silent.get(node) ?? performance.now();
      this.#silent.set(node, since);
      if (performance.now() - since < goneAfterMs) return;
      this.#silent.delete(node);
      onGone(node);
    }
  }
}

/** Does a process run under this name? Who is merely silent may be asleep, and loses what it has by its lease. */
export async function answers(nc: NatsConnection, nodeId: string): Promise<boolean> {
  return await nc.request(subjects.alive(nodeId), "", { timeout: answerWithinMs }).then(
    () => true,
    () => false,
  );
}
