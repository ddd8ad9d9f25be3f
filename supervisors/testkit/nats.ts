/**
 * A real nats-server for one test: the repository's own nats.conf, fresh passwords, a free port, a store of its own that
 * is removed at the end.
 */
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  findNatsServer,
  type NatsCluster,
  type NatsPasswords,
  natsConf,
  natsServerEnvironment,
} from "../nats-server.ts";
import { repoRoot } from "../repo-root.ts";
import { stageInMemory } from "../staging-in-memory.ts";
import { freePort } from "./free-port.ts";
import { type ServerProcess, startServer } from "./server-process.ts";

export type NatsUser = keyof NatsPasswords;

export interface TestNats {
  readonly port: number;
  /** Process id of the server that runs now; another one after `restart`. */
  readonly pid: number;
  readonly storeDir: string;
  readonly passwords: NatsPasswords;
  /** `nats://user:password@127.0.0.1:port`, as the nats command line takes it. */
  url(user?: NatsUser): string;
  /** Options for `connect` of nats.js, which takes no password in an address. */
  connection(user?: NatsUser): { servers: string; user: string; pass: string };
  /** kill -9; the store stays. */
  kill(): Promise<void>;
  /** Starts it again on the same port and store, ending it first if it still runs. */
  restart(): Promise<void>;
  /** Ends it and removes the store, unless that was given. */
  stop(): Promise<void>;
}

export interface TestNatsOptions {
  /** Directory to keep the streams in; it outlives the server. Default: a temporary one. */
  readonly store?: string;
  /** fsync before each acknowledgement. Default false. */
  readonly syncAlways?: boolean;
  readonly port?: number;
  readonly passwords?: NatsPasswords;
  readonly cluster?: NatsCluster;
}

// A letter first, or the broker may read it as a number.
const password = () => `t${randomBytes(12).toString("hex")}`;
const freshPasswords = (): NatsPasswords => ({ actors: password(), edge: password(), ops: password() });

/** Three servers as one cluster, each in a store of its own. JetStream answers some seconds later, once it has a leader. */
export const startNatsCluster = async (): Promise<readonly TestNats[]> => {
  const ports = await Promise.all([freePort(), freePort(), freePort()]);
  const servers = ports.map((port) => `127.0.0.1:${port}`);
  const shared = { name: "test", host: "127.0.0.1", servers, password: password() };
  const passwords = freshPasswords();
  return Promise.all(ports.map((port) => startNats({ passwords, cluster: { ...shared, port } })));
};

export const startNats = async (options: TestNatsOptions = {}): Promise<TestNats> => {
  const home = process.env.CALLBOARD_HOME ?? join(repoRoot, ".callboard");
  const command = findNatsServer(home);
  if (command === undefined) {
    throw new Error(
      `No nats-server >= 2.15 on PATH or in ${home}/tools: run "npm run -s callboard -- setup".`,
    );
  }
  const storeDir = options.store ?? (await mkdtemp(join(tmpdir(), "callboard-nats-")));
  const port = options.port ?? (await freePort());
  const { passwords = freshPasswords(), cluster } = options;
  const start = (): Promise<ServerProcess> =>
    startServer({
      command,
      args: ["-c", natsConf],
      env: natsServerEnvironment({
        name: `test-${port}`,
        host: "127.0.0.1",
        port,
        monitor: "127.0.0.1:-1",
        storeDir,
        syncInterval: options.syncAlways === true ? "always" : "default",
        passwords,
        ...(cluster === undefined ? {} : { cluster }),
      }),
      ready: /Server is ready/,
    });

  let server: ServerProcess;
  try {
    server = await start();
  } catch (error) {
    if (options.store === undefined) await rm(storeDir, { recursive: true, force: true });
    throw error;
  }
  const staging = options.syncAlways || cluster !== undefined ? null : stageInMemory(storeDir);
  return {
    port,
    get pid() {
      return server.pid;
    },
    storeDir,
    passwords,
    url: (user = "actors") => `nats://${user}:${passwords[user]}@127.0.0.1:${port}`,
    connection: (user = "actors") => ({ servers: `127.0.0.1:${port}`, user, pass: passwords[user] }),
    kill: () => server.kill(),
    restart: async () => {
      await server.stop();
      server = await start();
    },
    stop: async () => {
      await server.stop();
      await staging?.stop(options.store === undefined);
      if (options.store === undefined) await rm(storeDir, { recursive: true, force: true });
    },
  };
};
