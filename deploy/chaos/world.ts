/**
 * The world under fire: a cluster of three brokers or one that stands alone, three nodes and two edges as processes of their own,
 * Postgres, a Mongo-wire server and the demo portal. Every node and edge reaches each broker through a proxy of its own.
 */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { hashPassword } from "../../edge/password.ts";
import { repoRoot } from "../../supervisors/repo-root.ts";
import { type Database, migrate, openPostgres } from "../../supervisors/storage/postgres/open-postgres.ts";
import { freePort } from "../../supervisors/testkit/free-port.ts";
import { startMongo, type TestMongo } from "../../supervisors/testkit/mongo.ts";
import { startPostgres, type TestPostgres } from "../../supervisors/testkit/postgres.ts";
import { type DemoPortal, startDemoPortal } from "../local/demo-portal/demo-portal.ts";
import { seedDemo } from "../local/demo-seed.ts";
import { type BrokerOptions, type NatsCluster, startNatsCluster } from "./nats-cluster.ts";
import { ProcessUnderFire } from "./process-under-fire.ts";
import { startTcpProxy, type TcpProxy } from "./tcp-proxy.ts";

/** A node or an edge, with its lines to the brokers. */
export interface Member {
  readonly process: ProcessUnderFire;
  readonly lines: readonly TcpProxy[];
}

export interface EdgeMember extends Member {
  readonly port: number;
}

export interface World {
  readonly home: string;
  readonly cluster: NatsCluster;
  readonly nodes: readonly Member[];
  readonly edges: readonly EdgeMember[];
  readonly postgres: TestPostgres;
  readonly mongo: TestMongo;
  readonly portal: DemoPortal;
  /** Whose boards are watched. */
  readonly companies: readonly string[];
  readonly sql: Database;
  /** With the actors' credentials, past the proxies. */
  readonly nc: NatsConnection;
  readonly employees: readonly Account[];
  readonly manager: Account;
  stop(keepHome: boolean): Promise<void>;
}

export interface Account {
  readonly id: string;
  readonly email: string;
  readonly password: string;
}

export interface WorldOptions extends BrokerOptions {
  readonly employees: number;
  readonly companies: readonly string[];
  /** CALLBOARD_* for nodes and edges. */
  readonly settings: Readonly<Record<string, string>>;
}

export async function startWorld(options: WorldOptions): Promise<World> {
  const endings: (() => Promise<unknown>)[] = [];
  const home = await mkdtemp(join(tmpdir(), "callboard-chaos-"));
  const stop = async (keepHome: boolean) => {
    for (const end of endings.reverse()) await end();
    if (!keepHome) await rm(home, { recursive: true, force: true });
  };
  try {
    await mkdir(join(home, "logs"));
    const [cluster, postgres, mongo] = await Promise.all([
      startNatsCluster(home, options).then((part) => {
        endings.push(() => part.stop());
        return part;
      }),
      startPostgres().then((part) => {
        endings.push(() => part.stop());
        return part;
      }),
      startMongo().then((part) => {
        endings.push(() => part.stop());
        return part;
      }),
    ]);
    const portal = await startDemoPortal({
      port: 0,
      dataDir: null,
      newPostingEveryMs: 0, // The run posts, and ends posting.
    });
    endings.push(() => portal.close());
    const nc = await connect({
      servers: cluster.servers.map(({ port }) => `127.0.0.1:${port}`),
      user: "actors",
      pass: cluster.passwords.actors,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 100,
      pingInterval: 1_000,
      name: "chaos",
    });
    endings.push(() => nc.close());
    const sql = openPostgres(postgres.url, 4);
    endings.push(() => sql.end({ timeout: 1 }));
    await migrate(sql);
    const { employees, manager } = await makeAccounts(sql, options.employees);

    const memberOf = async (role: "node" | "edge", index: number, port: number): Promise<EdgeMember> => {
      const lines = await Promise.all(cluster.servers.map((server) => startTcpProxy(server)));
      endings.push(() => Promise.all(lines.map((line) => line.close())));
      const user = role === "node" ? "actors" : "edge";
      const name = `${role}-${index + 1}`;
      const process = new ProcessUnderFire({
        name,
        command: globalThis.process.execPath,
        args: ["--enable-source-maps", join(repoRoot, "dist/cli/callboard.js"), role],
        env: {
          CALLBOARD_HOME: home,
          CALLBOARD_NATS_URL: lines.map((line) => `nats://127.0.0.1:${line.port}`).join(","),
          CALLBOARD_NATS_USER: user,
          CALLBOARD_NATS_PASSWORD: cluster.passwords[user],
          CALLBOARD_NATS_REPLICAS: String(options.brokers),
          CALLBOARD_POSTGRES_URL: postgres.url,
          CALLBOARD_MONGO_URL: mongo.url,
          CALLBOARD_COOKIE_SECRET: "only-for-this-test-only-for-this-test",
          CALLBOARD_NODE_ID: name,
          // Forms are sent nowhere else unasked.
          CALLBOARD_DEMO_PORTAL_PORT: String(portal.port),
          CALLBOARD_PORT: String(port),
          ...options.settings,
        },
        ready: new RegExp(`callboard ${role} is ready`),
        logFile: join(home, "logs", `${name}.log`),
      });
      endings.push(() => process.endInOrder());
      return { process, lines, port };
    };
    const nodes = await Promise.all([0, 1, 2].map((index) => memberOf("node", index, 7_070)));
    const edges = await Promise.all([0, 1].map(async (index) => memberOf("edge", index, await freePort())));
    await nodes[0]?.process.start(); // The first one makes the streams.
    await Promise.all([...nodes.slice(1), ...edges].map(({ process }) => process.start()));
    await seedDemo(
      {
        natsUrl: cluster.servers.map(({ port }) => `nats://127.0.0.1:${port}`).join(","),
        demoPortalPort: portal.port,
        portalPollMs: Number(options.settings.CALLBOARD_PORTAL_POLL_MS ?? 3_000),
      },
      { user: "actors", pass: cluster.passwords.actors },
      options.companies,
    );
    const { companies } = options;
    return {
      home,
      cluster,
      nodes,
      edges,
      postgres,
      mongo,
      portal,
      companies,
      sql,
      nc,
      employees,
      manager,
      stop,
    };
  } catch (error) {
    await stop(true);
    throw error;
  }
}

async function makeAccounts(sql: Database, count: number) {
  const password = "chaos";
  const hash = await hashPassword(password);
  const account = async (id: string, role: "employee" | "manager"): Promise<Account> => {
    const email = `${id}@chaos.example`;
    await sql`insert into account (id, email, name, role, password_hash) values (${id}, ${email}, ${id}, ${role}, ${hash})`;
    return { id, email, password };
  };
  const employees = await Promise.all(
    Array.from({ length: count }, (_, index) => account(`reviewer-${index + 1}`, "employee")),
  );
  return { employees, manager: await account("manager", "manager") };
}
