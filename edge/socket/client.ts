/**
 * One socket with what it watches. A slow line or a hidden page costs nobody but itself: what can't be sent now is left out, and
 * comes as one snapshot when it can.
 */
import type { WebSocket } from "uWebSockets.js";
import { type Topic, topicNames, topicRules } from "../../protocols/api/socket.ts";
import type { Session } from "../sessions.ts";
import type { Watcher } from "./hub.ts";

/** From here on counters wait: the latest is enough, and the line has more important things to carry. */
const slowBytes = 16 * 1024;
/** From here on everything waits. */
const laggingBytes = 256 * 1024;
/** Frames that a client may send: a burst, and then some per second. */
const burst = 40;
const perSecond = 5;

export interface UserData {
  readonly session: Promise<Session | null>;
  /** Null until the session has been found. */
  client: Client | null;
  /** Frames that came before. */
  readonly early: string[];
  gone: boolean;
}

type Line = Pick<WebSocket<UserData>, "send" | "ping" | "cork" | "getBufferedAmount" | "end">;

export interface Client extends Watcher {
  readonly session: Session;
  readonly topics: Set<Topic>;
  isOpen(): boolean;
  /** Answers: small, and few. */
  say(frame: object): void;
  /** For the page, and with it a ping, which the browser answers without the page. */
  beat(text: string): void;
  /** False if it sends more than its share. */
  mayHear(): boolean;
  hide(hidden: boolean): void;
  isHidden(): boolean;
  /** Topics that have changed unheard and may be sent now; they count as caught up from here on. */
  takeBehind(): Topic[];
  /** The same for a hidden page: its counters, now and then. */
  takeHiddenCounters(): Topic[];
  end(code: number, reason: string): void;
  closed(): void;
}

export const createClient = (line: Line, session: Session): Client => {
  const behind = new Set<Topic>();
  let open = true;
  let hidden = false;
  let allowance = burst;
  let refilledAt = performance.now();

  const waits = (topic: Topic): boolean => {
    const { pace } = topicRules[topic];
    if (hidden && pace !== "always") return true;
    const buffered = line.getBufferedAmount();
    return buffered > laggingBytes || (pace === "counter" && buffered > slowBytes);
  };
  const take = (which: (topic: Topic) => boolean): Topic[] => {
    const some = topicNames.filter((topic) => behind.has(topic) && which(topic));
    for (const topic of some) behind.delete(topic);
    return some;
  };

  return {
    session,
    topics: new Set(),
    isOpen: () => open,
    send: (topic, op, frame) => {
      if (!open) return;
      // After something was left out only a snapshot may follow: a change would be a gap.
      if (op === "change" && (behind.has(topic) || waits(topic))) behind.add(topic);
      else if (line.getBufferedAmount() > laggingBytes) behind.add(topic);
      else line.send(frame);
    },
    say: (frame) => {
      if (open) line.send(JSON.stringify({ ...frame, serverNow: Date.now() }));
    },
    beat: (text) => {
      if (!open) return;
      line.cork(() => {
        if (line.getBufferedAmount() <= laggingBytes) line.send(text);
        line.ping();
      });
    },
    mayHear: () => {
      const now = performance.now();
      allowance = Math.min(burst, allowance + ((now - refilledAt) / 1_000) * perSecond);
      refilledAt = now;
      if (allowance < 1) return false;
      allowance--;
      return true;
    },
    hide: (now) => {
      hidden = now;
    },
    isHidden: () => hidden,
    takeBehind: () => (open ? take((topic) => !waits(topic)) : []),
    takeHiddenCounters: () =>
      open && hidden && line.getBufferedAmount() <= slowBytes
        ? take((topic) => topicRules[topic].pace === "counter")
        : [],
    end: (code, reason) => {
      if (open) line.end(code, reason);
    },
    closed: () => {
      open = false;
    },
  };
};
