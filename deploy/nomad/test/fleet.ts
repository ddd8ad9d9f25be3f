/**
 * `npm run test:fleet`: three brokers, three edges and the nodes of the job specs on this machine, as one. While the pipeline
 * works, portal nodes go from one to four and back, a node and a broker are killed, every node is replaced, and an employee
 * loses his edge. Judged by the demo portal's own records and by the streams. The nodes run the commands that the specs name,
 * with the settings that they give; who starts them is this script instead of Nomad.
 */

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "@nats-io/transport-node";
import { openSocket } from "../../../edge/testkit/socket-client.ts";
import { repoRoot } from "../../../supervisors/repo-root.ts";
import { freePort } from "../../../supervisors/testkit/free-port.ts";
import { startMongo } from "../../../supervisors/testkit/mongo.ts";
import { startNatsCluster, type TestNats } from "../../../supervisors/testkit/nats.ts";
import { startPostgres } from "../../../supervisors/testkit/postgres.ts";
import { type ServerProcess, startServer } from "../../../supervisors/testkit/server-process.ts";
import { startDemoPortal } from "../../local/demo-portal/demo-portal.ts";
import { seedDemo } from "../../local/demo-seed.ts";
import { allDone, nothingLostOrTwice, spread, submitted } from "./fleet-view.ts";
import { readJobSpec } from "./job-spec.ts";
import { atEnd, runSteps, step } from "./steps.ts";

const pollMs = 3_000;

