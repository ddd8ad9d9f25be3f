/**
 * The dispatcher's task `takeReview`: the next pending reviews of a queue, as many as are wanted. It waits until there is one. A
 * review leaves the REVIEWS stream only after the dispatcher has stored that it took it, so that neither a crash here nor a change
 * of mind loses it.
 */
import { type Consumer, type JetStreamManager, type JsMsg, jetstreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { Schema } from "effect";
import type { TakeReviewInput } from "../../../actors/dispatcher/setup.ts";
import { encodeToken } from "../../../protocols/address.ts";
import { PendingReview } from "../../../protocols/dispatcher.ts";
import { levelAfter } from "../../../protocols/queue-settings.ts";
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
    {
      queue,
      most = 1,
      agingEveryMs = Number.POSITIVE_INFINITY,
    }: Partial<TakeReviewInput> & { readonly queue: string },
    context: Pick<TaskContext, "signal" | "settled">,
  ): Promise<readonly PendingReview[]> => {
    manager ??= jetstreamManager(nc);
    const jsm = await manager;
    const { signal } = context;
    for (let quiet = false; ; ) {
      signal.throwIfAborted();
      const arrival = nextArrival(nc, queue, signal);
      try {
        const taken: { review: PendingReview; message: JsMsg }[] = [];
        for (const priority of await waitingPriorities(jsm, queue, agingEveryMs)) {
          for (const message of await pull(
            jsm,
            consumers,
            queue,
            priority,
            most - taken.length,
            quiet && taken.length === 0,
          )) {
            if (signal.aborted) {
              message.nak();
              continue;
            }
            const review = await decodeOrBury(jsm, message);
            if (review !== null) taken.push({ review, message });
          }
          if (taken.length >= most) break;
        }
        if (signal.aborted) for (const { message } of taken) message.nak();
        signal.throwIfAborted();
        if (taken.length > 0) {
          context.settled(() => {
            for (const { message } of taken) {
              message.ack();
              waited(Math.max(0, Date.now() - message.info.timestampNanos / 1e6));
            }
          });
          return taken.map(({ review }) => review);
        }
        quiet = !(await arrival.news);
      } finally {
        arrival.stop();
      }
    }
  };
}

/** Listens before it is looked, so that nothing slips in between. `news`: whether one came, or only time went by. */
function nextArrival(nc: NatsConnection, queue: string, signal: AbortSignal) {
  const subscription = nc.subscribe(subjects.topic(`review.${encodeToken(queue)}.*`), { max: 1 });
  let end = (_: boolean) => {};
  const news = new Promise<boolean>((resolve) => {
    end = resolve;
  });
  const silence = () => end(false);
  const timer = setTimeout(silence, lookEveryMs);
  signal.addEventListener("abort", silence, { once: true });
  void (async () => {
    for await (const _ of subscription) end(true);
  })();
  return {
    news,
    stop: () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", silence);
      subscription.unsubscribe();
    },
  };
}

/**
 * The priorities that hold something, the one to take from first: by the level of its oldest, as in the dispatcher's window.
 * The oldest of each level is the first of its subject, so that none is ever too old to be looked at.
 */
async function waitingPriorities(
  jsm: JetStreamManager,
  queue: string,
  agingEveryMs: number,
): Promise<number[]> {
  const filter = subjects.topic(`review.${encodeToken(queue)}.*`);
  const info = await jsm.streams.info(streams.reviews, { subjects_filter: filter });
  const priorities = Object.keys(info.state.subjects ?? {})
    .map((subject) => Number(subject.split(".").at(-1)))
    .filter(Number.isInteger);
  if (priorities.length < 2) return priorities;
  const now = Date.now();
  const levels = await Promise.all(
    priorities.map(async (priority) => {
      const oldest = await jsm.direct.getMessage(streams.reviews, {
        next_by_subj: subjects.review(queue, priority),
        seq: 1,
      });
      const waitedMs = oldest === null ? 0 : Math.max(0, now - oldest.time.getTime());
      return { priority, level: levelAfter(priority, waitedMs, agingEveryMs), waitedMs };
    }),
  );
  return levels.sort((a, b) => a.level - b.level || b.waitedMs - a.waitedMs).map(({ priority }) => priority);
}

/** Making sure of a consumer costs the server more than the review itself: once per queue and priority is enough. */
async function pull(
  jsm: JetStreamManager,
  known: Map<string, Consumer>,
  queue: string,
  priority: number,
  most: number,
  quiet: boolean,
): Promise<JsMsg[]> {
  const name = `review-${encodeToken(queue).replaceAll("=", "_")}-${priority}-v1`;
  const consumer = known.get(name) ?? (await openConsumer(jsm, name, subjects.review(queue, priority)));
  known.delete(name); // One that fails is made sure of again.
  const messages: JsMsg[] = [];
  if (most > 0) {
    // As many as are there, so that none is waited for: meanwhile a more urgent one could come to another level. What is taken and
    // not settled comes back uncounted, before the others; where there are none, it is worth a wait once the queue is quiet.
    const { num_pending, num_ack_pending } = await consumer.info();
    const there = Math.min(most, num_pending) || (quiet && num_ack_pending > 0 ? 1 : 0);
    if (there > 0)
      for await (const message of await consumer.fetch({ max_messages: there, expires: 1_000 }))
        messages.push(message);
  }
  known.set(name, consumer);
  return messages;
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
