/**
 * The partitions that this node owns: takes them over, gives them up, and finds the truth again when a batch was refused, its
 * end is unknown, or the connection was lost.
 */
import { describeError } from "./errors.ts";
import type { HostedKind } from "./hosted-kind.ts";
import { Partition, type PartitionOptions } from "./partition.ts";
import type { ResidentActor } from "./resident-actor.ts";

export interface PartitionKeeperOptions
  extends Pick<
    PartitionOptions,
    "nc" | "jsm" | "nodeId" | "onMail" | "onLook" | "onDoubt" | "onRedelivery" | "log"
  > {
  /** False when others may count this node as gone: then it takes nothing. */
  readonly hasLease: () => boolean;
  /** An actor in memory leaves with its partition. */
  readonly onGone: (actor: ResidentActor) => void;
}

const retryMs = 1_000;
/** A server that has just come back is busy enough without hundreds of requests at once. */
export const openAtOnce = 32;
/** Whoever is wrong about who lives has heard of it by then. */
const yieldMs = 2_000;
/** For the turns in hand, when a partition is given up by our own will. */
const patienceMs = 2_000;

export class PartitionKeeper {
  /** By `<kind>/<p>`. */
  readonly owned = new Map<string, Partition>();
  readonly #options: PartitionKeeperOptions;
  #connected = true;
  readonly #lostAt = new Map<string, number>();
  /** A reconnect during a recovery begins it anew. */
  #recoveries = 0;

  constructor(options: PartitionKeeperOptions) {
    this.#options = options;
  }

  of(actor: ResidentActor): Partition | undefined {
    return this.owned.get(actor.partitionName);
  }

  /** Our fence for this actor; null if its partition, or this copy of it, is not current. */
  fenceOf(actor: ResidentActor): number | null {
    const partition = this.of(actor);
    return partition?.generation === actor.generation ? partition.fence : null;
  }

  /** Somebody has taken it from us just now, who may see other nodes than we do: each taking it at once from the other helps nobody. */
  isContested(name: string): boolean {
    return performance.now() - (this.#lostAt.get(name) ?? Number.NEGATIVE_INFINITY) < yieldMs;
  }

  async acquire(kind: HostedKind, p: number): Promise<void> {
    const partition = new Partition({
      ...this.#options,
      kind,
      p,
      onGap: (broken) => void this.#ifOurs(broken, () => this.#open(broken)),
      onUnpinned: (doubtful) => void this.#ifOurs(doubtful, async () => {}),
    });
    this.owned.set(partition.name.text, partition);
    await this.#open(partition);
  }

  /** By our own will: the turns in hand are stored first. */
  async release(name: string): Promise<void> {
    const partition = this.owned.get(name);
    if (partition === undefined) return;
    await partition.stopReading();
    const deadline = Date.now() + patienceMs;
    while ([...partition.actors.values()].some((actor) => actor.inFlight) && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 2));
    await this.#drop(partition, true);
  }

  stopReading() {
    return Promise.all([...this.owned.values()].map((partition) => partition.stopReading()));
  }

  releaseAll() {
    return Promise.all([...this.owned.values()].map((partition) => this.#drop(partition, true)));
  }

  /** The connection is lost; `reopenAll` follows when it is back. What is sent until then goes nowhere, and its answer is waited for. */
  disconnected() {
    this.#connected = false;
    for (const partition of this.owned.values()) partition.fence = null;
  }

  /** Nobody knows what was stored meanwhile. */
  async reopenAll(): Promise<void> {
    this.#connected = true;
    const recovery = ++this.#recoveries;
    const partitions = [...this.owned.values()];
    for (const partition of partitions) partition.fence = null;
    while (partitions.length > 0 && recovery === this.#recoveries)
      await Promise.all(partitions.splice(0, openAtOnce).map((partition) => this.#open(partition)));
  }

  /**
   * A fence was moved: what is lost is dropped. If none is, whatever the reason was, opening anew finds the truth. Never
   * rejects, and does not wait for the opening: the turns of all other partitions come after this.
   */
  async refused(actors: readonly ResidentActor[]): Promise<void> {
    const partitions = this.partitionsOf(actors);
    let lost = 0;
    try {
      for (const partition of partitions) {
        if (partition.fence !== null && (await partition.storedFence()) === partition.fence) continue;
        lost++;
        await this.#lose(partition);
      }
    } catch (error) {
      this.#options.log(`the fences can't be read (${describeError(error).message})`);
      lost = 0; // Those that were dropped are closed, and stay so.
    }
    if (lost === 0) this.reopen(actors);
  }

  /** Not awaited: the others must go on, and a server that is away answers late. */
  reopen(actors: readonly ResidentActor[]) {
    const partitions = this.partitionsOf(actors);
    for (const partition of partitions) partition.fence = null;
    for (const partition of partitions) void this.#open(partition);
  }

  partitionsOf(actors: readonly ResidentActor[]): Partition[] {
    return [...new Set(actors.map((actor) => this.of(actor)))].filter((partition) => partition !== undefined);
  }

  async #open(partition: Partition): Promise<void> {
    if (partition.isClosed || !this.#connected) return; // A reconnect opens all anew.
    try {
      // One that slept may own nothing any more: placement looks first, and then releases this or leaves it.
      if (!this.#options.hasLease()) throw new Error("this node has no lease now");
      await partition.open();
    } catch (error) {
      this.#options.log(
        `${partition.name.text} can't be opened (${describeError(error).message}); trying again`,
      );
      setTimeout(() => void this.#open(partition), retryMs);
    }
  }

  /** Somebody else may own it by now; whoever opens it without a look takes it from them, and both would do so in turn. */
  async #ifOurs(partition: Partition, then: () => Promise<void>): Promise<void> {
    const { generation, fence } = partition;
    try {
      const stored = await partition.storedFence();
      if (partition.generation !== generation || fence === null || partition.isClosed) return; // Or opened anew meanwhile.
      await (stored === fence ? then() : this.#lose(partition));
    } catch {
      setTimeout(() => void this.#ifOurs(partition, then), retryMs);
    }
  }

  async #lose(partition: Partition) {
    this.#options.log(`${partition.name.text} has another owner`);
    this.#lostAt.set(partition.name.text, performance.now());
    await this.#drop(partition, false);
  }

  async #drop(partition: Partition, graceful: boolean) {
    this.owned.delete(partition.name.text);
    for (const actor of partition.actors.values()) this.#options.onGone(actor);
    await partition.close(graceful);
  }
}