async function run() {
  const home = await mkdtemp(join(tmpdir(), "callboard-fleet-"));
  atEnd(() => rm(home, { recursive: true, force: true }));
  const [brokers, postgres, mongo] = await Promise.all([startNatsCluster(), startPostgres(), startMongo()]);
  for (const part of [...brokers, postgres, mongo]) atEnd(() => part.stop());
  const portal = await startDemoPortal({ port: 0, dataDir: null, newPostingEveryMs: 0 });
  atEnd(() => portal.close());
  const [first, second] = brokers as [TestNats, TestNats];
  const natsUrl = brokers.map(({ port }) => `nats://127.0.0.1:${port}`).join(",");
  const nc = await connect({
    ...first.connection(),
    servers: natsUrl.split(","),
    maxReconnectAttempts: -1,
    reconnectTimeWait: 100,
  });
  atEnd(() => nc.close());

  /** One process as a spec describes it. @param name unique; what Nomad makes of the allocation's id */
  const start = async (
    spec: string,
    name: string,
    more: Record<string, string> = {},
  ): Promise<ServerProcess> => {
    const [task] = (await readJobSpec(`${spec}.nomad.hcl`)).tasks;
    if (task === undefined) throw new Error(`${spec} has no task.`);
    const [, , role = "", ...rest] = task.config[0].args;
    const server = await startServer({
      command: process.execPath,
      args: ["--enable-source-maps", join(repoRoot, "dist/cli/callboard.js"), role, ...rest],
      env: {
        CALLBOARD_NODE_ID: name,
        CALLBOARD_HOME: home,
        CALLBOARD_NATS_REPLICAS: "3",
        CALLBOARD_NATS_URL: natsUrl,
        CALLBOARD_NATS_PASSWORD: first.passwords[role === "edge" ? "edge" : "actors"],
        CALLBOARD_POSTGRES_URL: postgres.url,
        CALLBOARD_MONGO_URL: mongo.url,
        CALLBOARD_DEMO_PORTAL_PORT: String(portal.port), // Where forms are sent without a manager's switch.
        CALLBOARD_COOKIE_SECRET: "only-for-this-test-only-for-this-test",
        ...more,
      },
      ready: new RegExp(`callboard ${role} is ready`),
      readyWithinMs: 180_000,
    }).catch((error) => {
      throw new Error(`${name}: ${error instanceof Error ? error.message : error}`);
    });
    atEnd(() => server.stop());
    return server;
  };
  const nodes = new Map<string, ServerProcess>();
  const startNode = async (spec: string, name: string) => nodes.set(name, await start(spec, name));
  const stopNode = async (name: string) => {
    await nodes.get(name)?.stop();
    nodes.delete(name);
  };
  const shared = (kind: string, names: readonly string[]) => spread(nc, kind, names);

  await step("3 brokers, nodes for actors, matcher and portals", async () => {
    // The first creates the streams; the others find them.
    await startNode("actors", "actors-1");
    await Promise.all([startNode("matcher", "matcher-1"), startNode("portals", "portals-1")]);
    return shared("portal", ["portals-1"]);
  });
  const ports = await Promise.all([freePort(), freePort(), freePort()]);
  const edges: ServerProcess[] = [];
  await step("3 edges", async () => {
    for (const [i, port] of ports.entries())
      edges.push(await start("edge", `edge-${i + 1}`, { CALLBOARD_PORT: String(port) }));
    const health = await Promise.all(ports.map((port) => fetch(`http://127.0.0.1:${port}/api/health`)));
    return `health ${health.map(({ status }) => status).join(", ")}`;
  });
  await step("the pipeline submits", async () => {
    await seedDemo(
      { natsUrl: natsUrl.split(",")[0] ?? "", demoPortalPort: portal.port, portalPollMs: pollMs },
      { user: "actors", pass: first.passwords.actors },
    );
    return submitted(nc, 1);
  });
  await step("portals 1 -> 4", async () => {
    const names = ["portals-1", "portals-2", "portals-3", "portals-4"];
    await Promise.all(names.slice(1).map((name) => startNode("portals", name)));
    return shared("portal", names);
  });
  await step("an employee's edge is killed, he goes on at another", async () => {
    const accounts = JSON.parse(await readFile(join(home, "demo-accounts.json"), "utf8"));
    const { email, password } = accounts.find((one: { role: string }) => one.role === "employee");
    const login = await fetch(`http://127.0.0.1:${ports[0]}/api/login`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email, password }),
    });
    const cookie = (login.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    const before = await openSocket(ports[0] ?? 0, { cookie });
    before.send({ op: "sign-in", id: "1" });
    await before.next(({ op }) => op === "reply");
    await edges[0]?.kill();
    const stands: unknown[] = [];
    for (const port of ports.slice(1)) {
      const after = await openSocket(port, { cookie });
      const hello = await after.next(({ op }) => op === "hello");
      after.send({ op: "watch", epoch: hello.epoch, topics: [{ topic: "me", seq: null }] });
      const { data } = await after.next(({ op, topic }) => op === "snapshot" && topic === "me");
      stands.push((data as { status: unknown }).status);
      after.close();
    }
    if (stands.some((status) => status === "away" || status === undefined))
      throw new Error(`The employee stands as ${stands.join(", ")}.`);
    return `same session, still ${[...new Set(stands)].join(", ")} at both others`;
  });
  await step("a portal node is killed, and a broker; both come back", async () => {
    await nodes.get("portals-2")?.kill();
    nodes.delete("portals-2");
    await second.kill();
    await shared("portal", ["portals-1", "portals-3", "portals-4"]);
    await second.restart();
    await startNode("portals", "portals-5");
    return shared("portal", ["portals-1", "portals-3", "portals-4", "portals-5"]);
  });
  await step("every node is replaced, one at a time, the new one first", async () => {
    for (const [old, spec, anew] of [
      ["actors-1", "actors", "actors-2"],
      ["matcher-1", "matcher", "matcher-2"],
      ["portals-1", "portals", "portals-6"],
    ] as const) {
      await startNode(spec, anew);
      await stopNode(old);
    }
    return shared("dispatcher", ["actors-2"]);
  });
  await step("portals 4 -> 1", async () => {
    for (const name of ["portals-3", "portals-4", "portals-5"]) await stopNode(name);
    return shared("portal", ["portals-6"]);
  });
  await step("all work is done", () => allDone(nc, portal.url));
  await step("nothing lost, nothing twice", () => nothingLostOrTwice(nc, portal.url));
}

await runSteps("test:fleet", run);
