/** The PostgreSQL that Callboard embeds, with fsync and synchronous commit, for the peers that need one. */
import {
  postgresReady,
  postgresStopSignal,
  postgresUser,
  preparePostgres,
} from "../../../dist/supervisors/postgres-server.js";
import { freePort } from "../../../dist/supervisors/testkit/free-port.js";
import { startServer } from "../../../dist/supervisors/testkit/server-process.js";

const password = "bench";

export const settings = (port) => ({
  host: "127.0.0.1",
  port,
  user: postgresUser,
  password,
  database: "postgres",
});

export async function startPostgres(dir) {
  const port = await freePort();
  const start = async () =>
    startServer({
      ...(await preparePostgres({ dir: `${dir}/postgres`, port, password, durable: true })),
      ready: postgresReady,
      stopSignal: postgresStopSignal,
    });
  let running = await start();
  return {
    expose: { port },
    kill9: () => running.kill(),
    restart: async () => {
      // After a kill -9 its workers hold the shared memory for a moment longer.
      for (let tries = 10; ; tries--)
        try {
          running = await start();
          return;
        } catch (error) {
          if (tries === 0) throw error;
          await new Promise((resolve) => setTimeout(resolve, 200));
        }
    },
    stop: () => running.stop(),
  };
}
