/**
 * One window edits a review, the others look on. Windows of one browser tell each other at once; the server tells the rest by
 * refusing a draft that is not based on the newest (`DraftMovedOn`). Opening a window never takes the review from another.
 */
import { createStore, type Store } from "./store.ts";

type Said = {
  readonly review: string;
  readonly tab: string;
  readonly type: "who" | "me" | "yielded" | "saved";
};

/** One that does not answer by then is asleep, or was closed. */
const yieldWithinMs = 1_000;

export interface DeskTabs {
  readonly editing: Store<boolean>;
  /** Resolves when the window that edits has saved what was typed there, and looks on. */
  othersYield(): Promise<void>;
  /** From now on this window edits. */
  takeOver(): void;
  /** What is done before this window yields to another. */
  onYield(save: () => Promise<void>): void;
  /** Somebody else has saved since: this window looks on. */
  movedOn(): void;
  saved(): void;
  /** Another window has saved a draft. */
  onSaved(listener: () => void): void;
  /** Begins to hear the others, until `close`. */
  open(): void;
  close(): void;
}

export function deskTabs(review: string): DeskTabs {
  const tab = crypto.randomUUID();
  const editing = createStore(true);
  let channel: BroadcastChannel | undefined;
  let heardSaved = () => {};
  let heardYielded = () => {};
  let beforeYield = async () => {};
  const say = (type: Said["type"]) => channel?.postMessage({ review, tab, type } satisfies Said);
  const heard = ({ data }: MessageEvent<Said>) => {
    if (data.review !== review || data.tab === tab) return;
    if (data.type === "who" && editing.get()) say("me");
    if (data.type === "me" && editing.get())
      void beforeYield()
        .catch(() => undefined) // Its own window says that it is not saved.
        .then(() => {
          editing.set(false);
          say("yielded");
        });
    if (data.type === "yielded") heardYielded();
    if (data.type === "saved" && !editing.get()) heardSaved();
  };
  return {
    editing,
    othersYield: () =>
      new Promise((resolve) => {
        heardYielded = resolve;
        setTimeout(resolve, yieldWithinMs);
        say("me");
      }),
    takeOver: () => editing.set(true),
    onYield: (save) => {
      beforeYield = save;
    },
    movedOn: () => editing.set(false),
    saved: () => say("saved"),
    onSaved: (listener) => {
      heardSaved = listener;
    },
    open: () => {
      channel = new BroadcastChannel("callboard-desk");
      channel.onmessage = heard;
      say("who");
    },
    close: () => channel?.close(),
  };
}
