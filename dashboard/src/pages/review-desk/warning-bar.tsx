/** E4, the warning: one sentence and the way out. The focus stays where the person works. */
import { useEffect, useRef, useState } from "react";
import type { Offer } from "../../../../protocols/employee.ts";
import { call } from "../../api/call.ts";
import { Button } from "../../components/button.tsx";
import { useTimeLeft } from "../../components/review-clock.tsx";
import { extend, warningSeen } from "../../socket/line.ts";
import type { SaveState } from "../../state/autosave.ts";
import { useLive } from "../../state/freshness.ts";
import { mine } from "../../state/my-state.ts";
import { useShortcuts } from "../../state/shortcuts.ts";
import { type Store, useStore } from "../../state/store.ts";
import { duration } from "../../state/time-text.ts";
import { useAttempt } from "../../state/use-attempt.ts";
import { savedWords } from "./save-status.tsx";

const warnMs = 5 * 60_000;

interface Props {
  readonly offer: Offer;
  readonly status: Store<SaveState>;
  readonly disabled: boolean;
  /** How often more time could be taken when the desk was opened. */
  readonly extensionsLeft: number;
  /** What one gives. */
  readonly extendMs: number;
  readonly onReturn: () => void;
}

export function WarningBar({ offer, status, disabled, extensionsLeft, extendMs, onReturn }: Props) {
  const left = useTimeLeft(offer.deadlineAt);
  const [dismissedFor, setDismissedFor] = useState(0);
  const draft = useStore(status, (s) => s);
  // The server warns by the policy of the queue; the clock here is the safety net for a warning that got lost.
  const warned = useStore(
    mine,
    ({ warned: w }) => w?.application === offer.application && w.assignment === offer.assignment,
  );
  const due = left <= Math.min(warnMs, (offer.deadlineAt - offer.assignedAt) / 2);
  const shown = (warned || due) && dismissedFor !== offer.deadlineAt;
  const live = useLive();
  const { pending, problem, attempt } = useAttempt();
  const more = useExtensionsLeft(offer, extensionsLeft);
  const { application, assignment } = offer;
  const takeTime = () => void attempt(() => extend(application, assignment));
  const canTake = shown && more > 0 && !disabled && !pending && live;
  useShortcuts(canTake ? { " ": takeTime, "+": takeTime } : {});
  useEffect(() => {
    // Said again after a reconnect: the first may have been lost with the line, and twice does no harm.
    if (warned && live) warningSeen(application, assignment).catch(() => undefined);
  }, [warned, live, application, assignment]);
  useEffect(() => {
    // Where the page scrolls the bar lies over it: what is written just now comes out from under it.
    if (shown && matchMedia("(width < 1100px)").matches)
      document.activeElement?.scrollIntoView({ block: "nearest" });
  }, [shown]);
  if (!shown) return null;
  const minutes = Math.ceil(left / 60_000);
  return (
    <div
      role="alert"
      data-testid="warning-bar"
      className="border-warn bg-warn-soft text-warn-text flex flex-wrap items-center gap-x-3 gap-y-1 border-b px-5 py-2 max-[1100px]:sticky max-[1100px]:top-11 max-[1100px]:z-20 max-[1100px]:py-1"
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
      {problem && <span className="text-bad-text">{problem}</span>}
      {more > 0 && (
        <Button
          weight="primary"
          disabled={!canTake}
          shortcut={{ label: "Space", keys: "Space +" }}
          onClick={takeTime}
        >
          {pending ? "Asking…" : `More time: +${duration(extendMs)} (${more} left)`}
        </Button>
      )}
      <Button disabled={disabled} onClick={onReturn}>
        Return task
      </Button>
      <Button weight="quiet" onClick={() => setDismissedFor(offer.deadlineAt)}>
        Dismiss
      </Button>
    </div>
  );
}

/** Asked again whenever the deadline has moved: it may have been moved from another window. */
function useExtensionsLeft({ application, assignment, deadlineAt }: Offer, atFirst: number): number {
  const [left, setLeft] = useState(atFirst);
  const known = useRef(deadlineAt);
  useEffect(() => {
    if (known.current === deadlineAt) return;
    known.current = deadlineAt;
    call("review")
      .then(({ review }) => {
        if (review?.application === application && review.assignment === assignment)
          setLeft(review.extensionsLeft);
      })
      .catch(() => undefined); // The server has the last word on the next press anyway.
  }, [application, assignment, deadlineAt]);
  return left;
}
