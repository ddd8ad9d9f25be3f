/**
 * Creates every stream, bucket and object store with its full configuration, in one place. What exists already must have
 * the same settings: a difference stops the start with one line, since opening it silently would change the guarantees.
 */
import {
  JetStreamApiError,
  type JetStreamManager,
  jetstreamManager,
  type StreamConfig,
} from "@nats-io/jetstream";
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

/** A cluster decides each stream and consumer among its servers first. */
const requestTimeoutMs = 15_000;

/** @param replicas of each stream, bucket and object store: 1 on one machine, 3 in a cluster. */
export async function provision(nc: NatsConnection, replicas = 1): Promise<void> {
  const jsm = await whenItAnswers(nc);
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      return await provideAll(nc, jsm, replicas);
    } catch (error) {
      // A server of the cluster has not been heard of yet.
      const placed = !(error instanceof JetStreamApiError) || error.code !== noSuitablePeers;
      if (placed || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

const noSuitablePeers = 10005;

async function provideAll(nc: NatsConnection, jsm: JetStreamManager, replicas: number): Promise<void> {
  const existing = new Map<string, StreamConfig>();
  for await (const info of jsm.streams.list()) existing.set(info.config.name, info.config);
  for (const settings of streamSettings)
    await provideStream(jsm, existing, { ...settings, num_replicas: replicas });
  const kvm = new Kvm(nc);
  for (const { bucket, history, ttlMs } of bucketSettings) {
    const config = existing.get(`KV_${bucket}`);
    const wanted = { max_msgs_per_subject: history, max_age: ttlMs * 1e6, num_replicas: replicas };
    if (config) requireEqual(`KV_${bucket}`, config, wanted);
    else
      await kvm.create(bucket, {
        history,
        ttl: ttlMs,
        replicas,
        ...(ttlMs > 0 ? { markerTTL: 60_000 } : {}),
      });
  }
  const objm = new Objm(nc);
  for (const name of objectStoreNames) {
    const config = existing.get(`OBJ_${name}`);
    if (config) requireEqual(`OBJ_${name}`, config, { num_replicas: replicas });
    else await objm.create(name, { replicas });
  }
}

/** A cluster that has just started, or lost its leader, says nothing until it has elected one. */
const patienceMs = 60_000;
const probeTimeoutMs = 1_000;

/** @throws Error if JetStream is refused to us, or has no leader for a minute. */
async function whenItAnswers(nc: NatsConnection): Promise<JetStreamManager> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      await jetstreamManager(nc, { timeout: probeTimeoutMs });
      return await jetstreamManager(nc, { timeout: requestTimeoutMs, checkAPI: false });
    } catch (error) {
      // A JetStream error is an answer: no leader yet (10008), or for good. Anything else is silence.
      const noLeader = !(error instanceof JetStreamApiError) || error.code === 10008;
      if (!noLeader || nc.isClosed() || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

async function provideStream(
  jsm: JetStreamManager,
  existing: ReadonlyMap<string, StreamConfig>,
  settings: StreamSettings,
) {
  const config = existing.get(settings.name);
  // Installations from before have streams without these; they change no guarantee.
  const lacking = ["allow_atomic", "allow_direct", "republish"].filter(
    (name) => settings[name] && !config?.[name as keyof StreamConfig],
  );
  const takesMore = config?.subjects.every((subject) => settings.subjects.includes(subject)) === true;
  if (takesMore && config.subjects.length < settings.subjects.length) lacking.push("subjects");
  const added = Object.fromEntries(lacking.map((name) => [name, settings[name]]));
  if (config && Object.keys(added).length > 0)
    Object.assign(config, (await jsm.streams.update(settings.name, { ...config, ...added })).config);
  if (config) requireEqual(settings.name, config, settings);
  else await jsm.streams.add(settings as unknown as Partial<StreamConfig> & { name: string });
}

function requireEqual(name: string, found: object, wanted: object) {
  for (const [setting, value] of Object.entries(wanted)) {
    // The server leaves out what is 0 or false.
    const is =
      (found as Record<string, unknown>)[setting] ?? (value === 0 || value === false ? value : undefined);
    if (JSON.stringify(is) !== JSON.stringify(value))
      throw new SettingsDiffer(
        `${name} on the NATS server has ${setting} = ${JSON.stringify(is)}, but this build needs ${JSON.stringify(value)}. ` +
          `Change it there, or run the build that made it.`,
      );
  }
}
