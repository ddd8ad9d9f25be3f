/**
 * A whole Callboard for one test: real broker, databases and demo portal, and nodes and edges as processes of their own that
 * can be killed. All on free ports, in a home of its own; nothing is left behind.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { repoRoot } from "../../../supervisors/repo-root.ts";
import { freePort } from "../../../supervisors/testkit/free-port.ts";
import { startMongo, type TestMongo } from "../../../supervisors/testkit/mongo.ts";
import { startNats, type TestNats } from "../../../supervisors/testkit/nats.ts";
import { startPostgres, type TestPostgres } from "../../../supervisors/testkit/postgres.ts";
import { type ServerProcess, startServer } from "../../../supervisors/testkit/server-process.ts";
import { type DemoPortal, startDemoPortal } from "../demo-portal/demo-portal.ts";

export interface Installation {
  readonly nats: TestNats;
  readonly postgres: TestPostgres;
  readonly mongo: TestMongo;
  readonly portal: DemoPortal;
  readonly home: string;
  /** With the actors' credentials. Lives through a restart of the broker. */
  readonly nc: NatsConnection;
  startNode(nodeId?: string): Promise<ServerProcess>;
  /** @returns the process, and the address under which it answers. */
  startEdge(): Promise<{ readonly process: ServerProcess; readonly url: string }>;
  stop(): Promise<void>;
}

/** @param settings CALLBOARD_* for the nodes and edges. */
export async function startInstallation(
  settings: Readonly<Record<string, string>> = {},
): Promise<Installation> {
  const endings: (() => Promise<unknown>)[] = [];
  const ending = <T extends { stop(): Promise<unknown> }>(part: T): T => {
    endings.push(() => part.stop());
    return part;
  };
  const stop = async () => {
    for (const end of endings.reverse()) await end();
  };
  try {
    const home = await mkdtemp(join(tmpdir(), "callboard-home-"));
    endings.push(() => rm(home, { recursive: true, force: true }));
    const [nats, postgres, mongo] = await Promise.all([
      startNats().then(ending),
      startPostgres().then(ending),
      startMongo().then(ending),
    ]);
    const portal = await startDemoPortal({ port: 0, dataDir: null, newPostingEveryMs: 0 });
    endings.push(() => portal.close());
    const nc = await connect({
      ...nats.connection("actors"),
      maxReconnectAttempts: -1,
      reconnectTimeWait: 100,
    });
    endings.push(() => nc.close());
    const start = async (role: "node" | "edge", user: "actors" | "edge", more: Record<string, string>) =>
      ending(
        await startServer({
          command: process.execPath,
          args: ["--enable-source-maps", join(repoRoot, "dist/cli/callboard.js"), role],
          env: {
            CALLBOARD_HOME: home,
            CALLBOARD_NATS_URL: `nats://127.0.0.1:${nats.port}`,
            CALLBOARD_NATS_USER: user,
            CALLBOARD_NATS_PASSWORD: nats.passwords[user],
            CALLBOARD_POSTGRES_URL: postgres.url,
            CALLBOARD_MONGO_URL: mongo.url,
            CALLBOARD_DEMO_PORTAL_PORT: String(portal.port), // Where forms are sent without a manager's switch.
            CALLBOARD_COOKIE_SECRET: "only-for-this-test-only-for-this-test",
            ...settings,
            ...more,
          },
          ready: new RegExp(`callboard ${role} is ready`),
        }),
      );
    return {
      nats,
      postgres,
      mongo,
      portal,
      home,
      nc,
      startNode: (nodeId = "test-node") => start("node", "actors", { CALLBOARD_NODE_ID: nodeId }),
      startEdge: async () => {
        const port = await freePort();
        const edge = await start("edge", "edge", {
          CALLBOARD_PORT: String(port),
          CALLBOARD_NODE_ID: `edge-${port}`,
        });
        return { process: edge, url: `http://127.0.0.1:${port}` };
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
