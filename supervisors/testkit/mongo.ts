/** A Mongo-wire server for one test: free port, in memory, gone at the end. */
import { mongoCommand, mongoReady, mongoUrl } from "../mongo-server.ts";
import { freePort } from "./free-port.ts";
import { startServer } from "./server-process.ts";

export interface TestMongo {
  readonly port: number;
  readonly url: string;
  readonly pid: number;
  /** kill -9; everything in it is lost. */
  kill(): Promise<void>;
  /** Starts it again, empty, on the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export const startMongo = async (): Promise<TestMongo> => {
  const port = await freePort();
  const start = () => startServer({ ...mongoCommand(port), ready: mongoReady });
  let server = await start();
  return {
    port,
    url: mongoUrl(port),
    get pid() {
      return server.pid;
    },
    kill: () => server.kill(),
    restart: async () => {
      await server.stop();
      server = await start();
    },
    stop: () => server.stop(),
  };
};
