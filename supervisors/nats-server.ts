/**
 * The broker's binary and its environment: which nats-server to run, and what `nats.conf` wants to know.
 * Used by the one-machine boot and by the testkit, so that tests run on the settings that people run on.
 */
import { execFileSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { repoRoot } from "./repo-root.ts";

/** Atomic batches across subjects, schedules, pins, resets and transforms work together since this version. */
export const leastNatsServer = { major: 2, minor: 15 } as const;

export interface NatsPasswords {
  readonly actors: string;
  readonly edge: string;
  readonly ops: string;
}

/** One server's place in a cluster of three or five. */
export interface NatsCluster {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** `host:port` of each server's cluster port; its own may be among them. */
  readonly servers: readonly string[];
  readonly password: string;
}

export interface NatsServerSettings {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** `host:port` of the health and metrics page; port -1 takes any free one. */
  readonly monitor: string;
  readonly storeDir: string;
  /** "always" syncs each commit to disk; "default" is the server's own 2 minutes. */
  readonly syncInterval: "always" | "default";
  /** Upper bound of the store, in the broker's notation. Default 20GB. */
  readonly maxFile?: string;
  readonly passwords: NatsPasswords;
  /** Left out: it stands alone. */
  readonly cluster?: NatsCluster;
}

const alone: NatsCluster = { name: "alone", host: "127.0.0.1", port: 0, servers: [], password: "none" };

export const natsConf: string = join(repoRoot, "nats.conf");

/** The variables that `nats.conf` refers to. */
export const natsServerEnvironment = (settings: NatsServerSettings): Record<string, string> => ({
  ...clusterEnvironment(settings.cluster ?? alone),
  CALLBOARD_NATS_NAME: settings.name,
  CALLBOARD_NATS_HOST: settings.host,
  CALLBOARD_NATS_PORT: String(settings.port),
  CALLBOARD_NATS_MONITOR: settings.monitor,
  CALLBOARD_NATS_STORE: settings.storeDir,
  CALLBOARD_NATS_MAX_FILE: settings.maxFile ?? "20GB",
  // Not "2m": in the broker's notation that is two million.
  CALLBOARD_NATS_SYNC: settings.syncInterval === "always" ? "always" : "120s",
  CALLBOARD_NATS_ACTORS_PASSWORD: settings.passwords.actors,
  CALLBOARD_NATS_EDGE_PASSWORD: settings.passwords.edge,
  CALLBOARD_NATS_OPS_PASSWORD: settings.passwords.ops,
});

const clusterEnvironment = ({ name, host, port, servers, password }: NatsCluster) => ({
  CALLBOARD_NATS_CLUSTER: name,
  CALLBOARD_NATS_CLUSTER_HOST: host,
  CALLBOARD_NATS_CLUSTER_PORT: String(port),
  CALLBOARD_NATS_CLUSTER_PASSWORD: password,
  CALLBOARD_NATS_CLUSTER_ROUTES: JSON.stringify(
    servers.map((server) => `nats-route://route:${password}@${server}`),
  ),
});

/** What `nats-server -v` says as `{ major, minor }`; undefined if it doesn't run or says something else. */
export const natsServerVersion = (
  path: string,
): { major: number; minor: number; text: string } | undefined => {
  let said: string;
  try {
    said = execFileSync(path, ["-v"], {
      encoding: "utf8",
      timeout: 10_000,
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch {
    return undefined; // Missing, not executable, wrong architecture: all mean "not this one".
  }
  const found = /v(\d+)\.(\d+)\.\d+\S*/.exec(said);
  return found ? { major: Number(found[1]), minor: Number(found[2]), text: found[0] } : undefined;
};

const isRecentEnough = (path: string): boolean => {
  const version = natsServerVersion(path);
  if (!version) return false;
  const { major, minor } = leastNatsServer;
  return version.major > major || (version.major === major && version.minor >= minor);
};

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // The question was whether, and the answer is no.
  }
};

/**
 * The nats-server to use: the one that set-up unpacked into `<home>/tools`, else the first on PATH that is recent
 * enough. Set-up only unpacks one when PATH has none, so the order merely spares a process.
 */
export const findNatsServer = (home: string): string | undefined => {
  const unpacked = join(home, "tools", "nats-server");
  if (isExecutable(unpacked) && isRecentEnough(unpacked)) return unpacked;
  return (process.env.PATH ?? "")
    .split(delimiter)
    .filter((dir) => dir !== "")
    .map((dir) => join(dir, "nats-server"))
    .find((path) => isExecutable(path) && isRecentEnough(path));
};
