/**
 * A paused actor is parked with its mailbox: mail that comes is set aside, in order, on a subject of its own. To resume is
 * to tell the actor so and to give it that mail again.
 */
import { jetstreamManager, type MsgRequest } from "@nats-io/jetstream";
import { type NatsConnection, headers as newHeaders } from "@nats-io/transport-node";
import { header } from "../../protocols/envelope.ts";
import { streams, subjects } from "../../protocols/subjects.ts";
import { ownMessage } from "./delivery.ts";

/**
 * Lets a paused actor go on. Safe to call twice: what was given back carries the id of where it was parked.
 * @param address `<kind>.<id>`
 * @param first what it is to be told before its parked mail
 * @returns how many parked messages it was given back
 */
export async function resumeActor(
  nc: NatsConnection,
  address: string,
  first?: () => Promise<void>,
): Promise<number> {
  const jsm = await jetstreamManager(nc);
  const js = jsm.jetstream();
  const mailbox = subjects.mailbox(address);
  const parked = subjects.parked(address);
  await js.publish(mailbox, JSON.stringify({ type: ownMessage.resume }));
  await first?.();
  let count = 0;
  for (let seq = 1; ; count++) {
    // The server knows `next_by_subj` with a sequence; the client's type has them apart.
    const message = await jsm.streams.getMessage(streams.acts, { seq, next_by_subj: parked } as MsgRequest);
    if (message === null) break;
    const headers = newHeaders();
    headers.set(header.messageId, `parked-${message.seq}`);
    const trace = message.header.get(header.trace);
    if (trace) headers.set(header.trace, trace);
    await js.publish(mailbox, message.data, { headers });
    await jsm.streams.deleteMessage(streams.acts, message.seq, false);
    seq = message.seq + 1;
  }
  return count;
}
