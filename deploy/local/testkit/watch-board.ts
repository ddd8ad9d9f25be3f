/** Tells a portal actor to watch a board, as the boot does. */
import { jetstream } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { addressOf } from "../../../protocols/address.ts";
import type { Board } from "../../../protocols/portal.ts";
import { subjects } from "../../../protocols/subjects.ts";

export const watchBoard = (nc: NatsConnection, board: Board, pollEveryMs: number) =>
  jetstream(nc).publish(
    subjects.mailbox(addressOf("portal", board.portal)),
    JSON.stringify({ type: "Watch", board, pollEveryMs }),
  );
