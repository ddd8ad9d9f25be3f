/** E4, the warning: one sentence and the way out. The focus stays where the person works. */
import { useState } from "react";
import type { Offer } from "../../../../protocols/employee.ts";
import { Button } from "../../components/button.tsx";
import { useTimeLeft } from "../../components/review-clock.tsx";
import type { SaveState } from "../../state/autosave.ts";
import { mine } from "../../state/my-state.ts";
import { type Store, useStore } from "../../state/store.ts";
import { savedWords } from "./save-status.tsx";

const warnMs = 5 * 60_000;

interface Props {
  readonly offer: Offer;
  readonly status: Store<SaveState>;
  readonly disabled: boolean;
  readonly onReturn: () => void;
}

export function WarningBar({ offer, status, disabled, onReturn }: Props) {
  const left = useTimeLeft(offer.deadlineAt);
  const [dismissedFor, setDismissedFor] = useState(0);
  const draft = useStore(status, (s) => s);
  // The server warns by the policy of the queue; the clock here is the safety net for a warning that got lost.
  const warned = useStore(
    mine,
    ({ warned: w }) => w?.application === offer.application && w.assignment === offer.assignment,
  );
  const due = left <= Math.min(warnMs, (offer.deadlineAt - offer.assignedAt) / 2);
  if (!(warned || due) || dismissedFor === offer.deadlineAt) return null;
  const minutes = Math.ceil(left / 60_000);
  return (
    <div
      role="alert"
      data-testid="warning-bar"
      className="border-warn bg-warn-soft text-warn-text flex flex-wrap items-center gap-3 border-b px-5 py-2"
    >
      <p className="flex-1">
        <span aria-hidden="true">▲ </span>
        {left <= 0
          ? "Time is up."
          : minutes <= 1
            ? "Less than a minute left."
            : `Less than ${minutes} minutes left.`}{" "}
        {/* Not spoken again with each second that the age of the draft grows by. */}
        <span aria-live="off">{savedWords(draft)}.</span>
      </p>
      <Button disabled={disabled} onClick={onReturn}>
        Return task
      </Button>
      <Button weight="quiet" onClick={() => setDismissedFor(offer.deadlineAt)}>
        Dismiss
      </Button>
    </div>
  );
}
