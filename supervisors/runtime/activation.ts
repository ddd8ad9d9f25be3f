/** Loads an actor's stored state, or says that there is none yet. */
import type { JetStreamManager, StoredMsg } from "@nats-io/jetstream";
import { streams, subjects } from "../../protocols/subjects.ts";
import { readDirect, replicaAgainMs, replicaTries } from "../storage/read-direct.ts";
import { decodeRecord } from "./actor-record.ts";
import { carryOver } from "./carry-over.ts";
import { OwnershipLost, UnknownVersion } from "./errors.ts";
import type { HostedKind } from "./hosted-kind.ts";
import { listsOf, readPages, withLists } from "./pages.ts";
import type { ActorState } from "./turn.ts";

const unborn = {
  paged: {},
  cursor: 0,
  timers: {},
  tasks: {},
  attempts: 0,
  paused: null,
  ignored: 0,
  trace: null,
  snapshot: null,
};

/**
 * The state and its pages together with the partition's fence, in one answer: whoever has stored our fence has stored everything that an
 * earlier owner could write. A leader alone is no witness: one that slept goes on answering for a moment after it was deposed.
 */
async function storedState(
  jsm: JetStreamManager,
  address: string,
  fenceSubject: string,
  fence: number,
  hasPages: boolean,
): Promise<readonly StoredMsg[]> {
  const asked = [fenceSubject, subjects.state(address), ...(hasPages ? [subjects.pagesOf(address)] : [])];
  for (let tried = 1; tried <= replicaTries; tried++) {
    const found = await readDirect(jsm, streams.acts, { multi_last: asked });
    const stored = found.find(({ subject }) => subject === fenceSubject)?.seq ?? 0;
    if (stored === fence) return found;
    if (stored > fence)
      throw new OwnershipLost({ address, message: "Another owner has written its fence since." });
    await new Promise((resolve) => setTimeout(resolve, replicaAgainMs));
  }
  throw new Error("The replica that answered has not stored our fence yet.");
}

/**
 * @param fence the sequence of our fence for the actor's partition, which was written before
 * @throws OwnershipLost if somebody has taken the partition over.
 * @throws UnknownVersion if no machine of this node understands what is stored.
 */
export async function loadActor(
  jsm: JetStreamManager,
  kind: HostedKind,
  address: string,
  fenceSubject: string,
  fence: number,
): Promise<ActorState> {
  const { migrate, collections = {} } = kind.definition;
  const hasPages = Object.keys(collections).length > 0;
  const found = await storedState(jsm, address, fenceSubject, fence, hasPages);
  const message = found.find(({ subject }) => subject === subjects.state(address));
  if (message === undefined) return { ...unborn, logic: kind.current };
  const lists = readPages(found);
  const stored = decodeRecord(message.string());
  if (stored.snapshot === null) return { ...stored, paged: {}, snapshot: null, logic: kind.current };
  const record = { ...stored, snapshot: withLists(stored.snapshot, lists) };
  const { version, snapshot, ...rest } = record;
  if (version !== kind.current.version && migrate !== undefined) {
    const carried = carryOver(record, kind.current.version, migrate);
    const { version: _, snapshot: migrated, ...others } = carried;
    // Whatever was changed, and in whatever way, is written anew.
    return {
      ...others,
      paged: structuredClone(lists),
      logic: kind.current,
      snapshot: kind.current.restore(migrated),
    };
  }
  const logic = kind.versions.get(version);
  if (logic === undefined)
    throw new UnknownVersion({
      address,
      message: `It was stored by ${version}, and this node knows ${[...kind.versions.keys()].join(", ")}. Host the older machine as "previous" or give a "migrate".`,
    });
  const restored = logic.restore(snapshot);
  const whole = listsOf(collections, restored);
  // Longer than their pages: they lay in the state before their kind had pages, and go into them with the next turn.
  const allPaged = Object.entries(whole).every(([name, { length }]) => length === (lists[name]?.length ?? 0));
  return { ...rest, logic, snapshot: restored, paged: allPaged ? whole : {} };
}
