/**
 * Senders who number what they say. Each tells one candidate actor of its own "my name is now v17", waits until the broker has
 * it, and goes on to v18; so every number that was acknowledged must come out as a fact: once, and in order.
 */
import { createWriteStream } from "node:fs";
import { jetstream } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { addressOf } from "../../protocols/address.ts";
import { subjects } from "../../protocols/subjects.ts";

export interface Witnesses {
  /** By candidate: how many were acknowledged, which are the numbers 1 to that. */
  readonly acknowledged: ReadonlyMap<string, number>;
  stop(): Promise<void>;
}

/** @param logFile what the broker said to each number: its place in the stream, and whether it had it already */
export function startWitnesses(
  nc: NatsConnection,
  count: number,
  everyMs: number,
  logFile: string,
): Witnesses {
  const acknowledged = new Map<string, number>();
  const log = createWriteStream(logFile);
  let stopped = false;
  const speak = async (id: string) => {
    for (let n = 1; !stopped; n++) {
      const profile = {
        id,
        name: `v${n}`,
        email: `${id}@chaos.example`,
        phone: "",
        region: "nowhere",
        search: ["no posting has this title"],
        resumeVersion: `${id}/none`,
        answerBook: [],
      };
      const message = JSON.stringify({ type: "Register", profile });
      // The same number under the same id until the broker says that it has it, also after the end of the run.
      for (let said = 1; ; said++)
        try {
          const ack = await jetstream(nc).publish(subjects.mailbox(addressOf("candidate", id)), message, {
            msgID: `${id}-${n}`,
            timeout: 2_000,
          });
          log.write(
            `${new Date().toISOString()} ${id} v${n} ${ack.seq}${ack.duplicate ? " duplicate" : ""} said ${said} times\n`,
          );
          break;
        } catch {
          await new Promise((resolve) => setTimeout(resolve, 200)); // No answer, or no leader: said again.
        }
      acknowledged.set(id, n);
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  };
  const speaking = Promise.all(Array.from({ length: count }, (_, index) => speak(`witness-${index + 1}`)));
  return {
    acknowledged,
    stop: async () => {
      stopped = true;
      await speaking;
      log.end();
    },
  };
}
