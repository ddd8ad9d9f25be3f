/** The review queue as managers see it: what waits and what happens to it next, its numbers, and their hand on a review. */
import { Schema } from "effect";
import { Pause } from "../dispatcher.ts";
import { QueueSettings } from "../queue-settings.ts";
import { Done, identifier, page, paging, type Route, reason, type WithObjectRules } from "./route.ts";

export const QueueRow = Schema.Struct({
  application: Schema.String,
  title: Schema.String,
  company: Schema.String,
  status: Schema.Literals(["waiting", "escalated"]),
  score: Schema.Finite,
  /** 0 is the front. */
  priority: Schema.Int,
  /** What it has grown to by waiting. */
  level: Schema.Int,
  requestedAt: Schema.Finite,
  misses: Schema.Int,
  /** Who is not offered it now. */
  excluded: Schema.NullOr(Schema.String),
  reason: Schema.String,
  /** What happens to it next, as a sentence: proof that nothing is stuck. */
  nextAction: Schema.String,
});
export type QueueRow = typeof QueueRow.Type;

export const QueueState = Schema.Struct({
  queue: Schema.String,
  waiting: Schema.Int,
  escalated: Schema.Int,
  live: Schema.Int,
  /** Who comes next, first of all; only under round robin is it the line. */
  free: Schema.Array(Schema.String),
  /** Of the oldest that waits; null if none does. */
  oldestAt: Schema.NullOr(Schema.Finite),
  /** Something waits, and nobody could be given it. */
  nobodyEligible: Schema.Boolean,
  paused: Schema.NullOr(Pause),
  settings: QueueSettings,
  /** Goes with a change of the settings. */
  version: Schema.Int,
});
export type QueueState = typeof QueueState.Type;

const queue = Schema.Struct({ queue: identifier });
const application = Schema.Struct({ application: identifier });
const hand = (path: `/api/${string}`, summary: string) =>
  ({
    method: "POST",
    path,
    access: ["manager"],
    object: "any",
    summary,
    params: application,
    answer: Done,
  }) as const;
const why = Schema.Struct({ reason });

export const queueRoutes = {
  queue: {
    method: "GET",
    path: "/api/queues/:queue",
    access: ["manager", "ops"],
    object: "any",
    summary: "How a review queue stands, with its numbers",
    params: queue,
    answer: QueueState,
  },
  queued: {
    method: "GET",
    path: "/api/queues/:queue/reviews",
    access: ["manager", "ops"],
    object: "any",
    summary: "What waits, next first, each with what happens to it next",
    params: queue,
    query: Schema.Struct(paging),
    answer: page(QueueRow),
  },
  changeQueue: {
    method: "PUT",
    path: "/api/queues/:queue/settings",
    access: ["manager"],
    object: "any",
    summary: "Other numbers, from the next assignment on; `version` is the one that they were made from",
    params: queue,
    body: Schema.Struct({ settings: QueueSettings, version: Schema.Int, reason }),
    answer: Done,
  },
  pauseQueue: {
    method: "POST",
    path: "/api/queues/:queue/pause",
    access: ["manager", "ops"],
    object: "any",
    summary: "Give nothing out, or go on",
    params: queue,
    body: Schema.Struct({ paused: Schema.Boolean, reason }),
    answer: Done,
  },
  takeBack: {
    ...hand(
      "/api/reviews/:application/take-back",
      "Out of their hands, without a strike, to the front of the queue",
    ),
    body: why,
  },
  giveTime: {
    ...hand("/api/reviews/:application/give-time", "More time for who holds it"),
    body: Schema.Struct({
      minutes: Schema.Finite.check(Schema.isBetween({ minimum: 1, maximum: 120 })),
      reason,
    }),
  },
  giveTo: {
    ...hand(
      "/api/reviews/:application/give-to",
      "To this person, whoever is next; who is away or busy refuses it",
    ),
    body: Schema.Struct({ employee: identifier, reason }),
  },
  setPriority: {
    ...hand("/api/reviews/:application/priority", "0 is the front"),
    body: Schema.Struct({ priority: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 4 })), reason }),
  },
  requeue: {
    ...hand("/api/reviews/:application/requeue", "Back into the queue, whoever missed it before"),
    body: why,
  },
  dropReview: {
    ...hand("/api/reviews/:application/drop", "Nobody is to work on it any more: the application ends here"),
    body: why,
  },
} as const satisfies Record<string, Route>;
queueRoutes satisfies WithObjectRules<typeof queueRoutes>;
