/**
 * Creates every stream, bucket and object store with its full configuration, in one place. What exists already must have
 * the same settings: a difference stops the start with one line, since opening it silently would change the guarantees.
 */
import { type JetStreamManager, jetstreamManager, type StreamConfig } from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";
import { Objm } from "@nats-io/obj";
import type { NatsConnection } from "@nats-io/transport-node";
import {
  bucketSettings,
  objectStoreNames,
  type StreamSettings,
  streamSettings,
} from "../../protocols/streams.ts";

/** The server keeps other settings than this build asks for. */
export class SettingsDiffer extends Error {}

/** @param replicas 1 on one machine, 3 in a cluster. */
export async function provision(nc: NatsConnection, replicas = 1): Promise<void> {
  const jsm = await jetstreamManager(nc);
  const existing = new Map<string, StreamConfig>();
  for await (const info of jsm.streams.list()) existing.set(info.config.name, info.config);
  for (const settings of streamSettings)
    await provideStream(jsm, existing, { ...settings, num_replicas: replicas });
  const kvm = new Kvm(nc);
  for (const { bucket, history, ttlMs } of bucketSettings) {
    const config = existing.get(`KV_${bucket}`);
    if (config) requireEqual(`KV_${bucket}`, config, { max_msgs_per_subject: history, max_age: ttlMs * 1e6 });
    else
      await kvm.create(bucket, {
        history,
        ttl: ttlMs,
        replicas,
        ...(ttlMs > 0 ? { markerTTL: 60_000 } : {}),
      });
  }
  const objm = new Objm(nc);
  for (const name of objectStoreNames)
    if (!existing.has(`OBJ_${name}`)) await objm.create(name, { replicas });
}

async function provideStream(
  jsm: JetStreamManager,
  existing: ReadonlyMap<string, StreamConfig>,
  settings: StreamSettings,
) {
  const config = existing.get(settings.name);
  if (config) requireEqual(settings.name, config, settings);
  else await jsm.streams.add(settings as unknown as Partial<StreamConfig> & { name: string });
}

function requireEqual(name: string, found: object, wanted: object) {
  for (const [setting, value] of Object.entries(wanted)) {
    const is = (found as Record<string, unknown>)[setting] ?? (value === 0 ? 0 : undefined);
    if (JSON.stringify(is) !== JSON.stringify(value))
      throw new SettingsDiffer(
        `${name} on the NATS server has ${setting} = ${JSON.stringify(is)}, but this build needs ${JSON.stringify(value)}. ` +
          `Change it there, or run the build that made it.`,
      );
  }
}
