/** E3, second half: posting, résumé and checks side by side, the draft that saves itself, and the three ways to end. */
import { useEffect, useMemo, useRef, useState } from "react";
import type { ReviewInHand } from "../../../../protocols/api/http.ts";
import type { Offer } from "../../../../protocols/employee.ts";
import type { JsonResume } from "../../../../protocols/json-resume.ts";
import { call } from "../../api/call.ts";
import { sentence } from "../../api/problem.ts";
import { Notice } from "../../components/notice.tsx";
import { reviewOfChanges } from "../../resume/changes.ts";
import { documentOf } from "../../resume/document.ts";
import { tidied } from "../../resume/edit.ts";
import { type Link, linksOf } from "../../resume/evidence.ts";
import { pressBreak } from "../../state/board.ts";
import { useNow } from "../../state/clock.ts";
import { useLiveScore } from "../../state/live-score.ts";
import { useShortcuts } from "../../state/shortcuts.ts";
import { useStore } from "../../state/store.ts";
import { changeKeys } from "./change-keys.ts";
import { CheckPane } from "./check-pane.tsx";
import { DeskLinksContext } from "./desk-links.ts";
import { ElsewhereBar } from "./elsewhere-bar.tsx";
import { type Ending, EndingBar } from "./ending-bar.tsx";
import { Pane, Panes } from "./panes.tsx";
import { PostingPane } from "./posting-pane.tsx";
import { RejectDialog } from "./reject-dialog.tsx";
import { ResumeEditor } from "./resume-editor.tsx";
import { ResumeTools } from "./resume-tools.tsx";
import { useDraft } from "./use-draft.ts";
import { useSettled } from "./use-settled.ts";
import { WarningBar } from "./warning-bar.tsx";

interface Props {
  readonly offer: Offer;
  readonly review: ReviewInHand;
  readonly base: JsonResume;
  /** The draft as it stood when the desk was opened. */
  readonly first: JsonResume;
}

export function Desk({ offer, review, base, first }: Props) {
  const held = { application: review.application, assignment: review.assignment };
  const { resume, answers, saving, editing, edit, answer, editHere } = useDraft(review, first);
  const settled = useSettled();
  const [ending, setEnding] = useState<Ending | null>(null);
  const [problem, setProblem] = useState("");
  const [rejecting, setRejecting] = useState(false);
  const [chosen, choose] = useState<Link | null>(null);
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set());
  const problemBox = useRef<HTMLDivElement>(null);
  const liveScore = useLiveScore(held, resume);
  const now = useNow();
  const score = liveScore.rescored?.score ?? review.score;
  const links = useMemo(() => linksOf(score), [score]);
  const changes = useMemo(() => reviewOfChanges(base, resume), [base, resume]);
  const unanswered = review.questions.filter((question) => !answers[question]?.trim());

  /** The desk stays as it is when the server refuses: nothing that was typed is lost. */
  const end = async (how: Ending, act: () => Promise<unknown>) => {
    if (ending || !settled) return;
    setEnding(how);
    setProblem("");
    try {
      await saving.flush();
      await act();
      saving.stop();
    } catch (error) {
      setEnding(null);
      setProblem(sentence(error));
    }
  };
  const approve = () => {
    if (!editing) return setProblem("This review is edited in another window. Press “Edit here” first.");
    if (unanswered.length > 0) {
      const many = unanswered.length === 1 ? "an answer" : `${unanswered.length} answers`;
      return setProblem(`The form still needs ${many}: ${unanswered.join("; ")}`);
    }
    const given = review.questions.map((question) => ({
      question,
      answer: (answers[question] ?? "").trim(),
    }));
    void end("completing", () =>
      call("complete", { body: { ...held, resume: documentOf(tidied(resume)), answers: given } }),
    );
  };
  const giveBack = () => void end("returning", () => call("return", { body: held }));
  useEffect(() => {
    if (problem) problemBox.current?.scrollIntoView({ block: "nearest" });
  }, [problem]);
  const savedAt = useStore(saving.status, (at) => (at.state === "saved" ? at.at : null));
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was said may not hold any more after each of these
  useEffect(() => setProblem(""), [savedAt, answers, editing]);
  useShortcuts({
    ...changeKeys,
    "mod+Enter": approve,
    r: giveBack,
    x: () => setRejecting(true),
    b: () => void pressBreak().catch((error) => setProblem(sentence(error))),
  });

  const frozen = ending !== null;
  const keep = (text: string) => setKept((all) => new Set([...all, text]));
  return (
    <DeskLinksContext value={{ links, chosen, choose, kept, keep }}>
      <WarningBar
        extensionsLeft={review.extensionsLeft}
        extendMs={review.extendMs}
        offer={offer}
        status={saving.status}
        onReturn={giveBack}
        disabled={frozen}
      />
      {!editing && <ElsewhereBar onTake={editHere} />}
      <Panes>
        <Pane title="Posting" testId="pane-posting">
          {review.posting ? (
            <PostingPane
              posting={review.posting}
              mustHaves={score.parts.mustHaves}
              niceToHaves={score.parts.niceToHaves}
              now={now}
            />
          ) : (
            <p className="text-ink-soft">The text of this posting is not kept any more.</p>
          )}
        </Pane>
        <Pane
          title="Résumé"
          testId="pane-resume"
          aside={
            <ResumeTools
              held={held}
              base={base}
              resume={resume}
              changed={changes.changed}
              disabled={frozen || !editing}
              save={saving.flush}
              onTake={edit}
            />
          }
        >
          <ResumeEditor base={base} resume={resume} disabled={frozen || !editing} onChange={edit} />
        </Pane>
        <Pane title="Check" testId="pane-check">
          <CheckPane
            review={review}
            live={liveScore}
            claims={changes.claims}
            answers={answers}
            disabled={frozen || !editing}
            onAnswer={answer}
          />
        </Pane>
      </Panes>
      <EndingBar
        settled={settled}
        status={saving.status}
        ending={ending}
        onApprove={approve}
        onReturn={giveBack}
        onReject={() => setRejecting(true)}
      >
        {problem && (
          <div ref={problemBox} className="mb-3">
            <Notice tone="bad" role="alert" testId="review-problem">
              {problem}
            </Notice>
          </div>
        )}
      </EndingBar>
      <RejectDialog
        open={rejecting}
        onClose={() => setRejecting(false)}
        onReject={(reason) => {
          setRejecting(false);
          void end("rejecting", () => call("reject", { body: { ...held, reason } }));
        }}
      />
    </DeskLinksContext>
  );
}
