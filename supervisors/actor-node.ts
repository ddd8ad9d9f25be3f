/**
 * One node: hosts the given kinds on a NATS connection, shares their partitions with the other nodes, and copies the
 * outbox on. What the kinds need of the world comes with them (`HostedKind.tasks`); this knows no kind by name.
 */
import { jetstreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { addressOf, parseAddress } from "../protocols/address.ts";
import { serveDesk } from "./dead-letters/serve.ts";
import type { Log } from "./observe/log.ts";
import { Leases } from "./placement/leases.ts";
import { Ownership, type PlacedLine } from "./placement/ownership.ts";
import { ActorHost } from "./runtime/actor-host.ts";
import { feed, relay, tells } from "./runtime/copy-line.ts";
import type { HostedKind } from "./runtime/hosted-kind.ts";
import type { HostObserver } from "./runtime/observer.ts";
import { provision } from "./storage/provision.ts";
import { feedConsumer, provisionConsumers } from "./storage/provision-consumers.ts";

export interface ActorNodeOptions {
  readonly nc: NatsConnection;
  readonly nodeId: string;
  readonly kinds: readonly HostedKind[];
  readonly replicas?: number;
  readonly log?: Log;
  readonly observers?: readonly HostObserver[];
  readonly mostResident?: number;
  readonly idleMs?: number;
}

export interface ActorNode {
  readonly host: ActorHost;
  /** Finishes the turns in hand, hands partitions over, gives the lease back. The connection stays open. */
  stop(): Promise<void>;
}

/** A busy server answers late; a lost connection is heard of otherwise. A stream may be electing its leader: asked again then. */
const requestTimeoutMs = 5_000;

export async function startActorNode(options: ActorNodeOptions): Promise<ActorNode> {
  const { nc, nodeId, kinds, replicas = 1, log = () => {} } = options;
  await provision(nc, replicas);
  const jsm = await jetstreamManager(nc, { timeout: requestTimeoutMs });
  const definitions = kinds.map(({ definition }) => definition);
  await provisionConsumers(jsm, definitions);
  let leases: Leases | null = null;
  const host = new ActorHost({ ...options, jsm, log, hasLease: () => leases?.hasLease() ?? false });
  const ownership = new Ownership({
    nodeId,
    host,
    kinds,
    lines: linesOf(kinds, { nc, jsm, log }),
    leases: () => leases as Leases,
    log,
  });
  leases = await Leases.start(
    nc,
    { nodeId, kinds: kinds.map(({ definition }) => definition.kind), trouble: () => troubleOf(host) },
    () => void (leases && ownership.review()),
  );
  let stopped = false;
  /** What an earlier one has asked may never be answered: a later one does not wait for it. */
  let recoveries = 0;
  const recover = async () => {
    const recovery = ++recoveries;
    const superseded = () => stopped || recovery !== recoveries;
    try {
      // A server with the only copy has forgotten those that it kept in memory.
      await Promise.all([leases?.watch(), replicas === 1 && provisionConsumers(jsm, definitions)]);
      if (superseded()) return;
      await Promise.all([host.partitions.reopenAll(), ownership.restartLines()]);
    } catch (error) {
      if (superseded()) return;
      log(
        `recovery after a reconnect failed (${error instanceof Error ? error.message : error}); trying again`,
      );
      setTimeout(() => void (superseded() || recover()), 500);
    }
  };
  void (async () => {
    for await (const { type } of nc.status()) {
      if (stopped) return;
      if (type === "disconnect") host.interrupt();
      if (type !== "reconnect") continue;
      log("connected to NATS again");
      void recover();
    }
  })();
  await ownership.start();
  const desk = serveDesk(nc, jsm);
  return {
    host,
    stop: async () => {
      stopped = true;
      await desk.stop();
      await ownership.stop();
      await host.stop();
      await leases?.stop();
    },
  };
}

/** At most this many parked actors are named in the lease. */
const mostNamed = 20;

function troubleOf({ parked }: ActorHost) {
  const escalated = [...parked]
    .filter(([, { escalated }]) => escalated)
    .map(([address]) => parseAddress(address).kind);
  const named = [...parked].slice(0, mostNamed).map(([address, { reason }]) => [address, reason] as const);
  return { parked: Object.fromEntries(named), failing: [...new Set(escalated)] };
}

function linesOf(kinds: readonly HostedKind[], shared: Parameters<typeof relay>[0]): PlacedLine[] {
  const lines: PlacedLine[] = [];
  for (const { definition } of kinds) {
    const { kind } = definition;
    definition.feeds?.forEach(({ stream, filter, route }, index) => {
      const consumer = feedConsumer(kind, index);
      const address = (message: unknown) => addressOf(kind, route(message));
      lines.push({ kind, name: consumer, line: feed({ ...shared, stream, consumer, filter, address }) });
    });
  }
  // Of all nodes one relays, and one takes in what edges tell. Were it placed by kind, nodes of different roles would each take it for theirs.
  lines.push({ name: "relay", line: relay(shared) }, { name: "tells", line: tells(shared) });
  return lines;
}
