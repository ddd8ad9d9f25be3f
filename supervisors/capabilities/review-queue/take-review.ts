/**
 * The dispatcher's task `takeReview`: the next pending reviews of a queue, as many as are wanted. It waits until there is one. A
 * review leaves the REVIEWS stream only after the dispatcher has stored that it took it, so that neither a crash here nor a change
 * of mind loses it.
 */
import { type JetStreamManager, type JsMsg, jetstreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { Schema } from "effect";
import type { TakeReviewInput } from "../../../actors/dispatcher/setup.ts";
import { PendingReview } from "../../../protocols/dispatcher.ts";
import { bury } from "../../runtime/bury.ts";
import type { TaskContext } from "../../runtime/tasks.ts";
import { ReviewQueue } from "./review-queue.ts";

const decode = Schema.decodeUnknownSync(Schema.fromJsonString(PendingReview));

export interface TakeReviewOptions {
  readonly nc: NatsConnection;
  /** How long a review that is taken has waited, milliseconds. */
  readonly waited?: (ms: number) => void;
}

export function takeReviewTask({ nc, waited = () => {} }: TakeReviewOptions) {
  let manager: Promise<JetStreamManager> | null = null;
  const queues = new Map<string, ReviewQueue>();

  return async (
    {
      queue,
      most = 1,
      agingEveryMs = Number.POSITIVE_INFINITY,
    }: Partial<TakeReviewInput> & { readonly queue: string },
    { signal, settled }: Pick<TaskContext, "signal" | "settled">,
  ): Promise<readonly PendingReview[]> => {
    manager ??= jetstreamManager(nc);
    const jsm = await manager;
    const source = queues.get(queue) ?? new ReviewQueue(nc, jsm, queue);
    queues.set(queue, source);
    for (;;) {
      signal.throwIfAborted();
      const taken: { review: PendingReview; message: JsMsg }[] = [];
      for (const message of await source.take(most, agingEveryMs)) {
        const review = await decodeOrBury(jsm, message);
        if (review !== null) taken.push({ review, message });
      }
      if (signal.aborted) source.giveBack(taken.map(({ message }) => message));
      signal.throwIfAborted();
      if (taken.length > 0) {
        settled(() => {
          for (const { message } of taken) {
            message.ack();
            waited(Math.max(0, Date.now() - message.info.timestampNanos / 1e6));
          }
        });
        return taken.map(({ review }) => review);
      }
      await source.news(signal);
    }
  };
}

/** What nobody can read would be handed out again and again: it becomes a dead letter. */
async function decodeOrBury(jsm: JetStreamManager, message: JsMsg): Promise<PendingReview | null> {
  try {
    return decode(message.string());
  } catch (error) {
    await bury(jsm, message, "dispatcher.review", error);
    return null;
  }
}
