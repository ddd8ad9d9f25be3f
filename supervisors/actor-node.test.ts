/** Nodes of different roles, as a fleet runs them: each hosts kinds of its own, and together they are one system. */
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { Schema } from "effect";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emit, sendTo, setup } from "xstate";
import { defineActor } from "../actors/define-actor.ts";
import { remote } from "../actors/remote.ts";
import { streams, subjects } from "../protocols/subjects.ts";
import { type ActorNode, startActorNode } from "./actor-node.ts";
import { relayConsumer } from "./runtime/copy-line.ts";
import { hostKind } from "./runtime/hosted-kind.ts";
import { startNats, type TestNats } from "./testkit/nats.ts";

const Ball = Schema.Struct({ type: Schema.Literal("Ball"), left: Schema.Finite });

/** Says that it was hit, and plays the ball on to the same player of the other kind while hits are left. */
const player = (kind: string, other: string) =>
  hostKind(
    defineActor({
      kind,
      message: Ball,
      machine: setup({
        types: {
          input: {} as { id: string; at: number },
          context: {} as { id: string },
          events: {} as typeof Ball.Type & { at: number },
        },
      }).createMachine({
        id: `${kind}@1`,
        context: ({ input }) => ({ id: input.id }),
        on: {
          Ball: [
            {
              guard: ({ event }) => event.left > 0,
              actions: [
                emit({ type: "Hit" }),
                sendTo(
                  ({ context }) => remote(other, context.id),
                  ({ event }) => ({ type: "Ball", left: event.left - 1 }),
                ),
              ],
            },
            { actions: emit({ type: "Hit" }) },
          ],
        },
      }),
    }),
    { restarts: 1, minBackoffMs: 10, maxBackoffMs: 20, lastResort: "dead-letter" },
  );

let nats: TestNats;
const connections: NatsConnection[] = [];
const nodes: ActorNode[] = [];

beforeAll(async () => {
  nats = await startNats();
});
afterAll(async () => {
  for (const node of nodes) await node.stop();
  for (const nc of connections) await nc.close();
  await nats.stop();
});

const connected = async () => {
  const nc = await connect({ ...nats.connection("actors") });
  connections.push(nc);
  return nc;
};

test("nodes that host different kinds pass mail to each other, and only one of them relays", async () => {
  const said: string[] = [];
  const start = async (nodeId: string, kind: string, other: string) =>
    nodes.push(
      await startActorNode({
        nc: await connected(),
        nodeId,
        kinds: [player(kind, other)],
        log: (text) => said.push(`${nodeId} ${text}`),
      }),
    );
  await start("left", "ping", "pong");
  await start("right", "pong", "ping");

  const nc = await connected();
  const ids = ["a", "b", "c", "d", "e"];
  const hits = 21;
  for (const id of ids)
    await jetstream(nc).publish(
      subjects.mailbox(`ping.${id}`),
      JSON.stringify({ type: "Ball", left: hits - 1 }),
    );
  const jsm = await jetstreamManager(nc);
  await expect
    .poll(async () => (await jsm.streams.info(streams.events)).state.messages, { timeout: 20_000 })
    .toBe(ids.length * hits);
  // A second one would wait for its turn at the same consumer, and send it back to the floor whenever it starts.
  const { num_waiting } = await jsm.consumers.info(streams.acts, relayConsumer);
  expect(num_waiting).toBe(1);
  expect(said.filter((line) => line.includes("relay"))).toEqual([]);
});

test("a node does not start under the name of another one that lives", async () => {
  const second = startActorNode({ nc: await connected(), nodeId: "left", kinds: [] });
  await expect(second).rejects.toThrow(/give each a CALLBOARD_NODE_ID of its own/);
});
