/** What a node's desk answers to questions about actors. Reads the streams; the stored state is the truth. */
import type { JetStreamManager } from "@nats-io/jetstream";
import type { Schema } from "effect";
import { parseAddress } from "../../protocols/address.ts";
import type { ActorDetail, ActorLine, ActorLines, inspections } from "../../protocols/inspection.ts";
import { streams, subjects } from "../../protocols/subjects.ts";
import { DeskRefusal } from "../dead-letters/desk.ts";
import { readDirect } from "../storage/read-direct.ts";
import { type ActorView, findActors, summarizeKinds, viewActor } from "./actor-view.ts";
import { machineOf } from "./machines.ts";
import { redacted } from "./redact.ts";
import { activePaths, chartOf } from "./statechart.ts";

type Inspection = (typeof inspections)[number]["Type"];

/** Mail that waits for longer than a burst: more of it is worth a look. */
const muchMail = 20;
const mostWaiting = 20;

/** @throws DeskRefusal if there is no such actor */
export async function answerInspection(jsm: JetStreamManager, asked: Inspection): Promise<unknown> {
  switch (asked.type) {
    case "CountKinds":
      return { items: await summarizeKinds(jsm) };
    case "ListActors": {
      const { total, shown } = await findActors(jsm, asked);
      return { items: shown.map(lineOf).sort(unusualFirst), total } satisfies ActorLines;
    }
    case "ShowActor":
      return await detailOf(jsm, asked.address);
  }
}

function lineOf({ address, record, state, lastTurn, mail, parked }: ActorView): ActorLine {
  const { attempts, paused } = record;
  const reasons = [
    paused === null ? "" : `stopped by its supervisor: ${paused.slice(0, 200)}`,
    attempts > 0 ? `attempt ${attempts + 1} at its message` : "",
    parked > 0 ? `${parked} set aside` : "",
    mail >= muchMail ? `${mail} wait` : "",
  ];
  return {
    ...{ address, state, mail, parked, attempts },
    lastTurnAt: lastTurn.getTime(),
    unusual: reasons.filter(Boolean).join(" · "),
  };
}

const unusualFirst = (a: ActorLine, b: ActorLine) =>
  Number(b.unusual !== "") - Number(a.unusual !== "") ||
  b.mail - a.mail ||
  a.address.localeCompare(b.address);

async function detailOf(jsm: JetStreamManager, address: string): Promise<ActorDetail> {
  const view = isAddress(address) ? await viewActor(jsm, address) : null;
  if (view === null)
    throw new DeskRefusal("NoSuchActor", `There is no actor ${address}: write <kind>.<id> as it is listed.`);
  const { record, partition, owner } = view;
  const snapshot = record.snapshot as { value?: unknown; context?: unknown } | null;
  const machine = machineOf(record.version);
  return {
    ...lineOf(view),
    version: record.version,
    active: activePaths(snapshot?.value),
    chart: machine && chartOf(machine),
    paused: record.paused,
    ignored: record.ignored,
    ...{ partition, owner },
    timers: Object.entries(record.timers)
      .map(([name, { dueAt, event }]) => ({ event: event.type || name, dueAt }))
      .sort((a, b) => a.dueAt - b.dueAt),
    tasks: Object.values(record.tasks).map(({ src }) => src),
    waiting: await waitingFor(jsm, address),
    context: redacted(snapshot?.context) as Schema.Json,
  };
}

async function waitingFor(jsm: JetStreamManager, address: string): Promise<string[]> {
  const next_by_subj = subjects.partitionedMail(address);
  const waiting = await readDirect(jsm, streams.acts, { seq: 1, next_by_subj, batch: mostWaiting });
  return waiting.map((stored) => typeIn(stored.string()));
}

function typeIn(text: string): string {
  try {
    const { type } = JSON.parse(text) as { type?: unknown };
    return typeof type === "string" ? type : "?";
  } catch {
    return "?"; // No JSON: it will be a dead letter.
  }
}

function isAddress(address: string): boolean {
  try {
    return parseAddress(address).id !== "" && !/[\s*>]/.test(address);
  } catch {
    return false;
  }
}
