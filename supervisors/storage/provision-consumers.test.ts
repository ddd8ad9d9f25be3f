/** Where consumers are kept, what becomes of them when the server ends, and how those of an earlier build are replaced under a reader. */
import { type JetStreamManager, jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { catalogActor } from "../../actors/catalog/actor.ts";
import { copyConsumer, partitionConsumer } from "../../protocols/streams.ts";
import { streams, subjects, topics } from "../../protocols/subjects.ts";
import { relay, relayConsumer } from "../runtime/copy-line.ts";
import { startNats, type TestNats } from "../testkit/nats.ts";
import { provision } from "./provision.ts";
import { feedConsumer, provisionConsumers } from "./provision-consumers.ts";
import { readDirect } from "./read-direct.ts";

let nats: TestNats;
let nc: NatsConnection;
let jsm: JetStreamManager;

beforeAll(async () => {
  nats = await startNats();
  nc = await connect({ ...nats.connection("actors"), maxReconnectAttempts: -1, reconnectTimeWait: 50 });
  await provision(nc);
  jsm = await jetstreamManager(nc);
});
afterAll(async () => {
  await nc.close();
  await nats.stop();
});

const kinds = [catalogActor];
/** Of each consumer of the stream, whether it is kept in memory. */
const kept = async (stream: string) => {
  const found: Record<string, boolean> = {};
  for await (const { name, config } of jsm.consumers.list(stream)) found[name] = config.mem_storage === true;
  return found;
};

test("with one copy those of work queues are kept in memory, and made again when the server has forgotten them", async () => {
  await provisionConsumers(jsm, kinds);
  const first = partitionConsumer("catalog", 0).durable_name;
  expect(await kept(streams.acts)).toMatchObject({ [first]: true, [relayConsumer]: true });
  expect(await kept(streams.jobs)).toEqual({ [feedConsumer("catalog", 0)]: false });
  await nats.kill();
  await nats.restart();
  await expect.poll(() => kept(streams.acts)).toEqual({});
  expect(await kept(streams.jobs)).toEqual({ [feedConsumer("catalog", 0)]: false });
  await provisionConsumers(jsm, kinds);
  const again = await kept(streams.acts);
  expect([Object.keys(again).length, new Set(Object.values(again))]).toEqual([17, new Set([true])]);
  // Twice at once, by two nodes: as if once.
  await Promise.all([provisionConsumers(jsm, kinds), provisionConsumers(jsm, kinds)]);
  expect(await kept(streams.acts)).toEqual(again);
});

test("one of an earlier build, kept on the disk, is replaced under its reader, who loses and repeats nothing", async () => {
  await jsm.consumers.delete(streams.acts, relayConsumer);
  await jsm.consumers.add(streams.acts, copyConsumer(relayConsumer, subjects.allOut) as never);
  const line = relay({ nc, jsm, log: () => {} });
  const say = (n: number) => jetstream(nc).publish(subjects.out(topics.event("Told", "a")), String(n));
  await line.start();
  for (let n = 0; n < 20; n++) await say(n);
  await Promise.all([provisionConsumers(jsm, []), provisionConsumers(jsm, [])]);
  expect((await kept(streams.acts))[relayConsumer]).toBe(true);
  for (let n = 20; n < 40; n++) await say(n);
  const fact = { seq: 1, next_by_subj: subjects.event("Told", "a"), batch: 100 };
  await expect
    .poll(async () => (await readDirect(jsm, streams.events, fact)).map((said) => said.json()), {
      timeout: 20_000,
    })
    .toEqual(Array.from({ length: 40 }, (_, n) => n));
  await line.stop();
}, 40_000);
