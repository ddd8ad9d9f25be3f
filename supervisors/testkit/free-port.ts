/** A TCP port on 127.0.0.1 that is free now and that no outgoing connection will take meanwhile. */
import { createServer } from "node:net";

const canListen = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen({ port, host: "127.0.0.1", exclusive: true }, () => probe.close(() => resolve(true)));
  });

/**
 * Picks at random below the range from which systems take ports of outgoing connections (32768 on Linux), so that a
 * server that is killed and started again on the same port finds it free.
 */
export const freePort = async (): Promise<number> => {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = 12_000 + Math.floor(Math.random() * 20_000);
    if (await canListen(port)) return port;
  }
  throw new Error("No free port found on 127.0.0.1 in 100 attempts: close some servers.");
};
