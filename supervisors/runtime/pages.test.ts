/** Long lists of an actor's context, on a real server: longer than one value may be, written by the page, whole after a crash. */
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { Schema } from "effect";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { assign, setup } from "xstate";
import { defineActor } from "../../actors/define-actor.ts";
import { dispatcherActor } from "../../actors/dispatcher/actor.ts";
import { freed, maxHands } from "../../actors/dispatcher/round-robin.ts";
import { streams, subjects } from "../../protocols/subjects.ts";
import { type ActorNode, startActorNode } from "../actor-node.ts";
import { readDirect } from "../storage/read-direct.ts";
import { startNats, type TestNats } from "../testkit/nats.ts";
import { decodeRecord, refusalBytes } from "./actor-record.ts";
import { hostKind } from "./hosted-kind.ts";
import { changedPages, readPages } from "./pages.ts";

const Message = Schema.Union([
  Schema.Struct({ type: Schema.Literal("Fill"), count: Schema.Int }),
  Schema.Struct({ type: Schema.Literal("Put"), name: Schema.String, note: Schema.String }),
  Schema.Struct({ type: Schema.Literal("Drop"), name: Schema.String }),
]);
interface Item {
  readonly name: string;
  readonly note: string;
}

const shelf = (version: number) =>
  setup({
    types: {
      input: {} as { id: string },
      context: {} as { id: string; items: readonly Item[] },
      events: {} as typeof Message.Type,
    },
  }).createMachine({
    id: `shelf@${version}`,
    context: ({ input }) => ({ id: input.id, items: [] }),
    on: {
      Fill: {
        actions: assign(({ event }) => ({
          items: Array.from({ length: event.count }, (_, i) => ({ name: `i${i}`, note: "x".repeat(50) })),
        })),
      },
      Put: {
        actions: assign(({ context, event: { name, note } }) => ({
          items: [...context.items.filter((item) => item.name !== name), { name, note }],
        })),
      },
      Drop: {
        actions: assign(({ context, event }) => ({
          items: context.items.filter(({ name }) => name !== event.name),
        })),
      },
    },
  });
const inOneValue = defineActor({ kind: "shelf", machine: shelf(1), message: Message });
const inPages = defineActor({
  kind: "shelf",
  machine: shelf(2),
  message: Message,
  collections: { items: "name" },
  migrate: (persisted) => persisted,
});
const policy = { restarts: 1, minBackoffMs: 10, maxBackoffMs: 20, lastResort: "dead-letter" } as const;

let nats: TestNats;
let nc: NatsConnection;
let node: ActorNode | null = null;
beforeAll(async () => {
  nats = await startNats();
  nc = await connect(nats.connection("actors"));
});
afterEach(async () => {
  await node?.stop();
  node = null;
});
afterAll(async () => {
  await nc?.close();
  await nats?.stop();
});

let nodes = 0;
const host = async (definition = inPages) => {
  await node?.stop();
  node = await startActorNode({ nc, nodeId: `n${nodes++}`, kinds: [hostKind(definition, policy)] });
};
type Told = typeof Message.Type;
/** Resolves when all of it is applied. */
const tell = async (id: string, ...messages: readonly Told[]) => {
  let last = 0;
  for (const message of messages)
    ({ seq: last } = await jetstream(nc).publish(subjects.mailbox(`shelf.${id}`), JSON.stringify(message)));
  await expect.poll(async () => (await stored(id)).cursor, { timeout: 10_000 }).toBe(last);
};
/** What lies in the stream, read past the runtime. */
const stored = async (id: string) => {
  const jsm = await jetstreamManager(nc);
  const address = `shelf.${id}`;
  const found = await readDirect(jsm, streams.acts, {
    multi_last: [subjects.state(address), subjects.pagesOf(address)],
  });
  const state = found.find(({ subject }) => subject === subjects.state(address));
  const record = state === undefined ? null : decodeRecord(state.string());
  const inState = (record?.snapshot as { context: { items: Item[] } } | undefined)?.context.items ?? [];
  const byName = (items: readonly Item[]) =>
    Object.fromEntries([...items].sort((a, b) => (a.name < b.name ? -1 : 1)).map((i) => [i.name, i.note]));
  return {
    cursor: record?.cursor ?? 0,
    inState,
    items: byName([...inState, ...((readPages(found).items ?? []) as Item[])]),
    largest: Math.max(0, ...found.map(({ data }) => data.length)),
    total: found.reduce((sum, { data }) => sum + data.length, 0),
    writtenAfter: (seq: number) => found.filter((m) => m.seq > seq && m.subject !== state?.subject).length,
    lastSeq: Math.max(0, ...found.map(({ seq }) => seq)),
  };
};

