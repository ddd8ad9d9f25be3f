/**
 * E4, the end: a calm sheet that says what happened, why, and what it means. Nobody is online again by accident. Whoever
 * has the next review in hand is told in a line above it: its clock runs, so nothing stands in its way.
 */
import { useEffect, useRef } from "react";
import type { MyState } from "../../../protocols/api/socket.ts";
import { AppealForm } from "../components/appeal-form.tsx";
import { Button } from "../components/button.tsx";
import { MissEvidence } from "../components/miss-evidence.tsx";
import { Notice } from "../components/notice.tsx";
import { Standing } from "../components/standing.tsx";
import { setAvailable } from "../state/board.ts";
import { useLedger } from "../state/my-ledger.ts";
import { type Ending, endingSeen } from "../state/my-state.ts";
import { clockTime } from "../state/time-text.ts";

function headline({ outcome, offer, at }: Ending): string {
  const what = offer ? `“${offer.title}” at ${offer.company}` : "the review";
  switch (outcome) {
    case "missed":
      return `Time ran out at ${clockTime(offer?.deadlineAt ?? at)}: ${what} went back to the queue.`;
    case "returned":
      return `You returned ${what}. It went back to the queue.`;
    case "rescinded":
      return `The job was closed: ${what} is no longer needed.`;
    case "released":
      return `Released: ${what} went back to the queue.`;
    case "taken-back":
      return `Taken back by a manager, without a strike: ${what}.`;
    case "completed":
      return `Done: ${what}.`;
  }
}

function Verdict({ ending: { strike, verdict }, mine }: { ending: Ending; mine: MyState }) {
  if (verdict?.strike)
    return (
      <p data-testid="end-strike" className="flex flex-wrap items-center gap-2">
        <span>
          This counts as strike {mine.strikes} of {mine.lockAtStrike}.
        </span>{" "}
        <Standing of={mine} />
      </p>
    );
  if (verdict === null && strike) return <p>It is being looked at whether this was ours or yours…</p>;
  return <p data-testid="end-strike">No strike is counted for this. {verdict?.reason}</p>;
}

export function LastReview({ ending, mine }: { ending: Ending; mine: MyState }) {
  if (ending.outcome !== "completed" && mine.offer === null) return <EndSheet ending={ending} mine={mine} />;
  return (
    <div className="mx-auto w-full max-w-4xl px-6 pt-4">
      <Notice tone={ending.outcome === "completed" ? "good" : "plain"} testId="last-review">
        <span className="flex items-start justify-between gap-4">
          <span>
            {headline(ending)} {ending.reason}
          </span>
          <button type="button" className="text-accent-text rounded hover:underline" onClick={endingSeen}>
            Dismiss
          </button>
        </span>
      </Notice>
    </div>
  );
}

function EndSheet({ ending, mine }: { ending: Ending; mine: MyState }) {
  const sheet = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (!sheet.current?.open) sheet.current?.showModal();
  }, []);
  // Whoever has said what follows is asked nothing: the key in reach must not bring them back.
  const decided = ending.next !== null || mine.status === "locked" || mine.status === "break";
  const free = mine.status === "free" || mine.status === "reviewing";
  const goOn = () => {
    endingSeen();
    if (mine.status === "away") void setAvailable(true);
  };
  return (
    <dialog
      ref={sheet}
      aria-labelledby="ended-title"
      data-testid="end-sheet"
      data-outcome={ending.outcome}
      onClose={endingSeen}
      className="panel text-ink m-auto w-[34rem] max-w-[92vw] space-y-3 p-7 backdrop:bg-black/40"
    >
      <h2 id="ended-title" className="text-lg font-semibold">
        {headline(ending)}
      </h2>
      {/* Of a miss it stands among what was recorded. */}
      {ending.reason && ending.outcome !== "missed" && <p data-testid="end-reason">{ending.reason}</p>}
      {ending.outcome === "missed" && (
        <>
          <Verdict ending={ending} mine={mine} />
          <Evidence ending={ending} />
        </>
      )}
      <div className="flex flex-wrap gap-3 pt-2">
        {decided ? (
          <Button weight="primary" autoFocus onClick={endingSeen}>
            Continue
          </Button>
        ) : (
          <>
            <Button weight="primary" autoFocus onClick={goOn}>
              Continue, I am ready
            </Button>
            <Button
              onClick={() => {
                endingSeen();
                if (free) void setAvailable(false);
              }}
            >
              Stay offline
            </Button>
          </>
        )}
      </div>
    </dialog>
  );
}

/** What was recorded; a moment behind the end itself, since it is judged first. */
function Evidence({ ending }: { ending: Ending }) {
  const { entries, reload } = useLedger("me");
  const entry = entries.find(
    (one) => one.application === ending.application && one.assignment === ending.assignment,
  );
  if (!entry) return <p className="text-ink-soft">Fetching what was recorded…</p>;
  return (
    <>
      {entry.evidence?.lastEditAt != null && <p>Your last saved draft was kept and is passed on.</p>}
      <section aria-label="What was recorded" className="bg-sunken rounded-lg p-4">
        <MissEvidence entry={entry} />
      </section>
      <AppealForm entry={entry} onAppealed={reload} />
    </>
  );
}
