/** All that a stream holds, oldest first: what tests judge by, instead of the program's own word. */
import { type JsMsg, jetstreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";

export async function streamMessages(nc: NatsConnection, stream: string): Promise<JsMsg[]> {
  const jsm = await jetstreamManager(nc);
  const { state } = await jsm.streams.info(stream);
  if (state.messages === 0) return [];
  const consumer = await jsm.jetstream().consumers.get(stream);
  const found: JsMsg[] = [];
  for await (const message of await consumer.fetch({ max_messages: state.messages, expires: 10_000 })) {
    found.push(message);
    if (message.seq >= state.last_seq) break;
  }
  return found;
}
