/** The broker that all tests run on, and what nats.conf lets each of its users do. */
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";
import { Objm } from "@nats-io/obj";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findNatsServer, natsServerEnvironment } from "../nats-server.ts";
import { readObject } from "../read-object.ts";
import { repoRoot } from "../repo-root.ts";
import { startNats, type TestNats } from "./nats.ts";

let nats: TestNats;
let actors: NatsConnection;
let edge: NatsConnection;
let ops: NatsConnection;

beforeAll(async () => {
  nats = await startNats();
  actors = await connect(nats.connection("actors"));
  edge = await connect(nats.connection("edge"));
  ops = await connect(nats.connection("ops"));
  const jsm = await jetstreamManager(actors);
  await jsm.streams.add({ name: "ACTS", subjects: ["callboard.act.*.*", "callboard.state.>"] });
  await jsm.streams.add({ name: "TELLS", subjects: ["callboard.tell.*.*"] });
  await jsm.streams.add({
    name: "EVENTS",
    subjects: ["callboard.event.>"],
    allow_direct: true,
    republish: { src: "callboard.event.>", dest: "callboard.heard.>" },
  });
  await jsm.streams.add({ name: "REVIEWS", subjects: ["callboard.review.>"], retention: "workqueue" });
  await new Kvm(actors).create("presence");
  await new Kvm(actors).create("strikes");
  await new Objm(actors).create("resumes");
});

afterAll(async () => {
  await Promise.all([actors?.close(), edge?.close(), ops?.close()]);
  await nats?.stop();
});

/** Resolves with what the server refuses to this connection next. */
const refusal = async (connection: NatsConnection, act: () => void): Promise<string> => {
  const statuses = connection.status()[Symbol.asyncIterator]();
  act();
  await connection.flush();
  for (;;) {
    const { value, done } = await statuses.next();
    if (done === true) throw new Error("the connection closed without a refusal");
    if (value.type === "error") return value.error.message;
  }
};

test("the edge tells an actor, and hears and reads what happened", async () => {
  await jetstream(edge).publish("callboard.tell.employee.ada", "{}");
  const heard = edge.subscribe("callboard.heard.>", { max: 1 });
  await edge.flush();
  await jetstream(actors).publish("callboard.event.EmployeeFree.ada", "{}");
  for await (const { headers } of heard)
    expect([headers?.get("Nats-Subject"), headers?.get("Nats-Sequence")]).toEqual([
      "callboard.event.EmployeeFree.ada",
      "1",
    ]);
  const jsm = await jetstreamManager(edge);
  expect((await jsm.streams.info("EVENTS")).state.messages).toBe(1);
  for await (const { subject } of await jsm.direct.getBatch("EVENTS", { seq: 1, batch: 9 }))
    expect(subject).toBe("callboard.event.EmployeeFree.ada");
});

test("an actor answers the edge, and no other account hears what is asked", async () => {
  const answer = edge.subscribe("callboard.reply.e1.*", { max: 1 });
  await edge.flush();
  actors.publish("callboard.reply.e1.7", "yes");
  for await (const message of answer) expect(message.string()).toBe("yes");
  const overheard: string[] = [];
  for (const user of [edge, ops])
    user.subscribe("_INBOX.>", { callback: (_, { subject }) => void overheard.push(subject) });
  await Promise.all([edge.flush(), ops.flush()]);
  await (await jetstreamManager(actors)).streams.info("EVENTS");
  expect(overheard).toEqual([]);
});

test("the edge keeps presence and reads strikes and résumés", async () => {
  const presence = await new Kvm(edge).open("presence", { allow_direct: true });
  await presence.put("edge.one", "here");
  expect((await presence.get("edge.one"))?.string()).toBe("here");
  await (await new Kvm(actors).open("strikes")).put("employee.ada", "1");
  const strikes = await new Kvm(edge).open("strikes", { allow_direct: true });
  expect((await strikes.get("employee.ada"))?.string()).toBe("1");
  const resumes = await new Objm(actors).open("resumes");
  const long = new Uint8Array(300_000).map((_, index) => index);
  await resumes.putBlob({ name: "ada/1 ü" }, long);
  await resumes.putBlob({ name: "ada/2" }, long.slice(1));
  const jsm = await jetstreamManager(edge);
  expect(Buffer.compare((await readObject(jsm, "resumes", "ada/1 ü")) ?? long.slice(2), long)).toBe(0);
  expect(await readObject(jsm, "resumes", "ada/3")).toBeNull();
  await resumes.delete("ada/2");
  expect(await readObject(jsm, "resumes", "ada/2")).toBeNull();
});

