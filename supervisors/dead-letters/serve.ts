/** A node's desk: answers what edges and the command line ask about dead letters, parked actors and actors. Any one node answers. */
import { type JetStreamManager, jetstreamManager } from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";
import type { Msg, NatsConnection } from "@nats-io/transport-node";
import { Schema } from "effect";
import { type DeskAnswer, DeskRequest, type PausedList } from "../../protocols/dead-letter.ts";
import { NodeLease } from "../../protocols/node-lease.ts";
import { buckets, streams, subjects } from "../../protocols/subjects.ts";
import { answerInspection } from "../inspect/answer-inspection.ts";
import { storeResumeVersion } from "../resume-versions.ts";
import { describeError } from "../runtime/errors.ts";
import { resumeActor } from "../runtime/parking.ts";
import { DeskRefusal, dropLetter, listDead, record, replayLetter, storedLetter } from "./desk.ts";
import { dropMany, replayMany } from "./phases.ts";

const decodeRequest = Schema.decodeUnknownSync(Schema.fromJsonString(DeskRequest));
const decodeLease = Schema.decodeUnknownOption(Schema.fromJsonString(NodeLease));

/** Ends with the connection. */
export function serveDesk(nc: NatsConnection, jsm: JetStreamManager) {
  const subscription = nc.subscribe(subjects.desk, {
    queue: "desk",
    callback: (error, message) => {
      if (error === null) void answer(nc, jsm, message);
    },
  });
  return { stop: () => subscription.drain() };
}

async function answer(nc: NatsConnection, jsm: JetStreamManager, message: Msg): Promise<void> {
  let said: DeskAnswer;
  try {
    said = { ok: true, value: (await deal(nc, jsm, decodeRequest(message.string()))) as Schema.Json };
  } catch (error) {
    const reason = error instanceof DeskRefusal ? error.reason : "DeskFailed";
    said = { ok: false, reason, message: describeError(error).message };
  }
  message.respond(JSON.stringify(said));
}

/** @throws DeskRefusal */
export async function deal(
  nc: NatsConnection,
  jsm: JetStreamManager,
  request: DeskRequest,
): Promise<unknown> {
  switch (request.type) {
    case "ListDead":
      return listDead(jsm, request);
    case "ReplayDead":
      await replayLetter(jsm, request.letter, request, request.message);
      return {};
    case "DropDead":
      await dropLetter(jsm, request.letter, request);
      return {};
    case "ReplayMany":
      return replayMany(jsm, request, request, request);
    case "DropMany":
      return { dropped: await dropMany(jsm, request, request.most, request) };
    case "ListPaused":
      return listPaused(nc);
    case "ResumePaused":
      return resume(nc, jsm, request);
    case "StoreResume":
      return { version: await storeResumeVersion(nc, request.candidate, request.document) };
    default:
      return answerInspection(jsm, request);
  }
}

/** Those that a node has in memory (a node names twenty at most), and those for which mail lies parked. */
async function listPaused(nc: NatsConnection): Promise<PausedList> {
  const jsm = await jetstreamManager(nc, { checkAPI: false });
  const reasons = new Map<string, string>();
  const nodes = await new Kvm(nc).open(buckets.nodes);
  for await (const key of await nodes.keys()) {
    const lease = decodeLease((await nodes.get(key))?.string() ?? "");
    if (lease._tag === "Some")
      for (const [address, reason] of Object.entries(lease.value.parked)) reasons.set(address, reason);
  }
  const { state } = await jsm.streams.info(streams.acts, { subjects_filter: subjects.allParked });
  const mail = new Map(
    Object.entries(state.subjects ?? {}).map(([subject, count]) => [
      subject.slice(subjects.parked("").length),
      count,
    ]),
  );
  const addresses = [...new Set([...reasons.keys(), ...mail.keys()])].sort();
  return {
    items: addresses.map((address) => ({
      address,
      reason: reasons.get(address) ?? "",
      mail: mail.get(address) ?? 0,
    })),
  };
}

async function resume(
  nc: NatsConnection,
  jsm: JetStreamManager,
  request: Extract<DeskRequest, { type: "ResumePaused" }>,
): Promise<{ mail: number }> {
  const { address, by, reason, letter, message } = request;
  const state = await jsm.streams.getMessage(streams.acts, { last_by_subj: subjects.state(address) });
  if (state === null)
    throw new DeskRefusal("NoSuchActor", `There is no actor ${address}: write <kind>.<id> as it is listed.`);
  if (letter !== undefined) await storedLetter(jsm, letter);
  const mail = await resumeActor(nc, address, async () => {
    if (letter !== undefined) await replayLetter(jsm, letter, request, message);
  });
  await record(jsm, `resumed-${address}-${state.seq}`, address, {
    type: "ActorResumed",
    by,
    reason,
    address,
    mail,
  });
  return { mail };
}
