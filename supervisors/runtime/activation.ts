/** Loads an actor's stored state, or says that there is none yet. */
import type { JetStreamManager, StoredMsg } from "@nats-io/jetstream";
import { streams, subjects } from "../../protocols/subjects.ts";
import { decodeRecord } from "./actor-record.ts";
import { carryOver } from "./carry-over.ts";
import { OwnershipLost, UnknownVersion } from "./errors.ts";
import type { HostedKind } from "./hosted-kind.ts";
import type { ActorState } from "./turn.ts";

const unborn = {
  cursor: 0,
  timers: {},
  tasks: {},
  attempts: 0,
  paused: null,
  ignored: 0,
  trace: null,
  snapshot: null,
};

/** A replica is some milliseconds behind the leader; one that is not after this many tries is away. */
const tries = 20;
const againMs = 25;

/**
 * The state together with the partition's fence, in one answer: whoever has stored our fence has stored everything that an
 * earlier owner could write. A leader alone is no witness: one that slept goes on answering for a moment after it was deposed.
 */
async function storedState(
  jsm: JetStreamManager,
  address: string,
  fenceSubject: string,
  fence: number,
): Promise<StoredMsg | null> {
  const state = subjects.state(address);
  for (let tried = 1; tried <= tries; tried++) {
    const found = await jsm.direct.getLastMessagesFor(streams.acts, { multi_last: [fenceSubject, state] });
    let message: StoredMsg | null = null;
    let stored = 0;
    for await (const one of found) {
      if (one.subject === state) message = one;
      else stored = one.seq;
    }
    if (stored === fence) return message;
    if (stored > fence)
      throw new OwnershipLost({ address, message: "Another owner has written its fence since." });
    await new Promise((resolve) => setTimeout(resolve, againMs));
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
  const message = await storedState(jsm, address, fenceSubject, fence);
  if (message === null) return { ...unborn, logic: kind.current };
  const record = decodeRecord(message.string());
  const { version, snapshot, ...rest } = record;
  if (snapshot === null) return { ...rest, snapshot: null, logic: kind.current };
  const { migrate } = kind.definition;
  if (version !== kind.current.version && migrate !== undefined) {
    const carried = carryOver(record, kind.current.version, migrate);
    const { version: _, snapshot: migrated, ...others } = carried;
    return { ...others, logic: kind.current, snapshot: kind.current.restore(migrated) };
  }
  const logic = kind.versions.get(version);
  if (logic === undefined)
    throw new UnknownVersion({
      address,
      message: `It was stored by ${version}, and this node knows ${[...kind.versions.keys()].join(", ")}. Host the older machine as "previous" or give a "migrate".`,
    });
  return { ...rest, logic, snapshot: logic.restore(snapshot) };
}
