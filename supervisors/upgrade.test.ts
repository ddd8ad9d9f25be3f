/** A changed machine is rolled out while work runs: old and new nodes side by side, back once and forth again, nothing lost. */
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { Schema } from "effect";
import { afterAll, beforeAll, expect, test } from "vitest";
import { assign, setup } from "xstate";
import { defineActor } from "../actors/define-actor.ts";
import { task } from "../actors/task.ts";
import { streams, subjects } from "../protocols/subjects.ts";
import { type ActorNode, startActorNode } from "./actor-node.ts";
import { hostKind } from "./runtime/hosted-kind.ts";
import { startNats, type TestNats } from "./testkit/nats.ts";

const Message = Schema.Union([
  Schema.Struct({ type: Schema.Literal("Add"), n: Schema.Finite }),
  Schema.Struct({ type: Schema.Literal("Wait") }),
  Schema.Struct({ type: Schema.Literal("Work") }),
]);
type Message = typeof Message.Type;
const policy = { restarts: 3, minBackoffMs: 10, maxBackoffMs: 50, lastResort: "pause" } as const;

/** Tasks end when this is set: what began on the old node is finished on the new one. */
let mayFinish = false;
const runWork = async () => {
  while (!mayFinish) await new Promise((resolve) => setTimeout(resolve, 20));
  return "worked";
};

const counterOf = <C extends { woken: number; worked: number }>(
  id: string,
  context: C,
  add: (context: C, n: number) => C,
) =>
  setup({
    types: { context: {} as C, events: {} as Message & { at: number } },
    actors: { work: task<string, null>() },
  }).createMachine({
    id,
    context,
    type: "parallel",
    states: {
      counting: {
        on: {
          Add: { actions: assign(({ context: before, event }) => add(before, event.n) as Partial<C>) },
        },
      },
      waiting: {
        initial: "idle",
        states: {
          idle: { on: { Wait: "armed" } },
          armed: {
            after: {
              4000: {
                target: "idle",
                actions: assign(({ context: c }) => ({ woken: c.woken + 1 }) as Partial<C>),
              },
            },
          },
        },
      },
      working: {
        initial: "idle",
        states: {
          idle: { on: { Work: "busy" } },
          busy: {
            invoke: {
              src: "work",
              input: null,
              onDone: {
                target: "idle",
                actions: assign(({ context: c }) => ({ worked: c.worked + 1 }) as Partial<C>),
              },
            },
          },
        },
      },
    },
  });

const oldCounter = hostKind(
  defineActor({
    kind: "counter",
    message: Message,
    tasks: { work: { retries: 0 } },
    machine: counterOf("counter@1", { count: 0, woken: 0, worked: 0 }, (c, n) => ({
      ...c,
      count: c.count + n,
    })),
  }),
  policy,
  { work: runWork },
);
const newCounter = hostKind(
  defineActor({
    kind: "counter",
    message: Message,
    tasks: { work: { retries: 0 } },
    machine: counterOf("counter@2", { sum: 0, times: 0, woken: 0, worked: 0 }, (c, n) => ({
      ...c,
      sum: c.sum + n,
      times: c.times + 1,
    })),
    migrate: (persisted) => {
      const { context, ...rest } = persisted as { context: { count: number; woken: number; worked: number } };
      const { count, ...others } = context;
      return { ...rest, context: { ...others, sum: count, times: count } };
    },
  }),
  policy,
  { work: runWork },
);

let nats: TestNats;
const running = new Map<string, { node: ActorNode; nc: NatsConnection }>();
const start = async (nodeId: string, kind: typeof oldCounter) => {
  const nc = await connect(nats.connection());
  running.set(nodeId, { nc, node: await startActorNode({ nc, nodeId, kinds: [kind] }) });
};
const stop = async (nodeId: string) => {
  const { node, nc } = running.get(nodeId) ?? {};
  running.delete(nodeId);
  await node?.stop();
  await nc?.close();
};

beforeAll(async () => {
  nats = await startNats();
});
afterAll(async () => {
  for (const nodeId of running.keys()) await stop(nodeId);
  await nats?.stop();
});

const ids = Array.from({ length: 40 }, (_, i) => `c${i}`);
const context = { sum: 0, times: 0, woken: 0, worked: 0 };

test("no message, timer or task is lost, and every actor ends at the new version", async () => {
  const nc = await connect(nats.connection());
  const jsm = await jetstreamManager(nc);
  const js = jetstream(nc);
  const tell = (id: string, message: Message) =>
    js.publish(subjects.mailbox(`counter.${id}`), JSON.stringify(message));
  let said = 0;
  const addToAll = async () => {
    said++;
    await Promise.all(ids.map((id) => tell(id, { type: "Add", n: 1 })));
  };
  const states = async () =>
    Promise.all(
      ids.map(async (id) => {
        const state = await jsm.streams.getMessage(streams.acts, {
          last_by_subj: subjects.state(`counter.${id}`),
        });
        return state?.json<{ version: string; snapshot: { context: object } }>();
      }),
    );
  const until = async (look: () => Promise<boolean>) => {
    for (const deadline = Date.now() + 45_000; !(await look()); ) {
      if (Date.now() > deadline)
        throw new Error(`Not within 45 s: ${JSON.stringify((await states()).slice(0, 3))}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const versions = async () => new Set((await states()).map((state) => state?.version));

  await start("old", oldCounter);
  await addToAll();
  await Promise.all(ids.flatMap((id) => [tell(id, { type: "Wait" }), tell(id, { type: "Work" })]));
  await until(async () => (await states()).every((state) => state !== undefined));

  // Side by side: the new node takes its share over, and work goes on.
  await start("new", newCounter);
  await addToAll();
  await until(async () => (await versions()).has("counter@2"));
  // Back: the old node can't read what the new one stored; that mail waits, the rest goes on.
  await stop("new");
  await addToAll();
  // Forth again, for good.
  await start("newer", newCounter);
  await stop("old");
  mayFinish = true;
  await addToAll();

  const expected = { ...context, sum: said, times: said, woken: 1, worked: 1 };
  await until(async () =>
    (await states()).every(
      (state) => JSON.stringify(state?.snapshot.context) === JSON.stringify(sorted(state, expected)),
    ),
  );
  expect(await versions()).toEqual(new Set(["counter@2"]));
  expect((await jsm.streams.info(streams.dead)).state.messages).toBe(0);
  await nc.close();
}, 120_000);

/** The expected values in the order of the stored ones. */
function sorted(state: { snapshot: { context: object } } | undefined, expected: Record<string, number>) {
  return Object.fromEntries(Object.keys(state?.snapshot.context ?? {}).map((key) => [key, expected[key]]));
}
