/** Creates the durable consumers that a node's kinds need: one per (kind, partition), the relay, the mail of the edges, and the feeds. */
import type { ConsumerConfig, JetStreamManager } from "@nats-io/jetstream";
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
    const existing = new Set<string>();
    for await (const info of jsm.consumers.list(stream)) existing.add(info.name);
    await Promise.all(
      consumers
        .filter(({ durable_name }) => !existing.has(durable_name))
        .map((consumer) => jsm.consumers.add(stream, consumer as unknown as ConsumerConfig)),
    );
  }
}
