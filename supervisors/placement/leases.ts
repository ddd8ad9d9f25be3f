/**
 * The leases of the nodes in the KV bucket `nodes`: who is alive and which kinds each hosts. A node renews its own; the
 * others count as gone when nothing was heard of them for the length of a lease, by this machine's monotonic clock, or when a
 * neighbour has noticed that nobody answers for one and took its lease away.
 */
import { type KV, Kvm } from "@nats-io/kv";
import type { NatsConnection } from "@nats-io/transport-node";
import { Option, Schema } from "effect";
import { NodeLease } from "../../protocols/node-lease.ts";
import { leaseTtlMs } from "../../protocols/streams.ts";
import { buckets } from "../../protocols/subjects.ts";
import { ConfigProblem } from "../setting.ts";
import { answers, Liveness } from "./liveness.ts";

const decodeLease = Schema.decodeUnknownOption(Schema.fromJsonString(NodeLease));

export interface OwnLease {
  readonly nodeId: string;
  readonly kinds: readonly string[];
  /** What is wrong here, told with each renewal. */
  readonly trouble: () => Pick<NodeLease, "parked" | "failing">;
}

interface Heard {
  /** By this machine's monotonic clock. */
  readonly at: number;
  readonly kinds: readonly string[];
  readonly revision: number;
}

const renewEveryMs = 1_000;

export class Leases {
  readonly #own: OwnLease;
  readonly #startedAt = new Date().toISOString();
  readonly #kv: KV;
  readonly #onChange: () => void;
  readonly #heard = new Map<string, Heard>();
  #renewedAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | null = null;
  #liveness: Liveness | null = null;
  #watch: { stop(): void } | null = null;
  #before = "";

  private constructor(kv: KV, own: OwnLease, onChange: () => void) {
    this.#kv = kv;
    this.#own = own;
    this.#onChange = onChange;
  }

  /** @throws ConfigProblem if a living process has this node's name. */
  static async start(nc: NatsConnection, own: OwnLease, onChange: () => void) {
    if (await answers(nc, own.nodeId))
      throw new ConfigProblem(
        `Another process runs as node "${own.nodeId}" and answers. Two under one name would take each other's work: give each a CALLBOARD_NODE_ID of its own.`,
      );
    const leases = new Leases(await new Kvm(nc).open(buckets.nodes), own, onChange);
    await leases.#renew();
    await leases.watch();
    leases.#liveness = new Liveness({
      nc,
      nodeId: own.nodeId,
      live: () => leases.hostsOf(),
      onGone: (node) => void leases.#takeAway(node),
    });
    leases.#timer = setInterval(() => {
      leases.#renew().catch(() => {}); // hasLease() tells how long it has failed.
      leases.#notice();
    }, renewEveryMs);
    return leases;
  }

  /** May this node still believe that the others count it as alive? A second of margin for what it is about to do. */
  hasLease() {
    return performance.now() - this.#renewedAt < leaseTtlMs - 1_000;
  }

  /** The live nodes that host `kind`, or all of them; this one is among them whatever was heard. */
  hostsOf(kind?: string): string[] {
    const now = performance.now();
    const hosts = (kinds: readonly string[]) => kind === undefined || kinds.includes(kind);
    const others = [...this.#heard]
      .filter(([, { at, kinds }]) => now - at < leaseTtlMs && hosts(kinds))
      .map(([node]) => node);
    // Our own word counts before the watch brings it back to us.
    const { kinds: ownKinds, nodeId } = this.#own;
    return [...new Set(hosts(ownKinds) ? [...others, nodeId] : others)].sort();
  }

  /** Also called after a reconnect: a watch is not always resumed. */
  async watch() {
    this.#watch?.stop();
    const watch = await this.#kv.watch();
    this.#watch?.stop(); // Of one that was called later and is done.
    this.#watch = watch;
    void (async () => {
      for await (const entry of watch) {
        const lease = entry.operation === "PUT" ? decodeLease(entry.string()) : Option.none();
        if (Option.isNone(lease)) this.#heard.delete(entry.key);
        else {
          const { kinds } = lease.value;
          this.#heard.set(entry.key, { at: performance.now(), kinds, revision: entry.revision });
        }
        this.#notice();
      }
    })().catch(() => {}); // Ended by stop(), or by a lost connection, after which watch() is called again.
  }

  /** Gives the lease back, so that the others take over at once. */
  async stop() {
    if (this.#timer) clearInterval(this.#timer);
    this.#liveness?.stop();
    this.#watch?.stop();
    await this.#kv.delete(this.#own.nodeId).catch(() => {}); // Without a server the lease runs out by itself.
  }

  /** Only the very lease that was heard: one that was renewed meanwhile stays. All others hear of it by their watch. */
  async #takeAway(node: string) {
    const heard = this.#heard.get(node);
    if (heard === undefined || node === this.#own.nodeId) return;
    await this.#kv.delete(node, { previousSeq: heard.revision }).catch(() => {}); // Then it runs out.
  }

  async #renew() {
    const askedAt = performance.now();
    const { nodeId, kinds, trouble } = this.#own;
    const lease: NodeLease = { kinds, startedAt: this.#startedAt, ...trouble() };
    await this.#kv.put(nodeId, JSON.stringify(lease));
    this.#renewedAt = askedAt;
  }

  #notice() {
    const now = performance.now();
    const live = [...this.#heard].filter(([, { at }]) => now - at < leaseTtlMs).map(([node]) => node);
    const text = live.sort().join();
    if (text === this.#before) return;
    this.#before = text;
    this.#onChange();
  }
}
