/** Every subject, stream and bucket name is built here and nowhere else. */
import { encodeToken } from "./address.ts";

/** Fixed for good: a change would move actors away from the mail that waits for them. */
export const partitions = 16;

export const streams = {
  acts: "ACTS",
  tells: "TELLS",
  events: "EVENTS",
  jobs: "JOBS",
  reviews: "REVIEWS",
  dead: "DEAD",
} as const;

export const buckets = {
  presence: "presence",
  strikes: "strikes",
  nodes: "nodes",
  edges: "edges",
  candidates: "candidates",
  intents: "intents",
  boards: "boards",
} as const;
export const objectStores = { resumes: "resumes", evidence: "evidence" } as const;

const prefix = "callboard.";

export const subjects = {
  /** What an actor is told by whoever may write anything: an actor's turn, a node. An edge tells by `tell`. */
  mailbox: (address: string) => `${prefix}act.${address}`,
  allMailboxes: `${prefix}act.*.*`,
  /** What an edge tells an actor. A node copies it to the mailbox, without any header that the broker obeys. */
  tell: (address: string) => `${prefix}tell.${address}`,
  allTells: `${prefix}tell.*.*`,
  /** What the stream's partition transform makes of a mailbox subject. */
  partitioned: `${prefix}part.{{partition(${partitions},1,2)}}.{{wildcard(1)}}.{{wildcard(2)}}`,
  /** How every partitioned subject begins. */
  part: `${prefix}part.`,
  partition: (kind: string, p: number) => `${prefix}part.${p}.${kind}.>`,
  allPartitions: `${prefix}part.>`,
  /** The mail of an actor, `<kind>.<id>`, or of all of a kind, `<kind>.*`, in whatever partition it is. */
  partitionedMail: (address: string) => `${prefix}part.*.${address}`,
  state: (address: string) => `${prefix}state.${address}`,
  allStates: `${prefix}state.*.*`,
  /** A page of a long list in an actor's context, stored apart from its state. */
  page: (address: string, list: string, n: number) => `${prefix}page.${address}.${list}.${n}`,
  pagesOf: (address: string) => `${prefix}page.${address}.*.*`,
  allPages: `${prefix}page.*.*.*.*`,
  /** The list that a page belongs to; null for what is no page. */
  listOfPage: (subject: string) =>
    subject.startsWith(`${prefix}page.`) ? (subject.split(".").at(-2) ?? null) : null,
  fence: (kind: string, p: number) => `${prefix}fence.${kind}.${p}`,
  allFences: `${prefix}fence.*.*`,
  /** Written by an owner before it reads what waits: a replica that shows it has all mail that was stored before. */
  mark: (kind: string, p: number) => `${prefix}mark.${p}.${kind}.end`,
  allMarks: `${prefix}mark.*.*.*`,
  /** A partition's mail and its mark. */
  markedPartition: (kind: string, p: number) => `${prefix}*.${p}.${kind}.>`,
  timer: (address: string, timerId: string) => `${prefix}timer.${address}.${encodeToken(timerId)}`,
  allTimers: `${prefix}timer.*.*.*`,
  parked: (address: string) => `${prefix}parked.${address}`,
  allParked: `${prefix}parked.*.*`,
  /** The outbox: what is stored here is copied by the relay to `outboxTarget` of it. */
  out: (topic: string) => `${prefix}out.${topic}`,
  allOut: `${prefix}out.>`,
  event: (type: string, key: string) => `${prefix}event.${type}.${encodeToken(key)}`,
  allEvents: `${prefix}event.>`,
  /** A fact as EVENTS has stored it, republished by the broker with its number: what edges hear. */
  allHeard: `${prefix}heard.>`,
  topic: (topic: string) => `${prefix}${topic}`,
  allJobs: `${prefix}jobs.>`,
  allRaw: `${prefix}jobs.raw.*`,
  allNew: `${prefix}jobs.new.*`,
  review: (queue: string, priority: number | "*") => `${prefix}review.${encodeToken(queue)}.${priority}`,
  allReviews: `${prefix}review.*.*`,
  /** A review as REVIEWS has stored it, republished by the broker with its number and without its body; without a number where one was given back. */
  arrived: (queue: string, priority: number | "*") => `${prefix}arrived.${encodeToken(queue)}.${priority}`,
  allArrived: `${prefix}arrived.>`,
  dead: (address: string) => `${prefix}dead.${address}`,
  allDead: `${prefix}dead.>`,
  deadOf: (kind: string) => `${prefix}dead.${kind}.>`,
  /** A node's desk for dead letters and parked actors: core NATS, any one node answers. */
  desk: `${prefix}desk`,
  /** A question that only reads, answered by whoever owns the actor's partition; core NATS, not stored. */
  look: (address: string, p: number) => `${prefix}look.${p}.${address}`,
  looks: (kind: string, p: number) => `${prefix}look.${p}.${kind}.*`,
  /** Answered by a node while it lives; core NATS, not stored. That nobody answers is known at once. */
  alive: (nodeId: string) => `${prefix}alive.${encodeToken(nodeId)}`,
  /** Where an edge hears answers to its questions; core NATS, not stored. */
  reply: (edgeId: string, question: string) => `${prefix}reply.${edgeId}.${question}`,
  /** What edges say among themselves; core NATS, not stored. */
  edges: `${prefix}edge.all`,
  /** Every node and edge answers with its figures; core NATS, not stored. */
  figures: `${prefix}figures`,
  repliesTo: (edgeId: string) => `${prefix}reply.${edgeId}.*`,
} as const;

/** Topics as a machine names them (`Target.topic`). */
export const topics = {
  raw: (portal: string) => `jobs.raw.${encodeToken(portal)}`,
  listed: (region: string) => `jobs.new.${encodeToken(region)}`,
  review: (queue: string, priority: number) => `review.${encodeToken(queue)}.${priority}`,
  event: (type: string, key: string) => `event.${type}.${encodeToken(key)}`,
  dead: (address: string) => `dead.${address}`,
  allDead: "dead.>",
  /** A KV put through the outbox. */
  record: (bucket: string, key: string) => `kv.${bucket}.${key}`,
} as const;

/** Outbox subject -> the subject that the relay publishes to. KV records live under the server's own `$KV` prefix. */
export function outboxTarget(outSubject: string): string {
  const topic = outSubject.slice(`${prefix}out.`.length);
  return topic.startsWith("kv.") ? `$KV.${topic.slice("kv.".length)}` : `${prefix}${topic}`;
}

/** What an edge told -> the mailbox that it is for. */
export const mailboxTold = (tellSubject: string) =>
  subjects.mailbox(tellSubject.slice(`${prefix}tell.`.length));

/** `callboard.out.event.<Type>.<key>` -> `["event", "<Type>"]`, and likewise for what goes elsewhere; null for no outbox subject. */
export function outboxTopic(subject: string): readonly [topic: string, name: string] | null {
  if (!subject.startsWith(`${prefix}out.`)) return null;
  const [topic = "", name = ""] = subject.slice(`${prefix}out.`.length).split(".", 2);
  return [topic, name];
}

/** `callboard.look.<p>.<kind>.<id>` -> `<kind>.<id>` */
export const parseLook = (subject: string): string => subject.split(".").slice(3).join(".");

/** `callboard.part.<p>.<kind>.<id>` -> its parts. */
export function parsePartitioned(subject: string): { p: number; address: string } {
  const rest = subject.slice(subjects.part.length);
  const dot = rest.indexOf(".");
  return { p: Number(rest.slice(0, dot)), address: rest.slice(dot + 1) };
}
