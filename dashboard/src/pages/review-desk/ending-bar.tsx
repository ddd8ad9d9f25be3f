/** Where the draft is, and the three ways to end: in sight at the bottom of the desk, unless it would leave no room to write in. */
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import type { SaveState } from "../../state/autosave.ts";
import { useLive } from "../../state/freshness.ts";
import type { Store } from "../../state/store.ts";
import { SaveStatus } from "./save-status.tsx";

export type Ending = "completing" | "returning" | "rejecting";

interface Props {
  readonly settled: boolean;
  readonly status: Store<SaveState>;
  readonly ending: Ending | null;
  readonly onApprove: () => void;
  readonly onReturn: () => void;
  readonly onReject: () => void;
  /** What went wrong, above the buttons. */
  readonly children: ReactNode;
}

export function EndingBar({ settled, status, ending, onApprove, onReturn, onReject, children }: Props) {
  const disabled = !useLive() || ending !== null || !settled;
  return (
    <div className="border-line bg-surface sticky bottom-0 z-10 border-t px-5 py-3 [@media(max-height:30rem)]:static">
      {children}
      <div className="flex flex-wrap items-center justify-between gap-3">
        <SaveStatus status={status} />
        <div className="flex flex-wrap gap-2">
          <Button weight="quiet" disabled={disabled} shortcut={{ label: "x", keys: "x" }} onClick={onReject}>
            Reject
          </Button>
          <Button disabled={disabled} shortcut={{ label: "r", keys: "r" }} onClick={onReturn}>
            {ending === "returning" ? "Returning…" : "Return"}
          </Button>
          <Button
            weight="primary"
            disabled={disabled}
            shortcut={{ label: "Ctrl ⏎", keys: "Control+Enter Meta+Enter" }}
            onClick={onApprove}
          >
            {ending === "completing" ? "Sending…" : "Approve and send"}
          </Button>
        </div>
      </div>
    </div>
  );
}
