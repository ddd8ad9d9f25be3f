/** How a node or an edge connects: with the credentials of its settings, and again for as long as it takes. */
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { Redacted } from "effect";
import type { CallboardConfig } from "./config.ts";

/**
 * @param as the user if the settings name none; each may do what nats.conf allows it
 * @param name what the broker's own lists show this connection as
 */
export const connectNats = (
  { natsUrl, natsUser, natsPassword }: Pick<CallboardConfig, "natsUrl" | "natsUser" | "natsPassword">,
  as: "actors" | "edge" | "ops",
  name: string,
): Promise<NatsConnection> =>
  connect({
    servers: natsUrl.split(","),
    name,
    // A broker of one's own may have no users at all; one with users has passwords.
    ...(natsUser === undefined && natsPassword === undefined
      ? {}
      : { user: natsUser ?? as, pass: Redacted.value(natsPassword ?? Redacted.make("")) }),
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    // One that takes the connection and says nothing (it is paused) is left for the next; the default is 20 s.
    timeout: 5_000,
    // A server or a line that has gone silent is noticed after two of these without an answer, and another one is used.
    pingInterval: 3_000,
    maxPingOut: 2,
    // A trace of where each request was made, for the case that it fails: two errors built for every one.
    noAsyncTraces: true,
  });
