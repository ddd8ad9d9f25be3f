/**
 * The line above the three panes: which job, whose application, how much time. Also the title of the browser's tab. Where the page
 * scrolls the clock stays at its top, in a line of its own: the whole of it would take too much of a small screen.
 */
import { useEffect } from "react";
import type { Offer } from "../../../../protocols/employee.ts";
import { ReviewClock, urgency, useTimeLeft } from "../../components/review-clock.tsx";
import { board, setAvailable } from "../../state/board.ts";
import { showDot } from "../../state/favicon.ts";
import { mine } from "../../state/my-state.ts";
import { useStore } from "../../state/store.ts";
import { duration } from "../../state/time-text.ts";

export function DeskTitle({ offer }: { offer: Offer }) {
  return (
    <div className="border-line bg-surface flex flex-wrap items-center justify-between gap-x-6 gap-y-1 border-b px-5 py-3 max-[1100px]:contents">
      <div className="max-[1100px]:bg-surface max-[1100px]:px-5 max-[1100px]:pt-3">
        <h1 className="text-lg font-semibold" data-testid="review-title">
          {offer.title} — {offer.company}
        </h1>
        <p className="text-ink-soft">
          For {offer.candidateName} · match {offer.score.toFixed(1)}
          {offer.assignment > 1 && ` · assignment ${offer.assignment}`}
          <Next />
        </p>
      </div>
      <div className="max-[1100px]:border-line max-[1100px]:bg-surface max-[1100px]:sticky max-[1100px]:top-0 max-[1100px]:z-20 max-[1100px]:h-11 max-[1100px]:border-b max-[1100px]:px-5 max-[1100px]:pt-1.5">
        <ReviewClock assignedAt={offer.assignedAt} deadlineAt={offer.deadlineAt} />
      </div>
      <TabTitle deadlineAt={offer.deadlineAt} />
    </div>
  );
}

/** What follows this review, if the person has said so, and the way back from it. */
function Next() {
  const next = useStore(mine, ({ now }) => now?.next ?? null);
  const pending = useStore(board, (now) => now.pending);
  // The region stays, so that it is heard when it gets words and when it loses them.
  return (
    <span role="status">
      {next !== null && (
        <span className="border-warn ml-2 rounded-full border border-dashed px-2" data-testid="next-status">
          ◔ then {next === "break" ? "a break" : next === "ending" ? "the end of the shift" : "offline"}
          <button
            type="button"
            disabled={pending}
            aria-keyshortcuts="o"
            title="Stay online after this review (o)"
            onClick={() => void setAvailable(true)}
            className="text-accent-text ml-2 rounded hover:underline"
          >
            Stay online
          </button>
        </span>
      )}
    </span>
  );
}

const dots = { fine: "#059669", warning: "#d97706", critical: "#e11d48", over: "#e11d48" } as const;

function TabTitle({ deadlineAt }: { deadlineAt: number }) {
  const left = useTimeLeft(deadlineAt);
  const text = `${duration(left)} · Review`;
  const dot = dots[urgency(left)];
  useEffect(() => {
    document.title = text;
  }, [text]);
  useEffect(() => showDot(dot), [dot]);
  useEffect(
    () => () => {
      document.title = "Callboard";
      showDot(null);
    },
    [],
  );
  return null;
}
