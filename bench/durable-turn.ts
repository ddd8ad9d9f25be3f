/**
 * Durable turns per second, of the runtime and of its floor: a bare loop with the same consumers, the same sizes, the
 * same atomic batches one after the other and the same purges, but no decoding, no machine, no actors.
 */
import { type JsMsg, jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { partitionConsumer, pinGroup, pullExpiresMs } from "../protocols/streams.ts";
import { partitions, streams, subjects } from "../protocols/subjects.ts";
import { startActorNode } from "../supervisors/actor-node.ts";
import { writeBatch } from "../supervisors/runtime/batch.ts";
import { hostKind } from "../supervisors/runtime/hosted-kind.ts";
import type { OutboxMessage } from "../supervisors/runtime/outbox.ts";
import { wakeConsumer } from "../supervisors/runtime/wake-consumer.ts";
import { provision } from "../supervisors/storage/provision.ts";
import { provisionConsumers } from "../supervisors/storage/provision-consumers.ts";
import { startNats } from "../supervisors/testkit/nats.ts";
import { tree } from "../supervisors/tree.ts";
import { runner, runnerId, tokenOf, tokenPadding } from "./relay-race.ts";

export interface TurnWorkload {
  readonly name: string;
  /** Messages that wait at the start. */
  readonly tokens: number;
  /** Messages that follow each of them. */
  readonly hops: number;
  /** The actor that hears token `n` first. */
  readonly first: (n: number) => string;
}

export const workloads: readonly TurnWorkload[] = [
  { name: "1,000 actors", tokens: 2_000, hops: 14, first: runnerId },
  // All in one mailbox; what it says goes to the others' mailboxes, which nobody empties.
  { name: "1 hot actor", tokens: 30_000, hops: 0, first: () => "hot" },
];

const total = ({ tokens, hops }: TurnWorkload) => tokens * (hops + 1);

async function withServer<T>(syncAlways: boolean, run: (nc: NatsConnection) => Promise<T>): Promise<T> {
  const nats = await startNats({ syncAlways });
  const nc = await connect(nats.connection("actors"));
  try {
    await provision(nc);
    await provisionConsumers(await jetstreamManager(nc), [runner]);
    return await run(nc);
  } finally {
    await nc.close();
    await nats.stop();
  }
}

async function fill(nc: NatsConnection, { tokens, hops, first }: TurnWorkload) {
  const js = jetstream(nc);
  for (let n = 0; n < tokens; n += 500)
    await Promise.all(
      Array.from({ length: Math.min(500, tokens - n) }, (_, i) =>
        js.publish(subjects.mailbox(`runner.${first(n + i)}`), tokenOf(n + i, hops)),
      ),
    );
}

/** Messages applied per second by the runtime. */
export const runtimeRate = (workload: TurnWorkload, syncAlways: boolean): Promise<number> =>
  withServer(syncAlways, async (nc) => {
    await fill(nc, workload);
    const startedAt = performance.now();
    const node = await startActorNode({ nc, nodeId: "bench", kinds: [hostKind(runner, tree.catalog)] });
    while (node.host.counts.inputs < total(workload)) await new Promise((resolve) => setTimeout(resolve, 2));
    const rate = total(workload) / ((performance.now() - startedAt) / 1_000);
    await node.stop();
    return rate;
  });

/** As many messages per second as a bare loop manages on the same server, with `perTurn` messages folded into a state. */
export const floorRate = (workload: TurnWorkload, syncAlways: boolean, perTurn: number): Promise<number> =>
  withServer(syncAlways, async (nc) => {
    await fill(nc, workload);
    const startedAt = performance.now();
    await bareLoop(nc, workload, perTurn);
    return total(workload) / ((performance.now() - startedAt) / 1_000);
  });

async function bareLoop(nc: NatsConnection, workload: TurnWorkload, perTurn: number) {
  const jsm = await jetstreamManager(nc);
  const waiting: { readonly message: JsMsg; readonly p: number }[] = [];
  let wake = () => {};
  const readers = await Promise.all(
    Array.from({ length: partitions }, async (_, p) => {
      const consumer = await jsm
        .jetstream()
        .consumers.get(streams.acts, partitionConsumer("runner", p).durable_name);
      return consumer.consume({
        group: pinGroup,
        max_messages: 1_000,
        expires: pullExpiresMs,
        callback: (message) => {
          waiting.push({ message, p });
          wake();
        },
      });
    }),
  );
  const never = new AbortController().signal;
  const state = "s".repeat(400);
  const token = JSON.stringify({
    type: "Token",
    token: 10_000,
    left: 10,
    next: 10_000,
    padding: tokenPadding,
  });
  /** By partition, how far all is stored: so far it is deleted with one purge now and then, as the runtime does. */
  const stored = new Map<number, number>();
  let over = false;
  const settle = async () => {
    while (!over || stored.size > 0) {
      const some = [...stored];
      stored.clear();
      for (const [p, seq] of some) {
        await jsm.streams.purge(streams.acts, { filter: subjects.partition("runner", p), seq: seq + 1 });
        wakeConsumer(nc, streams.acts, partitionConsumer("runner", p).durable_name);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const settling = settle();
  let sent = workload.tokens;
  const perBatch = perTurn === 1 ? 480 : 400;
  for (let done = 0; done < total(workload); ) {
    if (waiting.length === 0)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    const taken = waiting.splice(0, perBatch);
    const messages: OutboxMessage[] = [];
    for (let i = 0; i < taken.length; i++) {
      if (i % perTurn === 0)
        messages.push({
          subject: subjects.state(`runner.${runnerId(i)}`),
          body: state,
          headers: [["Nats-Rollup", "sub"]],
        });
      if (workload.hops > 0 && sent++ < total(workload))
        messages.push({
          subject: subjects.mailbox(`runner.${runnerId(sent)}`),
          body: token,
          headers: carried,
        });
    }
    await writeBatch(nc, messages, never);
    for (const { message, p } of taken) stored.set(p, message.seq);
    done += taken.length;
  }
  over = true;
  await settling;
  for (const reader of readers) await reader.close();
}

const carried: readonly [string, string][] = [
  ["traceparent", "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01"],
  ["Callboard-From", "runner.r100"],
  ["Callboard-Cause", "100000"],
];
