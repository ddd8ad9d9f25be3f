/** Runs one process of a kind (a node, an edge) until it is told to end: SIGTERM or SIGINT, a second one at once. */
import { localEnvironment } from "../deploy/local/local-environment.ts";
import { readSecrets } from "../deploy/local/secrets.ts";
import { type CallboardConfig, readConfig } from "../supervisors/config.ts";

/** What `runNode` and `runEdge` give back once they are ready. */
export interface Running {
  stop(): Promise<void>;
}

/** Settings from the environment; what is missing there is taken from this installation, if it is one that `up` made. */
export const roleConfig = async (role: "node" | "edge" | "ops"): Promise<CallboardConfig> => {
  const config = readConfig();
  const secrets = await readSecrets(config.home);
  return secrets === undefined
    ? config
    : readConfig({ ...localEnvironment(config, secrets, role), ...process.env });
};

/**
 * @param start resolves when it is ready, with `{ stop }`
 * Resolves when it has stopped. Prints "callboard <role> is ready", which `up` waits for.
 */
export const runRole = async (role: "node" | "edge", start: () => Promise<Running>): Promise<void> => {
  const asked = new Promise<NodeJS.Signals>((resolve) => {
    let times = 0;
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      process.on(signal, () => {
        if (++times > 1) process.exit(1);
        resolve(signal);
      });
    }
  });
  const running = await start();
  process.stdout.write(`callboard ${role} is ready\n`);
  await asked;
  await running.stop();
};
