import type { JetStreamManager } from "@nats-io/jetstream";
import type { Msg, NatsConnection } from "@nats-io/transport-node";
import { expect, test } from "vitest";
import { factFeed } from "./fact-feed.ts";

test("facts that come in one piece of the line are all said at once, not with the next one", async () => {
  const heard: number[] = [];
  let deliver = (_error: null, _message: Msg) => {};
  const nc = {
    subscribe: (_: string, { callback }: { callback: typeof deliver }) => {
      deliver = callback;
      return { unsubscribe: () => {} };
    },
  } as unknown as NatsConnection;
  const jsm = { streams: { info: async () => ({ state: { last_seq: 4 } }) } } as unknown as JetStreamManager;
  const feed = factFeed(
    nc,
    jsm,
    ({ seq }) => heard.push(seq),
    () => {},
  );
  await feed.open();
  for (const seq of [5, 6, 7])
    deliver(null, {
      headers: new Map([
        ["Nats-Sequence", String(seq)],
        ["Nats-Subject", "callboard.event.EmployeeSignedIn.mira"],
      ]),
      string: () =>
        JSON.stringify({
          type: "EmployeeSignedIn",
          employee: "mira",
          actor: "employee.mira",
          at: "2026-01-01",
          trace: "",
        }),
    } as unknown as Msg);
  await new Promise((resolve) => setImmediate(resolve));
  expect(heard).toEqual([5, 6, 7]);
  feed.close();
});
