/**
 * One window edits a review, the others look on. Windows of one browser tell each other at once; the server tells the rest by
 * refusing a draft that is not based on the newest (`DraftMovedOn`). Opening a window never takes the review from another.
 */
import { createStore, type Store } from "./store.ts";

type Said = { readonly review: string; readonly tab: string; readonly type: "who" | "me" | "saved" };

export interface DeskTabs {
  readonly editing: Store<boolean>;
  /** From now on this window edits. */
  takeOver(): void;
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
  const say = (type: Said["type"]) => channel?.postMessage({ review, tab, type } satisfies Said);
  const heard = ({ data }: MessageEvent<Said>) => {
    if (data.review !== review || data.tab === tab) return;
    if (data.type === "who" && editing.get()) say("me");
    if (data.type === "me") editing.set(false);
    if (data.type === "saved" && !editing.get()) heardSaved();
  };
  return {
    editing,
    takeOver: () => {
      editing.set(true);
      say("me");
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
