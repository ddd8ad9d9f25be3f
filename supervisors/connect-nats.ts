/** How a node or an edge connects: with the credentials of its settings, and again for as long as it takes. */
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { Redacted } from "effect";
import type { CallboardConfig } from "./config.ts";

/** @param name what the broker's own lists show this connection as */
export const connectNats = (
  { natsUrl, natsUser, natsPassword }: CallboardConfig,
  name: string,
): Promise<NatsConnection> =>
  connect({
    servers: natsUrl.split(","),
    name,
    ...(natsUser === undefined
      ? {}
      : { user: natsUser, pass: Redacted.value(natsPassword ?? Redacted.make("")) }),
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
  });
