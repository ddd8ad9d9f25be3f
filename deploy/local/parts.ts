/** The programs of a one-machine installation, in the order in which they start: what, on which port, ready when. */
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { CallboardConfig } from "../../supervisors/config.ts";
import { mongoCommand, mongoReady } from "../../supervisors/mongo-server.ts";
import { findNatsServer, natsConf, natsServerEnvironment } from "../../supervisors/nats-server.ts";
import { nodeFlags } from "../../supervisors/node-flags.ts";
import { postgresReady, postgresStopSignal, preparePostgres } from "../../supervisors/postgres-server.ts";
import { repoRoot } from "../../supervisors/repo-root.ts";
import { localEnvironment } from "./local-environment.ts";
import { answers } from "./readiness.ts";
import type { Secrets } from "./secrets.ts";
import type { ChildSpec } from "./supervised-child.ts";

export interface Part extends ChildSpec {
  /** Ports that must be free before it starts, each with the setting that moves it. */
  readonly ports: readonly { port: number; host: string; variable: string }[];
}

const loopback = "127.0.0.1";

export const natsStore = ({ home }: CallboardConfig): string => join(home, "nats");

const nats = (config: CallboardConfig, secrets: Secrets): Part => ({
  name: "nats",
  ports: [
    { port: config.natsPort, host: loopback, variable: "CALLBOARD_NATS_PORT" },
    { port: config.natsMonitorPort, host: loopback, variable: "CALLBOARD_NATS_MONITOR_PORT" },
  ],
  command: () => {
    const command = findNatsServer(config.home);
    if (command === undefined) {
      throw new Error('no nats-server >= 2.15 on PATH or in the home: run "npm run -s callboard -- setup"');
    }
    return {
      command,
      args: ["-c", natsConf],
      env: natsServerEnvironment({
        name: config.nodeId,
        host: loopback,
        port: config.natsPort,
        monitor: `${loopback}:${config.natsMonitorPort}`,
        storeDir: natsStore(config),
        syncInterval: config.syncInterval,
        passwords: secrets.nats,
      }),
    };
  },
  ready: (signal) => answers(`http://${loopback}:${config.natsMonitorPort}/healthz`, signal),
  readyWithinMs: 120_000, // Streams of many gigabytes are read once at a start.
});

const postgres = (config: CallboardConfig, secrets: Secrets): Part => ({
  name: "postgres",
  ports: [{ port: config.postgresPort, host: loopback, variable: "CALLBOARD_POSTGRES_PORT" }],
  command: () =>
    preparePostgres({
      dir: join(config.home, "postgres"),
      port: config.postgresPort,
      password: secrets.postgres,
      durable: true,
    }),
  ready: postgresReady,
  stopSignal: postgresStopSignal,
});

const mongo = (config: CallboardConfig): Part => ({
  name: "mongo",
  ports: [{ port: config.mongoPort, host: loopback, variable: "CALLBOARD_MONGO_PORT" }],
  command: () => mongoCommand(config.mongoPort),
  ready: mongoReady,
});

/** A process of our own, as compiled. */
const ours = (
  script: string,
  args: readonly string[],
  env: Record<string, string>,
  flags: readonly string[] = [],
) => ({
  command: process.execPath,
  args: ["--enable-source-maps", ...flags, join(repoRoot, "dist", script), ...args],
  env,
  cwd: repoRoot,
});

const demoPortal = (config: CallboardConfig): Part => ({
  name: "demo-portal",
  ports: [{ port: config.demoPortalPort, host: loopback, variable: "CALLBOARD_DEMO_PORTAL_PORT" }],
  command: () =>
    ours("deploy/local/demo-portal/main.js", [], {
      CALLBOARD_HOME: config.home,
      CALLBOARD_DEMO_PORTAL_PORT: String(config.demoPortalPort),
    }),
  ready: (signal) => answers(`http://${loopback}:${config.demoPortalPort}/`, signal),
});

const node = (config: CallboardConfig, secrets: Secrets): Part => ({
  name: "node",
  ports: [],
  command: () => ours("cli/callboard.js", ["node"], localEnvironment(config, secrets, "node"), nodeFlags),
  ready: /^callboard node is ready/m,
  stopWithinMs: 20_000, // Turns in hand are finished and partitions handed over first.
});

const edge = (config: CallboardConfig, secrets: Secrets): Part => ({
  name: "edge",
  ports: [{ port: config.port, host: config.host, variable: "CALLBOARD_PORT" }],
  command: () => ours("cli/callboard.js", ["edge"], localEnvironment(config, secrets, "edge")),
  ready: (signal) =>
    answers(`http://${config.host === "0.0.0.0" ? loopback : config.host}:${config.port}/api/health`, signal),
});

/** Each inner list starts at once; the next list when all of it are ready. */
export const partsOf = async (config: CallboardConfig, secrets: Secrets): Promise<Part[][]> => {
  await mkdir(natsStore(config), { recursive: true });
  const portalBuilt = existsSync(join(repoRoot, "dist/deploy/local/demo-portal/main.js"));
  return [
    [
      ...(config.embedded.nats ? [nats(config, secrets)] : []),
      ...(config.embedded.postgres ? [postgres(config, secrets)] : []),
      ...(config.embedded.mongo ? [mongo(config)] : []),
      ...(config.demoPortal === "on" && portalBuilt ? [demoPortal(config)] : []),
    ],
    [node(config, secrets)],
    [edge(config, secrets)],
  ];
};