test.each([
  "act.employee.ada",
  "state.employee.ada",
  "fence.employee.1",
  "part.1.employee.ada",
  "out.event.x",
  "timer.employee.ada.1",
  "parked.employee.ada",
  "dead.employee.ada",
  "event.x",
  "review.q.1",
])("the edge may not write callboard.%s", async (subject) => {
  expect(await refusal(edge, () => edge.publish(`callboard.${subject}`, "{}"))).toMatch(
    /Permissions Violation/,
  );
});

test("the edge may not change strikes, create streams or take from the review queue", async () => {
  for (const subject of [
    "$KV.strikes.employee.ada",
    "$JS.API.STREAM.CREATE.X",
    "$JS.API.CONSUMER.CREATE.REVIEWS.x",
    "$JS.API.CONSUMER.CREATE.ACTS.x",
    "$JS.API.CONSUMER.CREATE.EVENTS.x",
    "$JS.API.CONSUMER.DELETE.EVENTS.archive",
    "$JS.API.STREAM.PURGE.OBJ_resumes",
    "$O.resumes.M.x",
    "$JS.API.STREAM.PURGE.ACTS",
    "$JS.API.STREAM.DELETE.EVENTS",
    "$JS.API.STREAM.MSG.DELETE.DEAD",
  ]) {
    expect(await refusal(edge, () => edge.publish(subject, "{}"))).toMatch(/Permissions Violation/);
  }
});

test("ops hears events and dead letters, and may say nothing", async () => {
  const events = ops.subscribe("callboard.event.>", { max: 1 });
  const dead = ops.subscribe("callboard.dead.>", { max: 1 });
  await ops.flush();
  actors.publish("callboard.event.ApplicationSubmitted.a1", "{}");
  actors.publish("callboard.dead.employee.ada", "{}");
  for await (const message of events) expect(message.subject).toBe("callboard.event.ApplicationSubmitted.a1");
  for await (const message of dead) expect(message.subject).toBe("callboard.dead.employee.ada");
  for (const subject of [
    "callboard.event.x",
    "callboard.act.employee.ada",
    "callboard.dead.employee.ada",
    "$KV.strikes.employee.ada",
    "$JS.API.STREAM.PURGE.EVENTS",
    "$JS.API.STREAM.MSG.DELETE.EVENTS",
    "$JS.API.STREAM.SNAPSHOT.EVENTS",
    "$JS.API.CONSUMER.CREATE.EVENTS.x",
    "$JS.API.CONSUMER.MSG.NEXT.EVENTS.x",
    "$JS.ACK.EVENTS.x.1.1.1.1.0",
  ]) {
    expect(await refusal(ops, () => ops.publish(subject, "{}"))).toMatch(/Permissions Violation/);
  }
});

test("ops looks at streams, consumers and single messages", async () => {
  const jsm = await jetstreamManager(ops);
  const names: string[] = [];
  for await (const { config } of jsm.streams.list()) names.push(config.name);
  expect(names).toEqual(expect.arrayContaining(["ACTS", "EVENTS", "REVIEWS"]));
  await jetstream(actors).publish("callboard.event.ForOps.a", "looked at");
  const { state } = await jsm.streams.info("EVENTS");
  expect((await jsm.streams.getMessage("EVENTS", { seq: state.last_seq }))?.string()).toBe("looked at");
  for await (const _ of jsm.consumers.list("EVENTS")) break;
});

test("with nats.tls.conf a server asks for its certificate before anything else", () => {
  const cert = join(tmpdir(), "callboard-no-such-certificate.pem");
  const conf = join(repoRoot, "nats.tls.conf");
  const passwords = { actors: "a", edge: "b", ops: "c" };
  const environment = natsServerEnvironment({
    name: "tls",
    host: "127.0.0.1",
    port: 1,
    monitor: "127.0.0.1:2",
    storeDir: tmpdir(),
    syncInterval: "always",
    passwords,
  });
  const run = spawnSync(
    findNatsServer(process.env.CALLBOARD_HOME ?? join(repoRoot, ".callboard")) ?? "",
    ["-t", "-c", conf],
    {
      encoding: "utf8",
      env: {
        ...environment,
        CALLBOARD_NATS_TLS_CERT: cert,
        CALLBOARD_NATS_TLS_KEY: cert,
        CALLBOARD_NATS_TLS_CA: cert,
      },
    },
  );
  expect(run.status).not.toBe(0);
  expect(run.stderr).toContain(cert);
});

test("what was acknowledged outlives a kill -9", async () => {
  const own = await startNats();
  try {
    const before = await connect(own.connection());
    await (await jetstreamManager(before)).streams.add({ name: "KEPT", subjects: ["kept"] });
    await jetstream(before).publish("kept", "safe");
    const closed = before.close();
    await own.kill();
    await closed;
    await own.restart();
    const after = await connect(own.connection());
    expect((await (await jetstreamManager(after)).streams.getMessage("KEPT", { seq: 1 }))?.string()).toBe(
      "safe",
    );
    await after.close();
  } finally {
    await own.stop();
  }
});
