/**
 * Which partitions this node should own, by the leases, and what it does to get there: it takes over what is its own by
 * now and gives up what is not. Copy lines (relay, feeds) are placed the same way.
 */
import { partitions } from "../../protocols/subjects.ts";
import type { ActorHost } from "../runtime/actor-host.ts";
import type { CopyLine } from "../runtime/copy-line.ts";
import { describeError } from "../runtime/errors.ts";
import type { HostedKind } from "../runtime/hosted-kind.ts";
import { openAtOnce } from "../runtime/partition-keeper.ts";
import type { Leases } from "./leases.ts";
import { ownerOf } from "./rendezvous.ts";

export interface PlacedLine {
  /** The kind whose hosts may run it; undefined: any node may. */
  readonly kind?: string;
  readonly name: string;
  readonly line: CopyLine;
}

export interface OwnershipOptions {
  readonly nodeId: string;
  readonly host: ActorHost;
  readonly kinds: readonly HostedKind[];
  readonly lines: readonly PlacedLine[];
  readonly leases: () => Leases;
  readonly log: (text: string) => void;
}

/** Also without a change: a partition lost in a race is found and taken again, if it is ours. */
const reviewEveryMs = 1_000;

export class Ownership {
  readonly #options: OwnershipOptions;
  readonly #running = new Set<PlacedLine>();
  #timer: NodeJS.Timeout | null = null;
  #reviewing: Promise<void> | null = null;
  #again = false;
  #stopped = false;

  constructor(options: OwnershipOptions) {
    this.#options = options;
  }

  start() {
    this.#timer = setInterval(() => void this.review(), reviewEveryMs);
    return this.review();
  }

  /** Compares what is with what should be. A call during a review has it done once more. */
  review(): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    if (this.#reviewing) {
      this.#again = true;
      return this.#reviewing;
    }
    this.#reviewing = this.#review()
      .catch((error) => this.#options.log(`placement: ${describeError(error).message}`))
      .finally(() => {
        this.#reviewing = null;
        if (this.#again) {
          this.#again = false;
          void this.review();
        }
      });
    return this.#reviewing;
  }

  async #review() {
    const { host, kinds, lines, nodeId, leases } = this.#options;
    // Without a lease of our own the others have taken over: what we believe to own is only a belief.
    if (!leases().hasLease()) return;
    const work: (() => Promise<void>)[] = [];
    for (const kind of kinds) {
      const name = kind.definition.kind;
      const nodes = leases().hostsOf(name);
      for (let p = 0; p < partitions; p++) {
        const ours = ownerOf(`${name}/${p}`, nodes) === nodeId;
        const owned = host.partitions.owned.has(`${name}/${p}`);
        if (ours && !owned && !host.partitions.isContested(`${name}/${p}`))
          work.push(() => host.partitions.acquire(kind, p));
        else if (!ours && owned) work.push(() => host.partitions.release(`${name}/${p}`));
      }
    }
    const partitionsMoved = async () => {
      while (work.length > 0) await Promise.all(work.splice(0, openAtOnce).map((begin) => begin()));
    };
    // The lines at once, beside the rest: what edges tell and what actors say goes through one each, whoever owns the actors.
    const placing = lines.map((placed) => this.#place(placed, leases().hostsOf(placed.kind)));
    await Promise.all([...placing, partitionsMoved()]);
  }

  async #place(placed: PlacedLine, nodes: readonly string[]) {
    const ours = ownerOf(placed.name, nodes) === this.#options.nodeId;
    if (ours === this.#running.has(placed)) return;
    if (ours) {
      this.#running.add(placed);
      await placed.line.start();
    } else {
      this.#running.delete(placed);
      await placed.line.stop();
    }
  }

  /** After the connection was lost. */
  async restartLines() {
    await Promise.all([...this.#running].map(({ line }) => line.restart()));
  }

  async stop() {
    this.#stopped = true;
    if (this.#timer) clearInterval(this.#timer);
    await this.#reviewing;
    await Promise.all([...this.#running].map(({ line }) => line.stop()));
  }
}
