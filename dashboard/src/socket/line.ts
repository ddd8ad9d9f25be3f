/** The one line to the edge: opens the socket, keeps the sequence, sets the clock, and hands each frame to its store. */
import { Schema } from "effect";
import { type ClientFrame, ServerFrame, type Topic } from "../../../protocols/api/socket.ts";
import { announce } from "../state/arrival.ts";
import { heardServerTime, serverNow } from "../state/clock.ts";
import { floorHeard } from "../state/floor.ts";
import { freshness } from "../state/freshness.ts";
import { measured, reckoned } from "../state/metrics.ts";
import { stateHeard } from "../state/my-state.ts";
import { paused } from "../state/paused.ts";
import { type Connection, connect } from "./connection.ts";
import { replies } from "./replies.ts";
import { sequence } from "./sequence.ts";

const decode = Schema.decodeUnknownOption(ServerFrame);

let connection: Connection | undefined;
let topics: readonly Topic[] = [];
const seen = sequence();
const answers = replies();

const send = (frame: ClientFrame) => connection?.send(frame) ?? false;
const watch = () => send({ op: "watch", ...seen.watched(topics) });

/** A page that nobody looks at is sent what is its own, and little else. */
const sayHidden = () => send({ op: "hidden", hidden: document.visibilityState === "hidden" });
document.addEventListener("visibilitychange", sayHidden);

// What was held back is asked for.
paused.subscribe(() => void (paused.get() || watch()));

/** `over` is called when the server says that the session has ended. */
export function openLine(over: () => void): void {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  connection ??= connect(`${scheme}://${location.host}/ws`, {
    opened: () => undefined,
    heard(json) {
      const frame = decode(json);
      // A frame of a newer server that we don't understand: nothing is applied, the gap it leaves is asked for.
      if (frame._tag === "Some") apply(frame.value);
    },
    changed(link, attempt) {
      freshness.set((now) => ({ ...now, link, attempt }));
      if (link !== "open") answers.lost();
      if (link !== "signed-out") return;
      connection = undefined;
      // Whoever signs in next is shown nothing of what this one has heard.
      seen.forget();
      over();
    },
  });
}

export function closeLine(): void {
  connection?.close();
}

function apply(frame: ServerFrame): void {
  heardServerTime(frame.serverNow);
  freshness.set((now) => {
    // Another edge may hear what the last one did not; and one that hears nothing tells nothing new, whatever it says.
    const upstreamLostAt =
      frame.op === "upstream" ? frame.lostAt : frame.op === "hello" ? null : now.upstreamLostAt;
    return { ...now, upstreamLostAt, heardAt: upstreamLostAt ?? serverNow() };
  });
  switch (frame.op) {
    case "hello":
      seen.begin(frame.epoch);
      topics = frame.topics;
      if (document.visibilityState === "hidden") sayHidden();
      watch();
      return;
    case "beat":
    case "upstream":
      return;
    case "reply":
      answers.heard(frame);
      return;
    default: {
      if (paused.get() && frame.topic !== "me") return;
      freshness.set((now) => ({ ...now, seq: Math.max(frame.seq, now.seq ?? 0) }));
      const verdict = seen.judge(frame);
      if (verdict === "again") watch();
      if (verdict !== "apply") return;
      if (frame.topic === "me") {
        stateHeard(frame.data);
        announce(frame.data);
      } else if (frame.topic === "live") measured(frame.data);
      else if (frame.topic === "kpis") reckoned(frame.data);
      else floorHeard(frame.data, frame.op === "snapshot");
    }
  }
}

/** Sends a command and measures how long its answer takes. */
async function command(make: (id: string) => ClientFrame): Promise<void> {
  const sentAt = performance.now();
  await answers.ask((id) => send(make(id)));
  freshness.set((now) => ({ ...now, roundTripMs: performance.now() - sentAt }));
}

export const signIn = () => command((id) => ({ op: "sign-in", id }));
export const signOut = () => command((id) => ({ op: "sign-out", id }));
/** Now, or after the review in hand. */
export const takeBreak = () => command((id) => ({ op: "break", id }));
export const endShift = () => command((id) => ({ op: "end-shift", id }));
/** More time, from the warning on. */
export const extend = (application: string, assignment: number) =>
  command((id) => ({ op: "extend", id, application, assignment }));
/** The warning is on the screen: without this word a miss gives no strike. */
export const warningSeen = (application: string, assignment: number) =>
  command((id) => ({ op: "warning-seen", id, application, assignment }));
export const acknowledge = (application: string, assignment: number) =>
  command((id) => ({ op: "acknowledge", id, application, assignment }));
