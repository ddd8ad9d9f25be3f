/** A message of another stream that nobody can take: it goes to DEAD as it came, with its cause, and is acknowledged. */
import type { JetStreamManager } from "@nats-io/jetstream";
import { subjects } from "../../protocols/subjects.ts";
import { describeError } from "./errors.ts";
import type { LogMessage } from "./ordered-log.ts";

/**
 * @param where who could not take it, `<kind>.<id>`: the last part of its subject in DEAD
 * @throws what the broker throws; then the message was not acknowledged and comes again.
 */
export async function bury(
  jsm: JetStreamManager,
  message: LogMessage,
  where: string,
  error: unknown,
): Promise<void> {
  const letter = {
    type: "DeadLetter",
    actor: where,
    at: new Date().toISOString(),
    cause: describeError(error),
    subject: message.subject,
    sequence: message.seq,
    message: message.string(),
  };
  await jsm.jetstream().publish(subjects.dead(where), JSON.stringify(letter));
  message.ack();
}
