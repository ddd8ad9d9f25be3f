/** What each process of this installation is told by environment: where the others are, and its own passwords only. */
import type { CallboardConfig } from "../../supervisors/config.ts";
import { mongoUrl } from "../../supervisors/mongo-server.ts";
import { postgresUrl } from "../../supervisors/postgres-server.ts";
import type { Secrets } from "./secrets.ts";

/** Settings that are set already win: they name servers of one's own. */
export const localEnvironment = (
  config: CallboardConfig,
  secrets: Secrets,
  role: "node" | "edge" | "ops",
): Record<string, string> => {
  const user = role === "node" ? "actors" : role;
  return {
    CALLBOARD_HOME: config.home,
    ...(config.embedded.nats
      ? {
          CALLBOARD_NATS_URL: config.natsUrl,
          CALLBOARD_NATS_USER: user,
          CALLBOARD_NATS_PASSWORD: secrets.nats[user],
        }
      : {}),
    ...(config.embedded.postgres
      ? { CALLBOARD_POSTGRES_URL: postgresUrl(config.postgresPort, secrets.postgres) }
      : {}),
    ...(config.embedded.mongo ? { CALLBOARD_MONGO_URL: mongoUrl(config.mongoPort) } : {}),
    ...(role === "edge" && config.cookieSecret === undefined
      ? { CALLBOARD_COOKIE_SECRET: secrets.cookie }
      : {}),
  };
};
