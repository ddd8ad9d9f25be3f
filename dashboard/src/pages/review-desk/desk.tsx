/** E3, second half: posting, résumé and checks side by side, the draft that saves itself, and the three ways to end. */
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import type { ReviewInHand } from "../../../../protocols/api/http.ts";
import type { Offer } from "../../../../protocols/employee.ts";
import type { JsonResume } from "../../../../protocols/json-resume.ts";
import { call } from "../../api/call.ts";
import { sentence } from "../../api/problem.ts";
import { Button } from "../../components/button.tsx";
import { Notice } from "../../components/notice.tsx";
import { reviewOfChanges } from "../../resume/changes.ts";
import { documentOf } from "../../resume/document.ts";
import { tidied } from "../../resume/edit.ts";
import { autosave } from "../../state/autosave.ts";
import { serverNow, useNow } from "../../state/clock.ts";
import { useLive } from "../../state/freshness.ts";
import { useLiveScore } from "../../state/live-score.ts";
import { useShortcuts } from "../../state/shortcuts.ts";
import { CheckPane } from "./check-pane.tsx";
import { PostingPane } from "./posting-pane.tsx";
import { RejectDialog } from "./reject-dialog.tsx";
import { ResumeEditor } from "./resume-editor.tsx";
import { SaveStatus } from "./save-status.tsx";
import { WarningBar } from "./warning-bar.tsx";

interface Props {
  readonly offer: Offer;
  readonly review: ReviewInHand;
  readonly base: JsonResume;
  /** The draft as it stood when the desk was opened. */
  readonly first: JsonResume;
}

type Ending = "completing" | "returning" | "rejecting";

export function Desk({ offer, review, base, first }: Props) {
  const held = { application: review.application, assignment: review.assignment };
  const [resume, setResume] = useState(first);
  const [answers, setAnswers] = useState<Readonly<Record<string, string>>>({});
  const [ending, setEnding] = useState<Ending | null>(null);
  const [problem, setProblem] = useState("");
  const [rejecting, setRejecting] = useState(false);
  const problemBox = useRef<HTMLDivElement>(null);
  const live = useLive();
  const liveScore = useLiveScore(held, resume);
  const now = useNow();

  const [draft] = useState(() =>
    autosave<JsonResume>({
      now: serverNow,
      save: async (value) => {
        await call("saveDraft", { body: { ...held, resume: documentOf(tidied(value)) } });
      },
    }),
  );
  useEffect(() => {
    draft.start();
    return draft.stop;
  }, [draft]);

  const edit = (next: JsonResume) => {
    setResume(next);
    draft.changed(next);
  };
  const changes = useMemo(() => reviewOfChanges(base, resume), [base, resume]);
  const unanswered = review.questions.filter((question) => !answers[question]?.trim());

  /** The desk stays as it is when the server refuses: nothing that was typed is lost. */
  const end = async (how: Ending, act: () => Promise<unknown>) => {
    if (ending) return;
    setEnding(how);
    setProblem("");
    try {
      await draft.flush();
      await act();
      draft.stop();
    } catch (error) {
      setEnding(null);
      setProblem(sentence(error));
    }
  };
  const approve = () => {
    if (unanswered.length > 0) {
      setProblem(
        `The form still needs ${unanswered.length === 1 ? "an answer" : `${unanswered.length} answers`}: ${unanswered.join("; ")}`,
      );
      return;
    }
    void end("completing", () =>
      call("complete", {
        body: {
          ...held,
          resume: documentOf(tidied(resume)),
          answers: review.questions.map((question) => ({
            question,
            answer: (answers[question] ?? "").trim(),
          })),
        },
      }),
    );
  };
  const giveBack = () => void end("returning", () => call("return", { body: held }));
  useEffect(() => {
    if (problem) problemBox.current?.scrollIntoView({ block: "nearest" });
  }, [problem]);
  useShortcuts({ "mod+Enter": approve, r: giveBack, x: () => setRejecting(true) });

  const frozen = ending !== null;
  return (
    <>
      <WarningBar offer={offer} status={draft.status} onReturn={giveBack} disabled={frozen} />
      {/* Below 1100 px the panes stand one above the other, the résumé before the posting's full text is too far away. */}
      <div className="grid flex-1 grid-cols-1 min-[1100px]:h-0 min-[1100px]:min-h-96 min-[1100px]:grid-cols-[minmax(17rem,1fr)_minmax(26rem,1.6fr)_minmax(17rem,1fr)]">
        <Pane title="Posting" testId="pane-posting">
          {review.posting ? (
            <PostingPane
              posting={review.posting}
              mustHaves={review.score.parts.mustHaves}
              niceToHaves={review.score.parts.niceToHaves}
              now={now}
            />
          ) : (
            <p className="text-ink-soft">The text of this posting is not kept any more.</p>
          )}
        </Pane>
        <Pane
          title="Résumé"
          testId="pane-resume"
          aside={`${changes.changed} changed against the base version`}
        >
          <ResumeEditor base={base} resume={resume} disabled={frozen} onChange={edit} />
        </Pane>
        <Pane title="Check" testId="pane-check">
          <CheckPane
            review={review}
            live={liveScore}
            claims={changes.claims}
            answers={answers}
            disabled={frozen}
            onAnswer={(question, answer) => setAnswers((all) => ({ ...all, [question]: answer }))}
          />
        </Pane>
      </div>
      <div className="border-line bg-surface sticky bottom-0 z-10 border-t px-5 py-3">
        {problem && (
          <div ref={problemBox} className="mb-3">
            <Notice tone="bad" role="alert" testId="review-problem">
              {problem}
            </Notice>
          </div>
        )}
        <div className="flex flex-wrap items-center justify-between gap-3">
          <SaveStatus status={draft.status} />
          <div className="flex flex-wrap gap-2">
            <Button
              weight="quiet"
              disabled={frozen || !live}
              shortcut={{ label: "x", keys: "x" }}
              onClick={() => setRejecting(true)}
            >
              Reject
            </Button>
            <Button disabled={frozen || !live} shortcut={{ label: "r", keys: "r" }} onClick={giveBack}>
              {ending === "returning" ? "Returning…" : "Return"}
            </Button>
            <Button
              weight="primary"
              disabled={frozen || !live}
              shortcut={{ label: "Ctrl ⏎", keys: "Control+Enter Meta+Enter" }}
              onClick={approve}
            >
              {ending === "completing" ? "Sending…" : "Approve and send"}
            </Button>
          </div>
        </div>
      </div>
      <RejectDialog
        open={rejecting}
        onClose={() => setRejecting(false)}
        onReject={(reason) => {
          setRejecting(false);
          void end("rejecting", () => call("reject", { body: { ...held, reason } }));
        }}
      />
    </>
  );
}

function Pane(props: { title: string; testId: string; aside?: string; children: ReactNode }) {
  return (
    <section
      aria-label={props.title}
      data-testid={props.testId}
      // A pane that scrolls must be reachable by keyboard even where it holds nothing to focus.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
      tabIndex={0}
      className="border-line min-w-0 overflow-y-auto border-b bg-surface p-5 min-[1100px]:border-r min-[1100px]:border-b-0 last:border-r-0"
    >
      <div className="mb-3 flex items-baseline justify-between gap-2">
        <h2 className="eyebrow text-ink">{props.title}</h2>
        {props.aside && <span className="text-ink-soft text-[13px]">{props.aside}</span>}
      </div>
      {props.children}
    </section>
  );
}
