/**
 * What the streams tell about actors, read from outside and without touching anything: as the user `ops` or `actors`. The truth is
 * the stored state; what a node has in memory is the same, or a turn ahead.
 */
import type { JetStreamManager } from "@nats-io/jetstream";
import { Option, Schema } from "effect";
import { kinds } from "../../protocols/address.ts";
import { partitionOf } from "../../protocols/partition.ts";
import { streams, subjects } from "../../protocols/subjects.ts";
import { type ActorRecord, decodeRecord } from "../runtime/actor-record.ts";
import { type Lists, readPages, withLists } from "../runtime/pages.ts";
import { readDirect } from "../storage/read-direct.ts";

/** Of a long list, as it is shown. */
const mostItems = 100;

export interface KindSummary {
  readonly kind: string;
  readonly actors: number;
  /** Messages that wait or are in hand, markers of open tasks among them. */
  readonly mail: number;
  readonly timers: number;
  /** Messages set aside for actors that their supervisor has stopped. */
  readonly parked: number;
}

export interface ActorView {
  readonly address: string;
  readonly record: ActorRecord;
  /** The machine's state as its author named it, e.g. `reviewing` or `{"review":"assigned"}`. */
  readonly state: string;
  /** When its last turn was stored. */
  readonly lastTurn: Date;
  readonly mail: number;
  readonly parked: number;
  readonly partition: number;
  /** The node that took the partition over last; null if none ever has. */
  readonly owner: string | null;
}

/** Counts per subject, of all that match; the server sends them a page at a time. */
async function subjectsOf(jsm: JetStreamManager, filter: string): Promise<Readonly<Record<string, number>>> {
  const { state } = await jsm.streams.info(streams.acts, { subjects_filter: filter });
  return state.subjects ?? {};
}

const addressIn = (subject: string, from: number) =>
  subject
    .split(".")
    .slice(from, from + 2)
    .join(".");

/** Adds up what `filter` matches, per address; `from` is where the address begins among the tokens. */
async function countPerActor(
  jsm: JetStreamManager,
  filter: string,
  from: number,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const [subject, count] of Object.entries(await subjectsOf(jsm, filter))) {
    const address = addressIn(subject, from);
    counts.set(address, (counts.get(address) ?? 0) + count);
  }
  return counts;
}

/** One line per kind, in the order of `kinds`, then kinds that this build does not know. */
export async function summarizeKinds(jsm: JetStreamManager): Promise<KindSummary[]> {
  const [states, mail, timers, parked] = await Promise.all([
    countPerActor(jsm, subjects.allStates, 2),
    countPerActor(jsm, subjects.allPartitions, 3),
    countPerActor(jsm, subjects.allTimers, 2),
    countPerActor(jsm, subjects.allParked, 2),
  ]);
  const kindOf = (address: string) => address.slice(0, address.indexOf("."));
  const add = (counts: ReadonlyMap<string, number>, kind: string) =>
    [...counts].reduce((sum, [address, count]) => (kindOf(address) === kind ? sum + count : sum), 0);
  const stored = [...states.keys(), ...mail.keys()].map(kindOf);
  return [...new Set<string>([...kinds, ...stored])].map((kind) => ({
    kind,
    actors: [...states.keys()].filter((address) => kindOf(address) === kind).length,
    mail: add(mail, kind),
    timers: add(timers, kind),
    parked: add(parked, kind),
  }));
}

/** Looked at together at most, so that the broker is not flooded. */
const atOnce = 32;

export interface Actors {
  readonly total: number;
  readonly shown: readonly ActorView[];
}

/** The actors of a kind, those with the most mail first, then by name; at most `limit`. */
export const listActors = (jsm: JetStreamManager, kind: string, limit: number): Promise<Actors> =>
  findActors(jsm, { kind, limit });

/** Without a kind only those with mail, waiting or set aside: never all that there are. `find` is a part of the address. */
export async function findActors(
  jsm: JetStreamManager,
  asked: { readonly kind?: string | undefined; readonly find?: string | undefined; readonly limit: number },
): Promise<Actors> {
  const { kind = "*", find = "", limit } = asked;
  const [states, mail, parked] = await Promise.all([
    kind === "*" && find === ""
      ? new Map<string, number>()
      : countPerActor(jsm, subjects.state(`${kind}.*`), 2),
    countPerActor(jsm, subjects.partitionedMail(`${kind}.*`), 3),
    countPerActor(jsm, subjects.parked(`${kind}.*`), 2),
  ]);
  const rank = (address: string) => (mail.get(address) ?? 0) + 1_000 * (parked.get(address) ?? 0);
  const addresses = [...new Set([...states.keys(), ...mail.keys(), ...parked.keys()])]
    .filter((address) => address.includes(find))
    .sort((a, b) => rank(b) - rank(a) || a.localeCompare(b));
  const shown: ActorView[] = [];
  for (let i = 0; i < Math.min(limit, addresses.length); i += atOnce) {
    const some = addresses.slice(i, Math.min(i + atOnce, limit));
    const views = await Promise.all(some.map((address) => viewActor(jsm, address)));
    shown.push(...views.filter((view) => view !== null));
  }
  return { total: addresses.length, shown };
}

/** One actor; null if nothing is stored of it. */
export async function viewActor(jsm: JetStreamManager, address: string): Promise<ActorView | null> {
  const partition = partitionOf(address);
  const kind = address.slice(0, address.indexOf("."));
  const [stored, pages, fence, mail, parked] = await Promise.all([
    jsm.streams.getMessage(streams.acts, { last_by_subj: subjects.state(address) }),
    readDirect(jsm, streams.acts, { multi_last: [subjects.pagesOf(address)] }),
    jsm.streams.getMessage(streams.acts, { last_by_subj: subjects.fence(kind, partition) }),
    countPerActor(jsm, subjects.partitionedMail(address), 3),
    countPerActor(jsm, subjects.parked(address), 2),
  ]);
  if (stored === null) return null;
  const record = decodeRecord(stored.string());
  const snapshot = withLists(record.snapshot, shortened(readPages(pages)));
  return {
    address,
    record: { ...record, snapshot },
    state: stateOf(record.snapshot),
    lastTurn: stored.time,
    mail: mail.get(address) ?? 0,
    parked: parked.get(address) ?? 0,
    partition,
    owner: fence === null ? null : ownerIn(fence.string()),
  };
}

/** The first of each long list, and how many more there are. */
const shortened = (lists: Lists): Lists =>
  Object.fromEntries(
    Object.entries(lists).map(([name, items]) => [
      name,
      items.length <= mostItems
        ? items
        : [...items.slice(0, mostItems), `and ${items.length - mostItems} more`],
    ]),
  );

const Fence = Schema.fromJsonString(Schema.Struct({ node: Schema.String }));
const decodeFence = Schema.decodeUnknownOption(Fence);
const ownerIn = (text: string) => Option.getOrNull(Option.map(decodeFence(text), ({ node }) => node));

function stateOf(snapshot: unknown): string {
  if (typeof snapshot !== "object" || snapshot === null || !("value" in snapshot)) return "unborn";
  return typeof snapshot.value === "string" ? snapshot.value : JSON.stringify(snapshot.value);
}