test("a list far longer than one value may be is stored, and a turn writes the pages that it changed", async () => {
  await host();
  await tell("long", { type: "Fill", count: 10_000 });
  const full = await stored("long");
  expect(full.total).toBeGreaterThan(2 * refusalBytes);
  expect(full.largest).toBeLessThan(refusalBytes / 4);
  expect(full.inState).toEqual([]);
  expect(Object.keys(full.items)).toHaveLength(10_000);
  await host(); // Reads it all again.
  await tell("long", { type: "Put", name: "i7", note: "new" }, { type: "Drop", name: "i8" });
  const after = await stored("long");
  expect(after.items.i7).toBe("new");
  expect(Object.keys(after.items)).toHaveLength(9_999);
  expect(after.writtenAfter(full.lastSeq)).toBeLessThanOrEqual(2);
});

test("whatever is put, changed and dropped, and whenever it is read anew, the list is the one that was told", async () => {
  await host();
  const names = fc.constantFrom("a", "b", "c", "d", "e");
  const step = fc.oneof(
    fc.record({ type: fc.constant("Put" as const), name: names, note: fc.string({ maxLength: 5 }) }),
    fc.record({ type: fc.constant("Drop" as const), name: names }),
    fc.constant("read anew" as const),
  );
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      const id = `run${run++}`;
      const expected = new Map<string, string>();
      for (const now of steps) {
        if (now === "read anew") {
          await host();
          continue;
        }
        await tell(id, now);
        if (now.type === "Put") expected.set(now.name, now.note);
        else expected.delete(now.name);
        expect((await stored(id)).items).toEqual(Object.fromEntries([...expected].sort()));
      }
    }),
    { numRuns: 15 },
  );
}, 120_000);

test("from one list to any other, the pages that changed are enough", () => {
  const list = fc.uniqueArray(fc.record({ name: fc.integer({ min: 0, max: 300 }), note: fc.nat(3) }), {
    selector: ({ name }) => name,
    maxLength: 40,
  });
  const collections = { items: "name" };
  fc.assert(
    fc.property(fc.array(list, { maxLength: 6 }), fc.nat(), (lists, seed) => {
      const stored = new Map<string, string>();
      let paged: Record<string, readonly unknown[]> = {};
      for (const [round, fresh] of lists.entries()) {
        // Some of the items are those of before, as a machine keeps what it does not change; now and then all are, in another order.
        const kept = (paged.items ?? []) as { name: number; note: number }[];
        const known = new Map(kept.map((item) => [item.name, item]));
        const next =
          (seed + round) % 4 === 0
            ? [...kept].reverse()
            : fresh.map((item) => ((item.name + seed) % 3 === 0 ? item : (known.get(item.name) ?? item)));
        const snapshot = { context: { items: next } } as never;
        for (const { subject, body } of changedPages("shelf.a", collections, { paged, snapshot }))
          stored.set(subject, String(body));
        paged = { items: next };
        const read = readPages(
          [...stored].map(([subject, body]) => ({ subject, json: () => JSON.parse(body) })),
        );
        const sorted = (items: readonly unknown[]) => items.map((item) => JSON.stringify(item)).sort();
        expect(sorted(read.items ?? [])).toEqual(sorted(next));
      }
    }),
  );
});

test("as many people as a dispatcher knows, with long names and many skills, fit into its pages", () => {
  const skills = ["kubernetes", "german", "payments", "typescript", "accounting"];
  const [hand] = freed([], { employee: "p", skills });
  const hands = Array.from({ length: maxHands }, (_, i) => ({
    ...hand,
    employee: `reviewer-of-the-night-shift-${i}`,
  }));
  const { collections } = dispatcherActor();
  const snapshot = { context: { hands, live: [] } } as never;
  const pages = changedPages("dispatcher.main", collections, { paged: {}, snapshot });
  expect(Math.max(...pages.map(({ body }) => body.length))).toBeLessThan(210_000);
});

test("what lay in the state before its kind had pages moves into them, and nothing of it is lost", async () => {
  await host(inOneValue);
  await tell("grown", { type: "Fill", count: 200 });
  expect((await stored("grown")).inState).toHaveLength(200);
  await host(inPages);
  await tell("grown", { type: "Drop", name: "i5" });
  const { inState, items } = await stored("grown");
  expect(inState).toEqual([]);
  expect(Object.keys(items)).toHaveLength(199);
});
