/** A connection that only looks: with the settings' credentials, or as `ops`. */
import { type JetStreamManager, jetstreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import type { CallboardConfig } from "../config.ts";
import { connectNats } from "../connect-nats.ts";

export interface Inspection {
  readonly nc: NatsConnection;
  readonly jsm: JetStreamManager;
}

/** Connects, does `look`, hangs up. @throws one clear line if the broker does not answer or does not let us in. */
export async function inspect(
  config: Pick<CallboardConfig, "natsUrl" | "natsUser" | "natsPassword">,
  look: (inspection: Inspection) => Promise<void>,
): Promise<void> {
  const nc = await connectNats(config, "ops", "callboard command").catch((error) => {
    throw new Error(
      `The broker at ${config.natsUrl} can't be used (${error instanceof Error ? error.message : error}): is it running, and are CALLBOARD_NATS_URL, _USER and _PASSWORD right?`,
    );
  });
  try {
    await look({ nc, jsm: await jetstreamManager(nc, { checkAPI: false }) });
  } finally {
    await nc.close();
  }
}
