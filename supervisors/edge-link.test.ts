/** An edge's questions to real actors: what only reads is answered from the stored state, all else goes by mail. */
import { jetstreamManager } from "@nats-io/jetstream";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { Redacted, Schema } from "effect";
import { afterAll, beforeAll, expect, test } from "vitest";
import { assign, enqueueActions, setup } from "xstate";
import { defineActor } from "../actors/define-actor.ts";
import { reply } from "../actors/remote.ts";
import { streams } from "../protocols/subjects.ts";
import { type ActorNode, startActorNode } from "./actor-node.ts";
import type { CallboardConfig } from "./config.ts";
import { type EdgeLink, openEdgeLink } from "./edge-link.ts";
import { hostKind } from "./runtime/hosted-kind.ts";
import { startNats, type TestNats } from "./testkit/nats.ts";

const Message = Schema.Union([
  Schema.Struct({ type: Schema.Literal("Add"), n: Schema.Int, replyTo: Schema.optional(Schema.String) }),
  Schema.Struct({ type: Schema.Literal("Sum"), replyTo: Schema.String }),
]);
const adder = setup({
  types: {
    input: {} as { id: string },
    context: {} as { sum: number },
    events: {} as typeof Message.Type,
  },
}).createMachine({
  id: "adder@1",
  context: { sum: 0 },
  on: {
    Add: {
      actions: enqueueActions(({ context, event, enqueue }) => {
        enqueue.assign({ sum: context.sum + event.n });
        enqueue.sendTo(reply(event.replyTo), { type: "Sum", sum: context.sum + event.n });
      }),
    },
    Sum: {
      actions: [
        assign({}), // As machines do: an assign that changes nothing is none.
        enqueueActions(({ context, event, enqueue }) =>
          enqueue.sendTo(reply(event.replyTo), { type: "Sum", sum: context.sum }),
        ),
      ],
    },
  },
});
const definition = defineActor({ kind: "adder", machine: adder, message: Message });
const policy = { restarts: 1, minBackoffMs: 10, maxBackoffMs: 20, lastResort: "dead-letter" } as const;

let nats: TestNats;
let nc: NatsConnection;
let node: ActorNode | null = null;
let link: EdgeLink;
let logged = (_line: string) => {};
const host = async (nodeId: string) => {
  await node?.stop();
  node = await startActorNode({ nc, nodeId, kinds: [hostKind(definition, policy)] });
};
beforeAll(async () => {
  nats = await startNats();
  nc = await connect(nats.connection("actors"));
  await host("first");
  const edge = nats.connection("edge");
  const config = {
    nodeId: "e",
    natsUrl: edge.servers,
    natsUser: edge.user,
    natsPassword: Redacted.make(edge.pass),
  };
  link = await openEdgeLink(config as unknown as CallboardConfig, (line) => logged(line));
});
afterAll(async () => {
  await link?.close();
  await node?.stop();
  await nc?.close();
  await nats?.stop();
});

const ask = (message: object) => link.ask("adder.a", message as { type: string }, { onlyReads: true });
/** How much has ever been stored of what actors are told and do. */
const stored = async () => {
  const jsm = await jetstreamManager(nc);
  const infos = await Promise.all([streams.acts, streams.tells].map((stream) => jsm.streams.info(stream)));
  return infos.map(({ state }) => state.last_seq);
};

test("what only reads is answered from the stored state, and nothing is stored for it", async () => {
  expect(await ask({ type: "Sum" })).toEqual({ type: "Sum", sum: 0 }); // By mail: it was not in memory.
  expect(await link.ask("adder.a", { type: "Add", n: 3 } as { type: string })).toEqual({
    type: "Sum",
    sum: 3,
  });
  const before = await stored();
  for (let i = 0; i < 20; i++) expect(await ask({ type: "Sum" })).toEqual({ type: "Sum", sum: 3 });
  expect(await stored()).toEqual(before);
});

test("what changes something goes by mail and is done once, whatever the asker believes", async () => {
  const [, tells = 0] = await stored();
  expect(await ask({ type: "Add", n: 4 })).toEqual({ type: "Sum", sum: 7 });
  expect((await stored())[1]).toBe(tells + 1);
  expect(await ask({ type: "Sum" })).toEqual({ type: "Sum", sum: 7 });
});

test("a new owner answers from what the one before has stored", async () => {
  await host("second");
  expect(await ask({ type: "Sum" })).toEqual({ type: "Sum", sum: 7 });
  expect(await ask({ type: "Sum" })).toEqual({ type: "Sum", sum: 7 });
});

test("what was under way when the server died is asked and told again as soon as the line is back, and counts once", async () => {
  await host("third");
  const before = (await ask({ type: "Sum" })) as { sum: number };
  process.kill(nats.pid, "SIGSTOP");
  const read = link.lastFact("Told", "nobody");
  const told = link.tell("adder.a", { type: "Add", n: 1 } as { type: string });
  // They are on their way to a server that will never answer; a client alone would wait for 5 s and then fail.
  await new Promise((resolve) => setTimeout(resolve, 100));
  await nats.kill();
  await nats.restart();
  expect(await Promise.all([read, told])).toEqual([null, true]);
  await expect.poll(() => ask({ type: "Sum" }), { timeout: 20_000 }).toMatchObject({ sum: before.sum + 1 });
}, 60_000);

test("a line that is lost again while it reads what it has missed is back with the next one", async () => {
  await host("fourth");
  const before = (await ask({ type: "Sum" })) as { sum: number };
  const lostAgain = new Promise<void>((resolve) => {
    logged = (line) => {
      if (!line.includes("connected")) return;
      process.kill(nats.pid, "SIGSTOP");
      resolve();
    };
  });
  await nats.kill();
  await nats.restart();
  await lostAgain;
  logged = () => {};
  const told = link.tell("adder.a", { type: "Add", n: 1 } as { type: string });
  await nats.kill();
  await nats.restart();
  const late = new Promise((resolve) => setTimeout(resolve, 4_000, "late"));
  expect(await Promise.race([told, late])).toBe(true);
  await expect.poll(() => ask({ type: "Sum" }), { timeout: 20_000 }).toMatchObject({ sum: before.sum + 1 });
}, 60_000);
