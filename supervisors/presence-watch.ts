/**
 * Tells the employees of a dead edge that their link is lost. A live edge does that itself; this watches for edges whose
 * lease has run out and whose people have not come back through another one within the grace period. Every node may run it: what
 * two of them tell is heard once.
 */
import { jetstream } from "@nats-io/jetstream";
import { type KV, Kvm } from "@nats-io/kv";
import type { NatsConnection } from "@nats-io/transport-node";
import { addressOf, decodeToken } from "../protocols/address.ts";
import { leaseTtlMs } from "../protocols/streams.ts";
import { buckets, subjects } from "../protocols/subjects.ts";
import { edgeOf } from "./edge-link.ts";

export interface PresenceWatchOptions {
  /** How long people may take to come back through another edge, milliseconds. */
  readonly graceMs: number;
  /** How often it looks. Default 500 ms. */
  readonly everyMs?: number;
}

interface Note {
  readonly edge: string;
  readonly revision: number;
}

export async function watchPresence(
  nc: NatsConnection,
  { graceMs, everyMs = 500 }: PresenceWatchOptions,
): Promise<{ stop(): Promise<void> }> {
  const js = jetstream(nc);
  const kvm = new Kvm(nc);
  const [presence, leases] = await Promise.all([kvm.open(buckets.presence), kvm.open(buckets.edges)]);
  const notes = new Map<string, Note>();
  /** When each edge was heard last, by this machine's monotonic clock. */
  const heard = new Map<string, number>();
  /** Silence counts only from here: before, it was we who could not hear. */
  let listeningSince = performance.now();
  let stopped = false;
  let watches: { stop(): void }[] = [];

  const watch = async () => {
    for (const open of watches) open.stop();
    notes.clear(); // A fresh watch says all that there is.
    listeningSince = performance.now();
    watches = await Promise.all([
      follow(presence, "employee.>", (key, value, revision) => {
        if (value === null) notes.delete(key);
        else notes.set(key, { edge: edgeOf(value), revision });
      }),
      follow(leases, ">", (edge, value) => {
        if (value !== null) heard.set(edge, performance.now());
        // Given back: its people may come through another one, so the grace period begins.
        else heard.set(edge, Math.min(heard.get(edge) ?? 0, performance.now() - leaseTtlMs));
      }),
    ]);
  };

  const look = async () => {
    const now = performance.now();
    for (const [key, { edge, revision }] of notes) {
      const silentSince = Math.max(heard.get(edge) ?? 0, listeningSince);
      if (now - silentSince < leaseTtlMs + graceMs) continue;
      const employee = decodeToken(key.slice("employee.".length));
      const message = JSON.stringify({ type: "LinkLost", edge });
      await js.publish(subjects.mailbox(addressOf("employee", employee)), message, {
        msgID: `link-lost-${key}-${revision}`,
      });
      // Not if somebody has written it meanwhile: then the person is back.
      await presence.delete(key, { previousSeq: revision }).catch(() => {});
      if (notes.get(key)?.revision === revision) notes.delete(key);
    }
    const used = new Set([...notes.values()].map(({ edge }) => edge));
    for (const [edge, at] of heard) if (!used.has(edge) && now - at > 3_600_000) heard.delete(edge);
  };

  await watch();
  let looking = false;
  const timer = setInterval(() => {
    if (looking || nc.isClosed()) return;
    looking = true;
    look()
      .catch(() => {}) // Without a server nobody can be told; looked at again in a moment.
      .finally(() => {
        looking = false;
      });
  }, everyMs);
  void (async () => {
    for await (const { type } of nc.status()) {
      if (stopped) return;
      if (type === "disconnect") listeningSince = Number.POSITIVE_INFINITY;
      if (type !== "reconnect") continue;
      while (
        !stopped &&
        !(await watch().then(
          () => true,
          () => false,
        ))
      )
        await new Promise((resolve) => setTimeout(resolve, 500));
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      for (const open of watches) open.stop();
    },
  };
}

async function follow(
  kv: KV,
  key: string,
  heard: (key: string, value: string | null, revision: number) => void,
) {
  const watch = await kv.watch({ key });
  void (async () => {
    for await (const entry of watch)
      heard(entry.key, entry.operation === "PUT" ? entry.string() : null, entry.revision);
  })().catch(() => {}); // Ended by stop(), or by a lost connection, after which it is opened anew.
  return watch;
}
