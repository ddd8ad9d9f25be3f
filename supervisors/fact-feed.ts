/**
 * Facts in order, as EVENTS has stored them: heard as the broker republishes them, and read from the stream where one was
 * missed. Needs no consumer: an edge may make none, since the broker would deliver wherever a consumer asks it to.
 */
import type { JetStreamManager } from "@nats-io/jetstream";
import type { Msg, NatsConnection } from "@nats-io/transport-node";
import { streams, subjects } from "../protocols/subjects.ts";
import { type ReadFact, readFact } from "./capabilities/archive/stored-fact.ts";
import { readDirect } from "./storage/read-direct.ts";

/** A replica that lags behind the leader is asked again this often before a number counts as gone. */
const mostLooks = 10;
const lookAgainMs = 100;
const pageSize = 500;

export interface FactFeed {
  /** At the beginning, and after each reconnect: reads what was missed since. */
  open(): Promise<void>;
  close(): void;
}

export function factFeed(
  nc: NatsConnection,
  jsm: JetStreamManager,
  heard: (fact: ReadFact) => void,
  log: (line: string) => void,
): FactFeed {
  /** The number of the last fact that was said; null before the first `open`. */
  let last: number | null = null;
  const waiting: Msg[] = [];
  let saying: Promise<void> | null = null;
  let closed = false;

  const say = (seq: number, subject: string, text: string) => {
    if (last === null || seq <= last) return;
    last = seq;
    const fact = readFact({ seq, subject, text });
    if (fact !== null) heard(fact);
  };

  /** Says all that is stored up to `end`. What is gone by then, by its age, is passed over. */
  const readUpTo = async (end: number): Promise<void> => {
    for (let looks = 0; last !== null && last < end && !closed; ) {
      const before: number = last;
      for (const message of await readDirect(jsm, streams.events, { seq: before + 1, batch: pageSize })) {
        if (message.seq > end) break;
        say(message.seq, message.subject, message.string());
      }
      if (last > before) continue;
      if (++looks >= mostLooks) last = end;
      else await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
    }
  };

  const sayWaiting = async (): Promise<void> => {
    for (let message = waiting[0]; message !== undefined && !closed; message = waiting[0]) {
      const seq = Number(message.headers?.get("Nats-Sequence"));
      const subject = message.headers?.get("Nats-Subject") ?? "";
      if (last !== null && seq > last + 1) await readUpTo(seq - 1);
      say(seq, subject, message.string());
      waiting.shift();
    }
  };
  const begin = () => {
    if (saying !== null || last === null) return;
    let failed = false;
    saying = sayWaiting()
      .catch((error) => {
        failed = true;
        log(`facts can't be read: ${error}`);
        setTimeout(begin, 1_000).unref();
      })
      .finally(() => {
        saying = null;
        // What came with the last one, in the same piece of the line, came while we were still saying it.
        if (waiting.length > 0 && !failed && !closed) begin();
      });
  };

  const subscription = nc.subscribe(subjects.allHeard, {
    callback: (error, message) => {
      if (error !== null || closed) return;
      waiting.push(message);
      begin();
    },
  });

  return {
    open: async () => {
      const { last_seq } = (await jsm.streams.info(streams.events)).state;
      if (last === null) last = last_seq;
      else await readUpTo(last_seq);
      begin();
    },
    close: () => {
      closed = true;
      subscription.unsubscribe();
    },
  };
}
