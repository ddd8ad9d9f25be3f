/**
 * The settings of each stream, bucket and consumer, as data with a reason each. The field names are the server's own.
 * A start that finds other settings on the server stops with one clear line (`supervisors/storage/provision.ts`).
 */
import { buckets, objectStores, streams, subjects } from "./subjects.ts";

const day = 24 * 60 * 60 * 1_000_000_000; // nanoseconds
const second = 1_000_000_000;

export interface StreamSettings {
  readonly name: string;
  readonly subjects: readonly string[];
  readonly [setting: string]: unknown;
}

export const streamSettings: readonly StreamSettings[] = [
  {
    name: streams.acts,
    subjects: [
      subjects.allMailboxes,
      subjects.allStates,
      subjects.allPages,
      subjects.allFences,
      subjects.allMarks,
      subjects.allTimers,
      subjects.allParked,
      subjects.allOut,
    ],
    // A message leaves with its acknowledgement. States, fences, timers and parked mail have no consumer and so stay.
    retention: "workqueue",
    storage: "file",
    // A turn's state, outbox and timers stand or fall together.
    allow_atomic: true,
    // Durable timers. Builds from before 2026-11-28 cancel some by a message that lives for a second.
    allow_msg_schedules: true,
    allow_msg_ttl: true,
    // A new snapshot replaces the one before.
    allow_rollup_hdrs: true,
    allow_direct: true,
    duplicate_window: 600 * second,
    subject_transform: { src: subjects.allMailboxes, dest: subjects.partitioned },
  },
  {
    // What edges tell actors. They may not write into ACTS: one header on one message to a mailbox there (a rollup, a schedule
    // with a target, a purge of a schedule) would wipe, forge or unset what actors rely on. Here no such header is allowed.
    name: streams.tells,
    subjects: [subjects.allTells],
    retention: "workqueue",
    storage: "file",
    allow_atomic: false,
    allow_msg_schedules: false,
    allow_msg_ttl: false,
    allow_rollup_hdrs: false,
    allow_direct: true,
    // A command that a browser sends again carries the id of its first try.
    duplicate_window: 600 * second,
  },
  {
    name: streams.events,
    subjects: [subjects.allEvents],
    retention: "limits",
    storage: "file",
    // The relay stores what waits together, so that order survives a failure.
    allow_atomic: true,
    max_age: 30 * day,
    allow_direct: true,
    // The relay may say it again after a crash; longer than any stall that it survives.
    duplicate_window: 1800 * second,
    // Edges hear what is stored, and need no consumer for it.
    republish: { src: subjects.allEvents, dest: subjects.allHeard },
  },
  {
    name: streams.jobs,
    subjects: [subjects.allJobs],
    retention: "limits",
    storage: "file",
    allow_atomic: true,
    max_age: 30 * day,
    allow_direct: true,
    duplicate_window: 1800 * second,
  },
  {
    name: streams.reviews,
    subjects: [subjects.allReviews],
    // The queue is the stream: a review leaves when the dispatcher that took it has stored that it did.
    retention: "workqueue",
    storage: "file",
    allow_atomic: true,
    allow_direct: true,
    duplicate_window: 1800 * second,
    republish: { src: subjects.topic("review.>"), dest: subjects.allArrived, headers_only: true },
  },
  {
    name: streams.dead,
    subjects: [subjects.allDead],
    retention: "limits",
    storage: "file",
    max_age: 90 * day,
    allow_direct: true,
    duplicate_window: 1800 * second,
  },
];

export interface BucketSettings {
  readonly bucket: string;
  /** Values kept per key. */
  readonly history: number;
  /** Milliseconds until a value that is not renewed is gone; 0 = kept. */
  readonly ttlMs: number;
}

/** A lease that is not renewed for this long counts as lost. The server's own expiry works in steps of about 1 s. */
export const leaseTtlMs = 4_000;

export const bucketSettings: readonly BucketSettings[] = [
  { bucket: buckets.presence, history: 1, ttlMs: 0 },
  { bucket: buckets.strikes, history: 20, ttlMs: 0 },
  { bucket: buckets.nodes, history: 1, ttlMs: leaseTtlMs },
  { bucket: buckets.edges, history: 1, ttlMs: leaseTtlMs },
  { bucket: buckets.candidates, history: 5, ttlMs: 0 },
  { bucket: buckets.intents, history: 10, ttlMs: 0 },
  { bucket: buckets.boards, history: 1, ttlMs: 0 },
];

export const objectStoreNames: readonly string[] = Object.values(objectStores);

/** The durable consumer of one (kind, partition). Its name carries a version: its policy can't be changed later. */
export const partitionConsumer = (kind: string, p: number) => ({
  durable_name: `${kind}-${p}-v1`,
  filter_subject: subjects.partition(kind, p),
  ack_policy: "explicit",
  // Long, since the next owner reads by itself what was not acknowledged; the marker of a running task stays so.
  ack_wait: 1800 * second,
  // Never given up by the server: attempts are counted in the snapshot, dead letters are written by the runtime.
  max_deliver: -1,
  max_ack_pending: 10_000,
  priority_groups: [pinGroup],
  priority_policy: "pinned_client",
  // Longer than a pull lasts. A new owner unpins at once, so that this is only the net.
  priority_timeout: 15 * second,
});

/** A consumer that copies messages on, one node at a time: the relay of the outbox and the feeds of other streams. */
export const copyConsumer = (name: string, filter: string) => ({
  durable_name: name,
  filter_subject: filter,
  ack_policy: "explicit",
  ack_wait: 60 * second,
  max_deliver: -1,
  max_ack_pending: 2_000,
  priority_groups: [pinGroup],
  priority_policy: "pinned_client",
  priority_timeout: 15 * second,
});

export const pinGroup = "owner";
/**
 * How long one pull waits; must be shorter than `priority_timeout`. The pull of an owner that fell asleep can be given what is
 * the next one's, and a change of the consumer's leader is noticed after half of it: so seconds, and not many.
 */
export const pullExpiresMs = 3_000;
