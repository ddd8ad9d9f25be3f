/** The runtime on a real nats-server: what plain XState promises, kept through crashes. */
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";
import { connect, headers, type NatsConnection } from "@nats-io/transport-node";
import { Schema } from "effect";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { assign, emit, sendTo, setup } from "xstate";
import { defineActor } from "../../actors/define-actor.ts";
import { remote } from "../../actors/remote.ts";
import { task } from "../../actors/task.ts";
import { subjects } from "../../protocols/subjects.ts";
import { type ActorNode, startActorNode } from "../actor-node.ts";
import { startNats, type TestNats } from "../testkit/nats.ts";
import { hostKind } from "./hosted-kind.ts";
import { resumeActor } from "./parking.ts";

const Message = Schema.Union([
  Schema.Struct({ type: Schema.Literal("Add"), amount: Schema.Finite }),
  Schema.Struct({ type: Schema.Literal("Work"), input: Schema.String }),
  Schema.Struct({ type: Schema.Literal("Wait"), ms: Schema.Finite }),
  Schema.Struct({ type: Schema.Literal("StopWaiting") }),
  Schema.Struct({ type: Schema.Literal("Explode") }),
]);

const counter = setup({
  types: {
    input: {} as { id: string; at: number },
    context: {} as {
      id: string;
      sum: number;
      heard: number;
      waitMs: number;
      worked: string[];
      fired: number;
    },
    events: {} as (typeof Message)["Type"] & { at: number },
  },
  actors: { work: task<string, string>() },
  delays: { waiting: ({ context }) => context.waitMs, tooLong: ({ context }) => 10 * context.waitMs },
}).createMachine({
  id: "counter@1",
  context: ({ input }) => ({ id: input.id, sum: 0, heard: 0, waitMs: 0, worked: [], fired: 0 }),
  initial: "idle",
  on: {
    Add: {
      actions: [
        assign(({ context, event }) => ({ sum: context.sum + event.amount, heard: context.heard + 1 })),
        emit(({ context }) => ({ type: "Added", sum: context.sum })),
      ],
    },
    Explode: {
      actions: assign(() => {
        throw new Error("boom");
      }),
    },
  },
  states: {
    idle: {
      on: {
        Work: "working",
        Wait: { target: "waiting", actions: assign(({ event }) => ({ waitMs: event.ms })) },
      },
    },
    working: {
      invoke: {
        id: "job",
        src: "work",
        input: ({ event }) => (event.type === "Work" ? event.input : ""),
        onDone: {
          target: "idle",
          actions: [
            assign(({ context, event }) => ({ worked: [...context.worked, event.output] })),
            sendTo(remote("counter", "sink"), { type: "Add", amount: 1000 }),
          ],
        },
        onError: {
          target: "idle",
          actions: assign(({ context }) => ({ worked: [...context.worked, "failed"] })),
        },
      },
    },
    waiting: {
      after: {
        waiting: { target: "idle", actions: assign(({ context }) => ({ fired: context.fired + 1 })) },
        tooLong: { target: "idle", actions: assign(({ context }) => ({ fired: context.fired + 10 })) },
      },
      on: { StopWaiting: "idle" },
    },
  },
});
const definition = defineActor({
  kind: "counter",
  machine: counter,
  message: Message,
  tasks: { work: { retries: 1 } },
});
const policy = { restarts: 1, minBackoffMs: 10, maxBackoffMs: 20, lastResort: "dead-letter" } as const;

let nats: TestNats;
let nc: NatsConnection;
const nodes: ActorNode[] = [];
const connections: NatsConnection[] = [];

beforeAll(async () => {
  nats = await startNats();
  nc = await connect({ ...nats.connection("actors"), maxReconnectAttempts: -1, reconnectTimeWait: 100 });
});
afterEach(async () => {
  for (const node of nodes.splice(0)) await node.stop();
  for (const connection of connections.splice(0)) await connection.close();
});
afterAll(async () => {
  await nc.close();
  await nats.stop();
});

