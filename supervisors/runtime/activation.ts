/** Loads an actor's stored state, or says that there is none yet. */
import type { JetStreamManager } from "@nats-io/jetstream";
import { streams, subjects } from "../../protocols/subjects.ts";
import { decodeRecord } from "./actor-record.ts";
import { carryOver } from "./carry-over.ts";
import { UnknownVersion } from "./errors.ts";
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

/**
 * Reads through the stream's leader, after the fence was written: what an earlier owner stored is seen.
 * @throws UnknownVersion if no machine of this node understands what is stored.
 */
export async function loadActor(
  jsm: JetStreamManager,
  kind: HostedKind,
  address: string,
): Promise<ActorState> {
  const message = await jsm.streams.getMessage(streams.acts, { last_by_subj: subjects.state(address) });
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
