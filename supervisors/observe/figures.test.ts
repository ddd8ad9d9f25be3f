/** Figures of two nodes over a real broker: counted where it happens, asked for from elsewhere, seen by ops with nats micro. */
import { jetstream } from "@nats-io/jetstream";
import { Svcm } from "@nats-io/services";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { Schema } from "effect";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emit, setup } from "xstate";
import { applierMachine } from "../../actors/applier/machine.ts";
import { defineActor } from "../../actors/define-actor.ts";
import { portalMachine } from "../../actors/portal/machine.ts";
import { subjects } from "../../protocols/subjects.ts";
import { type ActorNode, startActorNode } from "../actor-node.ts";
import { hostKind } from "../runtime/hosted-kind.ts";
import { startNats, type TestNats } from "../testkit/nats.ts";
import { gatherFigures, serveFigures } from "./figures.ts";
import { breakerStates, createNodeMetrics } from "./node-metrics.ts";

const Word = Schema.Struct({ type: Schema.Literals(["Say", "Throw", "Wait", "Unheard"]) });

/** Says a fact, throws, or says it a moment later by a timer. */
const speaker = hostKind(
  defineActor({
    kind: "speaker",
    message: Word,
    machine: setup({
      types: { events: {} as typeof Word.Type & { at: number } },
      actions: {
        boom: emit(() => {
          throw new Error("as told");
        }),
      },
    }).createMachine({
      id: "speaker@1",
      initial: "quiet",
      states: {
        quiet: {
          on: {
            Say: { actions: emit({ type: "Spoken" }) },
            Throw: { actions: "boom" },
            Wait: "waiting",
          },
        },
        waiting: { after: { 50: { target: "quiet", actions: emit({ type: "Spoken" }) } } },
      },
    }),
  }),
  { restarts: 1, minBackoffMs: 1, maxBackoffMs: 2, lastResort: "dead-letter" },
);

let nats: TestNats;
const connections: NatsConnection[] = [];
const nodes: ActorNode[] = [];
const connected = async (user: "actors" | "edge" | "ops") => {
  const nc = await connect({
    ...nats.connection(user),
  });
  connections.push(nc);
  return nc;
};

beforeAll(async () => {
  nats = await startNats();
  for (const nodeId of ["one", "two"]) {
    const nc = await connected("actors");
    const metrics = createNodeMetrics(nodeId);
    const node = await startActorNode({ nc, nodeId, kinds: [speaker], observers: [metrics] });
    nodes.push(node);
    metrics.watch(node.host);
    await serveFigures(nc, {
      name: "callboard-node",
      description: "A node of this test.",
      metadata: { node: nodeId },
      registry: metrics.registry,
      summary: metrics.summary,
    });
  }
});
afterAll(async () => {
  for (const node of nodes) await node.stop();
  for (const nc of connections) await nc.close();
  await nats.stop();
});

/** The sum of a metric over all nodes, for the labels given. */
const sum = (page: string, name: string, labels: string): number =>
  page
    .split("\n")
    .filter((line) => line.startsWith(`${name}{`) && labels.split(" ").every((label) => line.includes(label)))
    .reduce((total, line) => total + Number(line.split(" ").at(-1)), 0);

test("an edge reads the sums of what all nodes did: turns, facts, failures, dead letters, lateness, partitions", async () => {
  const nc = await connected("actors");
  const tell = (id: string, type: string) =>
    jetstream(nc).publish(subjects.mailbox(`speaker.${id}`), JSON.stringify({ type }));
  for (const id of ["a", "b", "c", "d", "e", "f", "g", "h"]) await tell(id, "Say");
  await tell("a", "Throw");
  await tell("b", "Unheard");
  await tell("c", "Wait");
  const edge = await connected("edge");
  const page = async () => (await gatherFigures(edge)).page;
  await expect
    .poll(async () => sum(await page(), "callboard_facts_total", 'type="Spoken"'), { timeout: 20_000 })
    .toBe(9);
  await expect
    .poll(async () => sum(await page(), "callboard_dead_letters_total", 'kind="speaker"'), {
      timeout: 20_000,
    })
    .toBe(1);
  const text = await page();
  expect(text).toContain("# TYPE callboard_turn_seconds histogram");
  expect(sum(text, "callboard_turn_failures_total", 'kind="speaker"')).toBe(1);
  expect(sum(text, "callboard_ignored_messages_total", 'kind="speaker"')).toBe(1);
  expect(sum(text, "callboard_timer_lateness_seconds_count", 'kind="speaker"')).toBe(1);
  expect(sum(text, "callboard_mailbox_depth", 'kind="speaker"')).toBe(0);
  expect(sum(text, "callboard_owned_partitions", 'kind="speaker"')).toBe(16);
  expect(sum(text, "callboard_turns_total", "")).toBe(sum(text, "callboard_turn_seconds_count", ""));
  for (const node of ["one", "two"])
    expect(sum(text, "callboard_turns_total", `node="${node}"`)).toBeGreaterThan(0);
});

test("ops sees the nodes as nats micro does", async () => {
  const client = new Svcm(await connected("ops")).client();
  const found: [string | undefined, number][] = [];
  for await (const { metadata, endpoints } of await client.stats("callboard-node")) {
    const data = endpoints?.[0]?.data as { partitions: number };
    found.push([metadata?.node, data.partitions]);
  }
  expect(found.map(([node]) => node).sort()).toEqual(["one", "two"]);
  expect(found.reduce((total, [, partitions]) => total + partitions, 0)).toBe(16);
});

test("the states that count as an open breaker are states of the machines", () => {
  const states = { portal: portalMachine.states, applier: applierMachine.states };
  expect(Object.keys(breakerStates).sort()).toEqual(Object.keys(states).sort());
  for (const [kind, names] of Object.entries(breakerStates))
    expect(Object.keys(states[kind as keyof typeof states])).toEqual(
      expect.arrayContaining(Object.keys(names)),
    );
});
