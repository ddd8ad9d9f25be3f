/**
 * E3, first half: fetches the review in hand, tells the application that it is shown (or it would go to somebody else),
 * and hands over to the desk. Everything is fetched anew for each assignment; the deadline is always the offer's.
 */
import { useCallback, useEffect, useState } from "react";
import type { ReviewInHand } from "../../../../protocols/api/http.ts";
import type { Offer } from "../../../../protocols/employee.ts";
import { call } from "../../api/call.ts";
import { sentence } from "../../api/problem.ts";
import { Button } from "../../components/button.tsx";
import { Notice } from "../../components/notice.tsx";
import { ClockAnnouncements, TimeBar } from "../../components/review-clock.tsx";
import { readResume } from "../../resume/document.ts";
import { acknowledge } from "../../socket/line.ts";
import { useLive } from "../../state/freshness.ts";
import { Desk } from "./desk.tsx";
import { DeskTitle } from "./desk-title.tsx";
import { draftsAreSaved } from "./use-draft.ts";

/** The read model may be a moment behind the offer; so an answer about another assignment is asked for again. */
const againMs = 700;

export function ReviewDeskPage({ offer }: { offer: Offer }) {
  const { application, assignment } = offer;
  const [review, setReview] = useState<ReviewInHand | null>(null);
  const [problem, setProblem] = useState("");
  const live = useLive();

  const load = useCallback(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const ask = () =>
      draftsAreSaved()
        .then(() => call("review"))
        .then(
          ({ review: found }) => {
            if (over) return;
            if (found?.application === application && found.assignment === assignment) setReview(found);
            else timer = setTimeout(ask, againMs);
          },
          (error) => !over && setProblem(sentence(error)),
        );
    setProblem("");
    void ask();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [application, assignment]);
  useEffect(load, [load]);

  const shown = review !== null;
  useEffect(() => {
    // Said again after each reconnect: the first may have been lost with the line, and twice does no harm.
    if (shown && live) acknowledge(application, assignment).catch(() => undefined);
  }, [shown, live, application, assignment]);

  const [resume, base] = review ? [readResume(review.resume), readResume(review.baseResume)] : [null, null];
  return (
    <div className="flex min-h-0 flex-1 flex-col" data-testid="review-desk" data-application={application}>
      <TimeBar assignedAt={offer.assignedAt} deadlineAt={offer.deadlineAt} />
      <ClockAnnouncements deadlineAt={offer.deadlineAt} />
      <DeskTitle offer={offer} />
      {problem ? (
        <div className="space-y-3 p-6">
          <Notice tone="bad" role="alert">
            {problem}
          </Notice>
          <Button onClick={load}>Try again</Button>
        </div>
      ) : !review ? (
        <p role="status" className="text-ink-soft p-6">
          Fetching the posting and the résumé…
        </p>
      ) : !resume || !base ? (
        <div className="p-6">
          <Notice tone="bad" role="alert">
            The résumé of this application can't be read, so it can't be edited here. Return the task and tell
            your manager.
          </Notice>
        </div>
      ) : (
        <Desk offer={offer} review={review} base={base} first={resume} />
      )}
    </div>
  );
}
