/**
 * Creates the durable consumers that a node's kinds need: one per (kind, partition), the relay, the mail of the edges, and the feeds.
 *
 * Those of a work queue with one copy are kept in memory: on its disk the server would write each one's record ten times a second while
 * it is at work, at `sync_interval: always` with an fsync. The record is worth nothing there, since what was acknowledged is gone from
 * the stream, and a consumer that begins anew gives what is left. But they are gone when the server ends, and are to be made again.
 */
import {
  type ConsumerConfig,
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamManager,
} from "@nats-io/jetstream";
import type { ActorDefinition } from "../../actors/define-actor.ts";
import { copyConsumer, partitionConsumer } from "../../protocols/streams.ts";
import { partitions, streams, subjects } from "../../protocols/subjects.ts";
import { relayConsumer, tellsConsumer } from "../runtime/copy-line.ts";

export const feedConsumer = (kind: string, index: number) => `feed-${kind}-${index}-v1`;

type Wanted = Record<string, unknown> & { durable_name: string };

export async function provisionConsumers(
  jsm: JetStreamManager,
  definitions: readonly ActorDefinition[],
): Promise<void> {
  const wanted = new Map<string, Wanted[]>();
  const want = (stream: string, consumer: Wanted) =>
    wanted.set(stream, [...(wanted.get(stream) ?? []), consumer]);
  want(streams.acts, copyConsumer(relayConsumer, subjects.allOut));
  want(streams.tells, copyConsumer(tellsConsumer, subjects.allTells));
  for (const { kind, feeds } of definitions) {
    for (let p = 0; p < partitions; p++) want(streams.acts, partitionConsumer(kind, p));
    feeds?.forEach((feed, index) => {
      want(feed.stream, copyConsumer(feedConsumer(kind, index), feed.filter));
    });
  }
  for (const [stream, consumers] of wanted) {
    const inMemory = await keepsInMemory(jsm, stream);
    const existing = new Map<string, boolean>();
    for await (const { name, config } of jsm.consumers.list(stream))
      existing.set(name, config.mem_storage === true);
    await Promise.all(
      consumers.map(async (consumer) => {
        const found = existing.get(consumer.durable_name);
        if (found === inMemory) return;
        // It can't be changed. Whoever reads it now meets a gap, and reads from the stream what is left.
        if (found !== undefined) await remove(jsm, stream, consumer.durable_name);
        await jsm.consumers.add(stream, { ...consumer, mem_storage: inMemory } as unknown as ConsumerConfig);
      }),
    );
  }
}

async function keepsInMemory(jsm: JetStreamManager, stream: string): Promise<boolean> {
  const { retention, num_replicas } = (await jsm.streams.info(stream)).config;
  return retention === "workqueue" && num_replicas === 1;
}

async function remove(jsm: JetStreamManager, stream: string, name: string): Promise<void> {
  await jsm.consumers.delete(stream, name).catch((error) => {
    // Another node does the same.
    const isGone = error instanceof JetStreamApiError && error.code === JetStreamApiCodes.ConsumerNotFound;
    if (!isGone) throw error;
  });
}