async function node(
  nodeId: string,
  work: (input: string) => Promise<unknown> = async (input) => `did ${input}`,
) {
  const connection = await connect({
    ...nats.connection("actors"),
    maxReconnectAttempts: -1,
    reconnectTimeWait: 100,
  });
  connections.push(connection);
  const started = await startActorNode({
    nc: connection,
    nodeId,
    kinds: [hostKind(definition, policy, { work: (input: string) => work(input) })],
    log: (text) => process.env.DEBUG && console.error(nodeId, text),
  });
  nodes.push(started);
  return { ...started, connection };
}
const tell = (id: string, message: unknown, messageId?: string) => {
  const extra = messageId ? { headers: headers() } : {};
  if (messageId && extra.headers) extra.headers.set("Nats-Msg-Id", messageId);
  return jetstream(nc).publish(subjects.mailbox(`counter.${id}`), JSON.stringify(message), extra);
};
async function stored(id: string) {
  const jsm = await jetstreamManager(nc);
  const message = await jsm.streams.getMessage("ACTS", { last_by_subj: subjects.state(`counter.${id}`) });
  return message?.json<{
    snapshot: { value: string; context: Record<string, unknown> } | null;
    timers: Record<string, { id: string; dueAt: number }>;
    paused: unknown;
  }>();
}
async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false | null>,
  ms = 15_000,
): Promise<T> {
  const deadline = Date.now() + ms;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > deadline) throw new Error(`Waited ${ms} ms in vain until ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
const sumIs = (id: string, sum: number) =>
  until(`counter.${id} has ${sum}`, async () => (await stored(id))?.snapshot?.context.sum === sum);

test("applies each message once and in order, and tells EVENTS", async () => {
  await node("n1");
  for (let i = 1; i <= 50; i++) await tell("a", { type: "Add", amount: i });
  await sumIs("a", 1275);
  const jsm = await jetstreamManager(nc);
  const last = await until("the last event is there", async () => {
    const message = await jsm.streams.getMessage("EVENTS", { last_by_subj: "callboard.event.Added.a" });
    return message?.json<{ sum: number }>().sum === 1275 && message.json<Record<string, unknown>>();
  });
  expect(last).toMatchObject({ type: "Added", actor: "counter.a" });
  expect(String(last.trace)).toMatch(/^[0-9a-f]{32}$/);
});

test("carries out an invoked task after its turn, answers with its result, and tells a remote actor", async () => {
  await node("n2");
  await tell("b", { type: "Work", input: "x" });
  await until(
    "the task is answered",
    async () => (await stored("b"))?.snapshot?.context.worked?.toString() === "did x",
  );
  await sumIs("sink", 1000);
});

test("answers with onError when a task fails for good", async () => {
  await node("n3", async () => {
    throw new Error("no luck");
  });
  await tell("c", { type: "Work", input: "x" });
  await until(
    "the failure is heard",
    async () => (await stored("c"))?.snapshot?.context.worked?.toString() === "failed",
  );
});

test("runs an unanswered task again on the next node, and the actor goes on", async () => {
  const first = await node("n4", () => new Promise(() => {}));
  await tell("d", { type: "Work", input: "x" });
  await until("the task is stored", async () => (await stored("d"))?.snapshot?.value === "working");
  await first.connection.close(); // As a crash: nothing is handed over.
  nodes.splice(0);
  await node("n5");
  await until(
    "the task is answered",
    async () => (await stored("d"))?.snapshot?.context.worked?.toString() === "did x",
  );
});

test("fires `after` though the actor was not in memory meanwhile, and once only; the broker holds one timer of an actor", async () => {
  const jsm = await jetstreamManager(nc);
  const alarms = async () => {
    const info = await jsm.streams.info("ACTS", { subjects_filter: "callboard.timer.counter.e.*" });
    return Object.keys(info.state.subjects ?? {});
  };
  const first = await node("n6");
  await tell("e", { type: "Wait", ms: 1_500 });
  await until("it waits", async () => (await stored("e"))?.snapshot?.value === "waiting");
  const [soonest] = Object.values((await stored("e"))?.timers ?? {}).sort((a, b) => a.dueAt - b.dueAt);
  expect(await alarms()).toEqual([`callboard.timer.counter.e.${soonest?.id}`]);
  await first.stop();
  nodes.splice(0);
  await node("n7");
  await until("the timer fires", async () => (await stored("e"))?.snapshot?.context.fired === 1);
  await tell("e", { type: "Wait", ms: 60_000 });
  await tell("e", { type: "StopWaiting" });
  await tell("e", { type: "Add", amount: 5 });
  await sumIs("e", 5);
  expect((await stored("e"))?.timers).toEqual({});
  await until("the cancelled timer has left the stream", async () => (await alarms()).length === 0);
});

test("what came before a timer was due is heard before it, though nobody was there for either", async () => {
  const first = await node("n7a");
  const dueAt = Date.now() + 1_000;
  await tell("overdue", { type: "Wait", ms: 1_000 });
  await until("it waits", async () => (await stored("overdue"))?.snapshot?.value === "waiting");
  await first.stop();
  nodes.splice(0);
  await tell("overdue", { type: "StopWaiting" });
  await until("the timer is long overdue", async () => Date.now() > dueAt + 2_500);
  await node("n7b");
  await tell("overdue", { type: "Add", amount: 5 });
  await sumIs("overdue", 5);
  expect((await stored("overdue"))?.snapshot?.context.fired).toBe(0);
});

test("a message that does not decode, and one that the machine throws on, become dead letters; the rest goes on", async () => {
  await node("n8");
  await tell("f", { type: "Add", amount: "many" });
  await jetstream(nc).publish(subjects.mailbox("counter.f"), "{not json");
  await tell("f", { type: "Explode" });
  await tell("f", { type: "Add", amount: 7 });
  await sumIs("f", 7);
  const jsm = await jetstreamManager(nc);
  await until("three dead letters", async () => {
    const info = await jsm.streams.info("DEAD", { subjects_filter: "callboard.dead.counter.f" });
    return info.state.subjects?.["callboard.dead.counter.f"] === 3;
  });
});

test("an owner that slept through a take-over can write nothing more", async () => {
  const first = await node("n9");
  await tell("g", { type: "Add", amount: 1 });
  await sumIs("g", 1);
  // Somebody else takes every partition, as after a pause longer than the lease.
  const jsm = await jetstreamManager(nc);
  for (let p = 0; p < 16; p++) await jetstream(nc).publish(subjects.fence("counter", p), "other");
  await tell("g", { type: "Add", amount: 2 });
  await sumIs("g", 3); // The lease says it is ours: it was taken anew, and the message was applied once.
  expect(first.host.counts.lostRaces).toBeGreaterThan(0);
  await until("its mail is acknowledged", async () => {
    const { state } = await jsm.streams.info("ACTS", { subjects_filter: "callboard.part.*.counter.g" });
    return Object.keys(state.subjects ?? {}).length === 0;
  });
});

test("an owner that slept through a take-over settles nothing that it does not know", async () => {
  await node("n9b");
  await tell("slept", { type: "Add", amount: 1 });
  await sumIs("slept", 1);
  // The next owner takes the partition, has a turn in which the actor asks for a task, and dies: its marker comes to us.
  const jet = jetstream(nc);
  for (let p = 0; p < 16; p++) await jet.publish(subjects.fence("counter", p), "other");
  const before = await stored("slept");
  const task = { id: "of the next owner", src: "work", input: "x", trace: "0".repeat(32) };
  const asking = { ...before, snapshot: { ...before?.snapshot, value: "working" }, tasks: { job: task } };
  const rollup = headers();
  rollup.set("Nats-Rollup", "sub");
  await jet.publish(subjects.state("counter.slept"), JSON.stringify(asking), { headers: rollup });
  await tell("slept", { type: "callboard.task", invoke: "job", task: task.id });
  await until(
    "the task is answered",
    async () => (await stored("slept"))?.snapshot?.context.worked?.toString() === "did x",
  );
});

test("goes on after the server was killed, with nothing lost and nothing twice", async () => {
  await node("n10");
  for (let i = 0; i < 100; i++) await tell("h", { type: "Add", amount: 1 }, `h${i}`);
  await nats.kill();
  await nats.restart();
  for (let i = 0; i < 100; i++)
    await until("it is told", () => tell("h", { type: "Add", amount: 1 }, `k${i}`).catch(() => false));
  await sumIs("h", 200);
  expect((await stored("h"))?.snapshot?.context.heard).toBe(200);
});

test("when the server is gone no batch is sent that nobody will answer", async () => {
  const answers: ((done: string) => void)[] = [];
  await node("n11", () => new Promise((resolve) => answers.push(resolve)));
  const ids = Array.from({ length: 9 }, (_, i) => `silent-${i}`); // Of several partitions.
  for (const id of ids) await tell(id, { type: "Work", input: "x" });
  await until("all work", async () => answers.length === ids.length);
  process.kill(nats.pid, "SIGSTOP");
  const [first, ...others] = answers;
  first?.("done"); // Its turn is under way, and those of the others wait behind it.
  await new Promise((resolve) => setTimeout(resolve, 50));
  for (const answer of others) answer("done");
  await nats.kill();
  await new Promise((resolve) => setTimeout(resolve, 500));
  await nats.restart();
  await until("we are connected again", () => nc.rtt().catch(() => false));
  await tell("silent-next", { type: "Add", amount: 1 });
  await until("it is heard", async () => (await stored("silent-next"))?.snapshot?.context.sum === 1, 3_000);
});

test("a recovery whose server goes, too, holds up no later one", async () => {
  const { connection } = await node("n12");
  await tell("twice", { type: "Add", amount: 1 });
  await sumIs("twice", 1);
  await nats.kill();
  const stoppedAgain = (async () => {
    for await (const { type } of connection.status())
      if (type === "reconnect") return process.kill(nats.pid, "SIGSTOP");
  })();
  await nats.restart();
  await stoppedAgain;
  await nats.kill();
  await nats.restart();
  await until("we are connected again", () => nc.rtt().catch(() => false));
  await tell("twice", { type: "Add", amount: 1 });
  await until("it is heard", async () => (await stored("twice"))?.snapshot?.context.sum === 2, 3_000);
});

test("a flood is heard once and leaves nothing behind, while the server is killed, owners change and a task holds on", async () => {
  const jsm = await jetstreamManager(nc);
  const purges: string[] = [];
  const listener = nc.subscribe("$JS.API.STREAM.PURGE.ACTS", { callback: () => void purges.push("") });
  await node("flood-0"); // Makes the streams; the first wave then waits for an owner.
  await nodes.shift()?.stop();
  const slowly = async () => void (await new Promise((resolve) => setTimeout(resolve, 2_000)));
  const ids = Array.from({ length: 40 }, (_, i) => `flood-${i}`);
  for (const id of ids.slice(0, 4)) await tell(id, { type: "Work", input: "hold on" });
  const wave = (from: number) =>
    Promise.all(
      ids.map(async (id) => {
        for (let n = from; n < from + 50; n++)
          await until("it is told", () =>
            tell(id, { type: "Add", amount: n }, `${id}-${n}`).catch(() => false),
          );
      }),
    );
  await wave(0);
  await node("flood-a", slowly);
  await node("flood-b", slowly);
  const second = wave(50);
  await nats.kill();
  await nats.restart();
  await second;
  const third = wave(100);
  await nodes.shift()?.stop();
  await node("flood-c", slowly);
  await third;
  for (const id of ids) await sumIs(id, (149 * 150) / 2);
  for (const id of ids) expect((await stored(id))?.snapshot?.context.heard).toBe(150);
  const left = async () =>
    (await jsm.streams.info("ACTS", { subjects_filter: "callboard.part.>" })).state.subjects ?? {};
  await expect.poll(left, { timeout: 15_000 }).toEqual({});
  expect(purges.length).toBeGreaterThan(0);
  listener.unsubscribe();
}, 60_000);

test("two nodes share the partitions, and a stopped one hands over", async () => {
  const a = await node("node-a");
  const b = await node("node-b");
  await until("both own some", async () => {
    const [x, y] = [a.host.partitions.owned.size, b.host.partitions.owned.size];
    return x > 0 && y > 0 && x + y === 16;
  });
  for (let i = 0; i < 40; i++) await tell(`many-${i}`, { type: "Add", amount: i });
  await a.stop();
  nodes.shift();
  for (let i = 0; i < 40; i++) await tell(`many-${i}`, { type: "Add", amount: 1 });
  for (let i = 0; i < 40; i++) await sumIs(`many-${i}`, i + 1);
});

test("a kind whose policy says so is parked with its mailbox, and goes on from there when it is resumed", async () => {
  let broken = true;
  const fragile = setup({
    types: {
      input: {} as { id: string; at: number },
      context: {} as { heard: number[] },
      events: {} as { type: "Add"; amount: number; at: number },
    },
  }).createMachine({
    id: "fragile@1",
    context: { heard: [] },
    on: {
      Add: {
        actions: assign(({ context, event }) => {
          if (broken) throw new Error("broken");
          return { heard: [...context.heard, event.amount] };
        }),
      },
    },
  });
  const connection = await connect(nats.connection("actors"));
  connections.push(connection);
  const kind = hostKind(defineActor({ kind: "fragile", machine: fragile, message: Message }), {
    ...policy,
    lastResort: "escalate",
  });
  const { host, stop } = await startActorNode({ nc: connection, nodeId: "n11", kinds: [kind] });
  nodes.push({ host, stop });
  const say = (amount: number) =>
    jetstream(nc).publish(subjects.mailbox("fragile.x"), JSON.stringify({ type: "Add", amount }));
  const jsm = await jetstreamManager(nc);
  const waiting = async (subject: string) =>
    (await jsm.streams.info("ACTS", { subjects_filter: subject })).state.subjects?.[subject] ?? 0;
  await say(1);
  await until("it escalates", async () => host.parked.has("fragile.x"));
  const leases = await new Kvm(nc).open("nodes");
  await until("its lease says so", async () => {
    const lease = (await leases.get("n11"))?.json<{ parked: Record<string, string>; failing: string[] }>();
    return lease?.parked["fragile.x"] === "Error: broken" && lease.failing.includes("fragile");
  });
  await say(2);
  await say(3);
  await until("its mail is parked", async () => (await waiting("callboard.parked.fragile.x")) === 2);
  broken = false;
  expect(await resumeActor(nc, "fragile.x")).toBe(2);
  await until("it has heard what was parked", async () => {
    const message = await jsm.streams.getMessage("ACTS", { last_by_subj: "callboard.state.fragile.x" });
    return (
      message?.json<{ snapshot: { context: { heard: number[] } } }>().snapshot.context.heard.join() === "2,3"
    );
  });
  expect(host.parked.size).toBe(0);
  expect(await waiting("callboard.parked.fragile.x")).toBe(0);
});

test("a changed machine takes over what an older one stored, by `migrate`", async () => {
  const version = (n: number) =>
    setup({
      types: {
        context: {} as { total: number; unit: string },
        events: {} as { type: "Add"; amount: number; at: number },
      },
    }).createMachine({
      id: `grown@${n}`,
      context: { total: 0, unit: n === 1 ? "none" : "EUR" },
      on: { Add: { actions: assign(({ context, event }) => ({ total: context.total + event.amount })) } },
    });
  const run = async (
    nodeId: string,
    definition: ReturnType<typeof defineActor>,
    amount: number,
    total: number,
  ) => {
    const connection = await connect(nats.connection("actors"));
    const started = await startActorNode({ nc: connection, nodeId, kinds: [hostKind(definition, policy)] });
    await jetstream(nc).publish(subjects.mailbox("grown.x"), JSON.stringify({ type: "Add", amount }));
    const jsm = await jetstreamManager(nc);
    const record = await until(`the total is ${total}`, async () => {
      const stored = await jsm.streams.getMessage("ACTS", { last_by_subj: "callboard.state.grown.x" });
      const json = stored?.json<{
        version: string;
        snapshot: { context: { total: number; unit: string } };
      }>();
      return json?.snapshot.context.total === total && json;
    });
    await started.stop();
    await connection.close();
    return record;
  };
  await run("n12", defineActor({ kind: "grown", machine: version(1), message: Message }), 1, 1);
  const after = await run(
    "n13",
    defineActor({
      kind: "grown",
      machine: version(2),
      message: Message,
      migrate: (persisted) => {
        const snapshot = persisted as { context: { total: number } };
        return { ...snapshot, context: { ...snapshot.context, unit: "EUR" } };
      },
    }),
    2,
    3,
  );
  expect(after).toMatchObject({ version: "grown@2", snapshot: { context: { total: 3, unit: "EUR" } } });
});

test("an idle actor leaves memory, and comes back as it was with its next message", async () => {
  const connection = await connect(nats.connection("actors"));
  connections.push(connection);
  const kind = hostKind(definition, policy, { work: async () => "" });
  const started = await startActorNode({ nc: connection, nodeId: "n14", kinds: [kind], idleMs: 50 });
  nodes.push(started);
  await tell("p", { type: "Add", amount: 4 });
  await sumIs("p", 4);
  const resident = () =>
    [...started.host.partitions.owned.values()].some(({ actors }) => actors.has("counter.p"));
  await until("it is forgotten", async () => !resident());
  await tell("p", { type: "Add", amount: 5 });
  await sumIs("p", 9);
});
