/**
 * The task `readFacts`: reads EVENTS after a position and adds it up. Comes back once a second while things happen, and after
 * ten seconds of silence, since time alone changes the figures too.
 */
import type { NatsConnection } from "@nats-io/transport-node";
import type { ReadFactsInput, ReadFactsOutput } from "../../../actors/pulse/machine.ts";
import { streams, subjects } from "../../../protocols/subjects.ts";
import { readFact } from "../archive/stored-fact.ts";
import { pause, streamReader } from "../archive/stream-reader.ts";
import { factCounter } from "./count-facts.ts";

export interface PulseTaskOptions {
  readonly nc: NatsConnection;
  /** How long facts are gathered before they are told. Default 1 s. */
  readonly gatherMs?: number;
  /** How long silence lasts before it is told. Default 10 s. */
  readonly quietMs?: number;
  readonly idleMs?: number;
}

const batchSize = 1_000;

export const pulseTask = ({ nc, gatherMs = 1_000, quietMs = 10_000, idleMs = 300 }: PulseTaskOptions) => {
  const reader = streamReader(nc, streams.events, subjects.allEvents);
  return async (
    input: ReadFactsInput,
    { signal }: { readonly signal: AbortSignal },
  ): Promise<ReadFactsOutput> => {
    const counter = factCounter();
    let { position } = input;
    let until = performance.now() + quietMs;
    let counted = 0;
    do {
      const records = await reader.after(position, batchSize);
      for (const record of records) {
        position = record.seq;
        const read = readFact(record);
        // Its own figures are no news. What this build does not know is counted by nobody; the archivist keeps it.
        if (read?.fact == null || read.fact.type === "PulseMeasured") continue;
        if (counted === 0) until = Math.min(until, performance.now() + gatherMs);
        counted++;
        counter.add(read.fact, read.at.getTime());
      }
      if (records.length < batchSize) await pause(idleMs, signal);
    } while (!signal.aborted && performance.now() < until);
    return { position, ...counter.deltas() };
  };
};
