/**
 * Reads a stream forward from a position, in batches, without a consumer: nothing is left behind on the server, and any
 * number of readers is free. Used by those who keep their own position.
 */
import { jetstreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { readDirect } from "../../storage/read-direct.ts";

export interface StoredRecord {
  readonly seq: number;
  readonly subject: string;
  readonly text: string;
}

export interface StreamReader {
  /** What comes after `position`, oldest first, at most `most`; empty if there is nothing yet. */
  after(position: number, most: number): Promise<readonly StoredRecord[]>;
}

const maxBytes = 8 * 1024 * 1024;

/** @param filter a subject with wildcards; only these are read. */
export const streamReader = (nc: NatsConnection, stream: string, filter: string): StreamReader => {
  let opened: ReturnType<typeof jetstreamManager> | undefined;
  const manager = () => {
    opened ??= jetstreamManager(nc, { checkAPI: false });
    return opened;
  };
  return {
    after: async (position, most) => {
      const batch = await readDirect(await manager(), stream, {
        seq: position + 1,
        batch: most,
        max_bytes: maxBytes,
        next_by_subj: filter,
      });
      return batch.map((message) => ({ seq: message.seq, subject: message.subject, text: message.string() }));
    },
  };
};

/** The server says 404 where there is nothing after the position. */
/** Resolves after `ms`, or at once when `signal` is aborted. */
export const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    if (signal.aborted) done();
    else signal.addEventListener("abort", done);
  });
