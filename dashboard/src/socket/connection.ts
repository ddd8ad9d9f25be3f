/**
 * One WebSocket that comes back by itself. Knows nothing of what is said: frames go out and in as JSON values.
 *
 * It gives up only on purpose: when it is closed, or when the server says that the session is over (close code 4401).
 */
import { closeCodes } from "../../../protocols/api/socket.ts";
import { backoffMs } from "./backoff.ts";

export type Link = "connecting" | "open" | "reconnecting" | "signed-out";

interface Handlers {
  opened(): void;
  heard(frame: unknown): void;
  changed(link: Link, attempt: number): void;
}

export interface Connection {
  /** False if there is no open socket; nothing is queued, since a stale command is worse than a refused one. */
  send(frame: unknown): boolean;
  close(): void;
}

/** A socket that has said nothing for so long is dead, whatever the browser thinks. The edge says `beat` every 15 s. */
const silenceMs = 35_000;
/** A line that has held for so long counts as good: the next break begins with short pauses again. */
const settledMs = 10_000;

export function connect(url: string, handlers: Handlers): Connection {
  let socket: WebSocket | undefined;
  let attempt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let watchdog: ReturnType<typeof setTimeout> | undefined;
  let settled: ReturnType<typeof setTimeout> | undefined;
  let over = false;

  const listenForSilence = () => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => socket?.close(), silenceMs);
  };

  const open = () => {
    clearTimeout(timer);
    const mine = new WebSocket(url);
    socket = mine;
    mine.onopen = () => {
      // Not at once: a server that takes everybody in and sends them away again would be asked without a pause.
      settled = setTimeout(() => {
        attempt = 0;
      }, settledMs);
      listenForSilence();
      handlers.changed("open", 0);
      handlers.opened();
    };
    mine.onmessage = ({ data }) => {
      listenForSilence();
      if (typeof data === "string") handlers.heard(parsed(data));
    };
    mine.onclose = ({ code }) => {
      clearTimeout(watchdog);
      clearTimeout(settled);
      if (over || socket !== mine) return;
      socket = undefined;
      if (code === closeCodes.sessionOver) return end("signed-out");
      handlers.changed("reconnecting", ++attempt);
      timer = setTimeout(open, backoffMs(attempt - 1, Math.random()));
    };
  };

  /** The network is back, or somebody looks at the page again: no reason to wait for the timer. */
  const hurry = () => {
    if (!over && socket === undefined && document.visibilityState === "visible") open();
  };
  addEventListener("online", hurry);
  document.addEventListener("visibilitychange", hurry);

  const end = (link: Link) => {
    over = true;
    clearTimeout(timer);
    clearTimeout(watchdog);
    removeEventListener("online", hurry);
    document.removeEventListener("visibilitychange", hurry);
    socket?.close();
    handlers.changed(link, 0);
  };

  handlers.changed("connecting", 0);
  open();
  return {
    send(frame) {
      if (socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(frame));
      return true;
    },
    close: () => end("signed-out"),
  };
}

/** What is not JSON is no frame of ours; the decoder refuses `undefined` and says so. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
