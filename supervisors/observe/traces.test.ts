/** Spans as a collector receives them: a small one of our own, that writes down what it is sent over OTLP/HTTP. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { jetstream } from "@nats-io/jetstream";
import { connect, headers, type NatsConnection } from "@nats-io/transport-node";
import { Schema } from "effect";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sendTo, setup } from "xstate";
import { defineActor } from "../../actors/define-actor.ts";
import { remote } from "../../actors/remote.ts";
import { task } from "../../actors/task.ts";
import { header, newTrace, traceparent } from "../../protocols/envelope.ts";
import { subjects } from "../../protocols/subjects.ts";
import { type ActorNode, startActorNode } from "../actor-node.ts";
import { hostKind } from "../runtime/hosted-kind.ts";
import { startNats, type TestNats } from "../testkit/nats.ts";
import { openTraces, type Traces } from "./traces.ts";

interface Received {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue: string } }[];
}

const Word = Schema.Struct({ type: Schema.Literals(["Ask", "Told"]) });
const policy = { restarts: 1, minBackoffMs: 1, maxBackoffMs: 2, lastResort: "dead-letter" } as const;

/** Looks something up, then tells the other kind what it found. */
const asker = hostKind(
  defineActor({
    kind: "asker",
    message: Word,
    tasks: { lookUp: {} },
    machine: setup({
      types: { events: {} as typeof Word.Type & { at: number } },
      actors: { lookUp: task<string, undefined>() },
    }).createMachine({
      id: "asker@1",
      initial: "idle",
      states: {
        idle: { on: { Ask: "asking" } },
        asking: {
          invoke: {
            src: "lookUp",
            onDone: { target: "idle", actions: sendTo(() => remote("told", "one"), { type: "Told" }) },
          },
        },
      },
    }),
  }),
  policy,
  { lookUp: async () => "found" },
);
const told = hostKind(
  defineActor({
    kind: "told",
    message: Word,
    machine: setup({ types: { events: {} as typeof Word.Type & { at: number } } }).createMachine({
      id: "told@1",
      initial: "waiting",
      states: { waiting: { on: { Told: "informed" } }, informed: {} },
    }),
  }),
  policy,
);

const spans: Received[] = [];
let collector: Server;
let nats: TestNats;
const connections: NatsConnection[] = [];
const nodes: ActorNode[] = [];
const opened: Traces[] = [];

beforeAll(async () => {
  collector = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      if (request.url === "/v1/traces" && request.headers["content-type"] === "application/json")
        for (const { scopeSpans } of JSON.parse(body).resourceSpans)
          for (const scope of scopeSpans) spans.push(...scope.spans);
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
  nats = await startNats();
  for (const [nodeId, kind] of [
    ["left", asker],
    ["right", told],
  ] as const) {
    const nc = await connect(nats.connection());
    const traces = await openTraces(url, nodeId);
    connections.push(nc);
    opened.push(traces);
    nodes.push(await startActorNode({ nc, nodeId, kinds: [kind], observers: [traces] }));
  }
});
afterAll(async () => {
  for (const node of nodes) await node.stop();
  for (const nc of connections) await nc.close();
  await nats?.stop();
  collector?.close();
});

test("one trace runs from the message through a task to another actor on another node, each step under its cause", async () => {
  const trace = newTrace();
  const h = headers();
  h.set(header.trace, traceparent(trace, "00000000000000aa"));
  const nc = connections[0] as NatsConnection;
  await jetstream(nc).publish(subjects.mailbox("asker.one"), JSON.stringify({ type: "Ask" }), { headers: h });
  await expect.poll(() => spans.some(({ name }) => name === "told Told"), { timeout: 20_000 }).toBe(true);
  await Promise.all(opened.map((traces) => traces.close()));
  expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([trace]));
  const named = (name: string) => spans.find((span) => span.name === name);
  const chain = ["asker Ask", "asker task lookUp", "asker xstate.done.actor.0.asker@1.asking", "told Told"];
  expect(spans.map(({ name }) => name).sort()).toEqual([...chain].sort());
  let parent = "00000000000000aa";
  for (const name of chain) {
    const span = named(name);
    expect([name, span?.parentSpanId]).toEqual([name, parent]);
    expect(BigInt(span?.endTimeUnixNano ?? 0) >= BigInt(span?.startTimeUnixNano ?? 1)).toBe(true);
    parent = span?.spanId ?? "";
  }
  expect(named("told Told")?.attributes).toContainEqual({
    key: "callboard.node",
    value: { stringValue: "right" },
  });
});
