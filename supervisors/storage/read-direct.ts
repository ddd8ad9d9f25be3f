/**
 * A question to a stream that any of its replicas answers, in several parts: whole or not at all. The library's own iterator
 * leaves its subscription behind, one for each question (nats.js 3.4.0), and does not notice that a part was lost with the line.
 */
import type { DirectBatchOptions, DirectLastFor, JetStreamManager, StoredMsg } from "@nats-io/jetstream";

/** The server that answers may die between two parts, and nobody says so. */
const answerWithinMs = 5_000;

/** A replica is some milliseconds behind the leader; one that is not after this many tries is away. */
export const replicaTries = 20;
export const replicaAgainMs = 25;

/**
 * @returns the parts in the order of the stream; none where nothing is stored.
 * @throws if the answer breaks off or lacks a part; to be asked again.
 */
export function readDirect(
  jsm: JetStreamManager,
  stream: string,
  question: DirectBatchOptions | DirectLastFor,
): Promise<StoredMsg[]> {
  return new Promise((resolve, reject) => {
    const parts: StoredMsg[] = [];
    let brokenOff: NodeJS.Timeout | undefined;
    const end = (error?: Error) => {
      clearTimeout(brokenOff);
      if (error === undefined || nothing.test(error.message)) resolve(parts);
      else reject(error);
    };
    const callback = (done: { err?: Error } | null, part: StoredMsg) => {
      if (done) return end(done.err);
      // Each part names the one before it.
      if (part.lastSequence !== (parts.at(-1)?.seq ?? 0)) end(new Error("A part of the answer is missing."));
      parts.push(part);
    };
    const ask =
      "multi_last" in question
        ? jsm.direct.getLastMessagesFor(stream, { ...question, callback })
        : jsm.direct.getBatch(stream, { ...question, callback });
    ask.then((answer) => {
      brokenOff = setTimeout(() => answer.stop(new Error("The answer broke off.")), answerWithinMs);
    }, end);
  });
}

const nothing = /message not found/i;
