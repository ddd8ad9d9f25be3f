/** A real PostgreSQL for one test: free port, a cluster of its own, removed at the end. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { postgresReady, postgresStopSignal, postgresUrl, preparePostgres } from "../postgres-server.ts";
import { freePort } from "./free-port.ts";
import { startServer } from "./server-process.ts";

export interface TestPostgres {
  readonly port: number;
  /** `postgres://user:password@127.0.0.1:port/postgres` */
  readonly url: string;
  readonly pid: number;
  /** kill -9; the data stay. */
  kill(): Promise<void>;
  /** Starts it again on the same port and data, ending it first if it still runs. */
  restart(): Promise<void>;
  /** Ends it and removes the cluster. */
  stop(): Promise<void>;
}

/** Ready in about two seconds, most of which is making the cluster: share one per test file. */
export const startPostgres = async (): Promise<TestPostgres> => {
  const dir = await mkdtemp(join(tmpdir(), "callboard-postgres-"));
  const port = await freePort();
  const password = "test";
  const start = async () =>
    startServer({
      ...(await preparePostgres({ dir, port, password, durable: false })),
      ready: postgresReady,
      stopSignal: postgresStopSignal,
    });
  try {
    let server = await start();
    return {
      port,
      url: postgresUrl(port, password),
      get pid() {
        return server.pid;
      },
      kill: () => server.kill(),
      restart: async () => {
        await server.stop();
        // After a kill -9 its workers hold the shared memory for a moment longer, and a new server refuses to start.
        for (let tries = 10; ; tries--)
          try {
            server = await start();
            return;
          } catch (error) {
            if (tries === 0) throw error;
            await new Promise((resolve) => setTimeout(resolve, 200));
          }
      },
      stop: async () => {
        await server.stop();
        await rm(dir, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(dir, { recursive: true, force: true });
    throw error;
  }
};
