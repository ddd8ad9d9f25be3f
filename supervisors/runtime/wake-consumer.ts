import { createInbox, type NatsConnection } from "@nats-io/transport-node";
import { pinGroup } from "../../protocols/streams.ts";

/**
 * Makes a consumer look what it may give out. One that has given out `max_ack_pending` messages goes on when one of them is
 * acknowledged, and is not told of a purge (nats-server 2.15.1, `consumer.purge`). A pull that is over when it arrives wakes it and
 * gets nothing.
 */
export const wakeConsumer = (nc: NatsConnection, stream: string, consumer: string): void =>
  nc.publish(
    `$JS.API.CONSUMER.MSG.NEXT.${stream}.${consumer}`,
    JSON.stringify({ batch: 1, expires: 1, group: pinGroup }),
    { reply: createInbox() },
  );
