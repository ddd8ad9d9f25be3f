/**
 * Writes a list of messages to one stream as one atomic batch (ADR-50): all are stored, or none. A single message is a plain
 * conditional publish. The headers are written by hand: nats.js drops options inside of a batch.
 */
import type { NatsConnection } from "@nats-io/transport-node";
import { headers as newHeaders, nuid } from "@nats-io/transport-node";

export interface Letter {
  readonly subject: string;
  readonly body: string | Uint8Array;
  readonly headers: readonly (readonly [string, string])[];
}

/** The server's limit for one batch. */
export const mostPerBatch = 1_000;

/** A condition did not hold: the fence was moved by another owner. */
export class BatchRefused extends Error {}

const staleCodes = [10071, 10164];
const ackTimeoutMs = 5_000;

/**
 * @throws BatchRefused if an expectation did not hold; nothing was stored.
 * @throws Error otherwise; then nobody knows whether it was stored.
 */
export async function writeBatch(
  nc: NatsConnection,
  messages: readonly Letter[],
  interrupted: AbortSignal,
): Promise<void> {
  const last = messages.length - 1;
  const id = nuid.next();
  for (let i = 0; i <= last; i++) {
    const message = messages[i] as Letter;
    const headers = newHeaders();
    for (const [name, value] of message.headers) headers.set(name, value);
    if (last > 0) {
      headers.set("Nats-Batch-Id", id);
      headers.set("Nats-Batch-Sequence", String(i + 1));
    }
    if (i < last) nc.publish(message.subject, message.body, { headers });
    else {
      if (last > 0) headers.set("Nats-Batch-Commit", "1");
      const answer = nc.request(message.subject, message.body, { headers, timeout: ackTimeoutMs });
      requireStored((await unlessInterrupted(answer, interrupted)).json());
    }
  }
}

function unlessInterrupted<T>(answer: Promise<T>, interrupted: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new Error("The connection was lost before the answer came."));
    interrupted.addEventListener("abort", stop, { once: true });
    answer.then(resolve, reject).finally(() => interrupted.removeEventListener("abort", stop));
  });
}

function requireStored(ack: { error?: { err_code?: number; description?: string } }) {
  if (ack.error === undefined) return;
  const text = `The stream refused a batch: ${ack.error.description} (${ack.error.err_code}).`;
  throw staleCodes.includes(ack.error.err_code ?? 0) ? new BatchRefused(text) : new Error(text);
}
