/**
 * The dispatcher's task `takeReview`: the next pending review of a queue, front priority first. It waits until there is
 * one. The review leaves the REVIEWS stream only after the dispatcher has stored that it took it, so that neither a crash
 * here nor a change of mind loses it.
 */
import { type Consumer, type JetStreamManager, type JsMsg, jetstreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { Schema } from "effect";
import { encodeToken } from "../../../protocols/address.ts";
import { PendingReview } from "../../../protocols/dispatcher.ts";
import { streams, subjects } from "../../../protocols/subjects.ts";
import { bury } from "../../runtime/bury.ts";
import type { TaskContext } from "../../runtime/tasks.ts";

const decode = Schema.decodeUnknownSync(Schema.fromJsonString(PendingReview));

/** Without news the queue is looked at this often: a review may have come back from a dispatcher that died. */
const lookEveryMs = 5_000;
/** A review taken and not settled comes back after this. */
const ackWaitMs = 30_000;

export interface TakeReviewOptions {
  readonly nc: NatsConnection;
  /** How long a review that is taken has waited, milliseconds. */
  readonly waited?: (ms: number) => void;
}

export function takeReviewTask({ nc, waited = () => {} }: TakeReviewOptions) {
  let manager: Promise<JetStreamManager> | null = null;
  const consumers = new Map<string, Consumer>();

  return async (
    { queue }: { readonly queue: string },
    context: Pick<TaskContext, "signal" | "settled">,
  ): Promise<PendingReview> => {
    manager ??= jetstreamManager(nc);
    const jsm = await manager;
    const { signal } = context;
    for (;;) {
      signal.throwIfAborted();
      const arrival = nextArrival(nc, queue, signal);
      try {
        for (const priority of await waitingPriorities(jsm, queue)) {
          const message = await pull(jsm, consumers, queue, priority);
          if (message === null) continue;
          if (signal.aborted) message.nak();
          signal.throwIfAborted();
          const review = await decodeOrBury(jsm, message);
          if (review === null) continue;
          context.settled(() => {
            message.ack();
            waited(Math.max(0, Date.now() - message.info.timestampNanos / 1e6));
          });
          return review;
        }
        await arrival.heard;
      } finally {
        arrival.stop();
      }
    }
  };
}

/** Listens before it is looked, so that nothing slips in between. */
function nextArrival(nc: NatsConnection, queue: string, signal: AbortSignal) {
  const subscription = nc.subscribe(subjects.topic(`review.${encodeToken(queue)}.*`), { max: 1 });
  let wake = () => {};
  const heard = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const timer = setTimeout(wake, lookEveryMs);
  signal.addEventListener("abort", wake, { once: true });
  void (async () => {
    for await (const _ of subscription) wake();
  })();
  return {
    heard,
    stop: () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", wake);
      subscription.unsubscribe();
    },
  };
}

async function waitingPriorities(jsm: JetStreamManager, queue: string): Promise<number[]> {
  const filter = subjects.topic(`review.${encodeToken(queue)}.*`);
  const info = await jsm.streams.info(streams.reviews, { subjects_filter: filter });
  return Object.keys(info.state.subjects ?? {})
    .map((subject) => Number(subject.split(".").at(-1)))
    .filter(Number.isInteger)
    .sort((a, b) => a - b);
}

/** Making sure of a consumer costs the server more than the review itself: once per queue and priority is enough. */
async function pull(
  jsm: JetStreamManager,
  known: Map<string, Consumer>,
  queue: string,
  priority: number,
): Promise<JsMsg | null> {
  const name = `review-${encodeToken(queue).replaceAll("=", "_")}-${priority}-v1`;
  const consumer = known.get(name) ?? (await openConsumer(jsm, name, subjects.review(queue, priority)));
  known.delete(name); // One that fails is made sure of again.
  const message = await consumer.next({ expires: 1_000 });
  known.set(name, consumer);
  return message;
}

async function openConsumer(jsm: JetStreamManager, name: string, filter: string): Promise<Consumer> {
  await jsm.consumers.add(streams.reviews, {
    durable_name: name,
    filter_subject: filter,
    ack_policy: "explicit",
    ack_wait: ackWaitMs * 1e6,
    max_deliver: -1,
  });
  return jsm.jetstream().consumers.get(streams.reviews, name);
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
