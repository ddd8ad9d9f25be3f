/** Where the draft is: always visible, in words. */
import type { SaveState } from "../../state/autosave.ts";
import { serverNow, useNow } from "../../state/clock.ts";
import { type Store, useStore } from "../../state/store.ts";
import { ago } from "../../state/time-text.ts";

export function savedWords(status: SaveState): string {
  switch (status.state) {
    case "untouched":
      return "No changes yet";
    case "unsaved":
      return "Not saved yet…";
    case "saving":
      return "Saving…";
    case "saved":
      return `Saved ${ago(serverNow() - status.at)}`;
    case "failed":
      return `Not saved: ${status.problem} Trying again.`;
  }
}

export function SaveStatus({ status }: { status: Store<SaveState> }) {
  const now = useStore(status, (s) => s);
  useNow();
  return (
    <p
      data-testid="save-status"
      data-state={now.state}
      className={now.state === "failed" ? "text-bad-text" : "text-ink-soft"}
    >
      {now.state === "saved" && (
        <span aria-hidden="true" className="text-good-text">
          ✓{" "}
        </span>
      )}
      {savedWords(now)} · the draft is kept if time runs out
    </p>
  );
}
