/** The cluster block of nats.conf: three servers keep everything three times, and one of them may be gone. */
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { provision, SettingsDiffer } from "../storage/provision.ts";
import { startNatsCluster, type TestNats } from "./nats.ts";

let servers: readonly TestNats[] = [];
let nc: NatsConnection;

beforeAll(async () => {
  servers = await startNatsCluster();
  const [first] = servers as [TestNats];
  nc = await connect({
    ...first.connection(),
    servers: servers.map((server) => server.connection().servers),
    reconnectTimeWait: 100,
    maxReconnectAttempts: -1,
  });
  await provision(nc, 3);
}, 60_000);

afterAll(async () => {
  await nc?.close();
  await Promise.all(servers.map((server) => server.stop()));
});

test("every stream, bucket and object store is kept three times", async () => {
  const replicas: Record<string, number> = {};
  for await (const { config } of (await jetstreamManager(nc)).streams.list())
    replicas[config.name] = config.num_replicas;
  expect(Object.keys(replicas)).toContain("KV_nodes");
  expect(Object.keys(replicas)).toContain("OBJ_resumes");
  expect(new Set(Object.values(replicas))).toEqual(new Set([3]));
});

test("another number of replicas stops the start with one line", async () => {
  await expect(provision(nc, 1)).rejects.toThrow(SettingsDiffer);
  await expect(provision(nc, 1)).rejects.toThrow(/num_replicas = 3, but this build needs 1/);
});

test("what was acknowledged is there when a server is killed, and writing goes on", async () => {
  const presence = await new Kvm(nc).open("presence");
  await presence.put("employee.ada", "here");
  await (servers[0] as TestNats).kill();
  const written = await untilElected(() => jetstream(nc).publish("callboard.event.Tested.a", "{}"));
  expect(written.seq).toBeGreaterThan(0);
  expect((await untilElected(() => presence.get("employee.ada")))?.string()).toBe("here");
}, 60_000);

/** Asks until the stream has elected a new leader. */
async function untilElected<T>(ask: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}
