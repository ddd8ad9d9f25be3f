/** One application as a sheet: how it stands, its proof, its life so far, and what a manager may decide. */
import { useCallback, useEffect, useRef, useState } from "react";
import type { ApplicationDetail } from "../../../../protocols/api/http.ts";
import { call } from "../../api/call.ts";
import { sentence } from "../../api/problem.ts";
import { ApplicationStatus } from "../../components/application-status.tsx";
import { Button } from "../../components/button.tsx";
import { EvidenceList } from "../../components/evidence-list.tsx";
import { FactList } from "../../components/fact-list.tsx";
import { clockTime } from "../../state/time-text.ts";
import { ScoreParts } from "../review-desk/score-parts.tsx";
import { ApplierSwitch } from "./applier-switch.tsx";
import { ReadyPanel } from "./ready-panel.tsx";
import { ResolveForm } from "./resolve-form.tsx";

interface Props {
  readonly application: string;
  readonly canDecide: boolean;
  readonly onClose: () => void;
}

export function ApplicationSheet({ application, canDecide, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [detail, setDetail] = useState<ApplicationDetail | null>(null);
  const [problem, setProblem] = useState("");
  const load = useCallback(() => {
    call("application", { params: { application } }).then(setDetail, (error) => setProblem(sentence(error)));
  }, [application]);
  useEffect(load, [load]);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  const now = detail?.application;
  return (
    <dialog
      ref={dialog}
      aria-labelledby="application-title"
      onClose={onClose}
      data-testid="application-sheet"
      className="border-line bg-surface text-ink fixed top-0 right-0 m-0 ml-auto h-dvh max-h-dvh w-[40rem] max-w-full space-y-5 overflow-y-auto border-l p-6 backdrop:bg-black/40"
    >
      <div className="flex items-start justify-between gap-3">
        <h2 id="application-title" className="text-lg font-semibold">
          {now?.job ? `${now.job.title} — ${now.job.company}` : "Application"}
        </h2>
        <Button weight="quiet" onClick={onClose}>
          Close
        </Button>
      </div>
      {problem && (
        <p role="alert" className="text-bad-text">
          {problem}
        </p>
      )}
      {!detail && !problem && (
        <p role="status" className="text-ink-soft">
          Fetching…
        </p>
      )}
      {detail && now && (
        <>
          <div className="flex flex-wrap items-center gap-3">
            <ApplicationStatus status={now.status} />
            <span>for {now.candidate?.name ?? "an unknown candidate"}</span>
            {now.employee && <span className="text-ink-soft">with {now.employee}</span>}
            {now.misses > 0 && <span className="text-warn-text">missed {now.misses} times</span>}
          </div>
          {now.reviewReason && <p>{now.reviewReason}</p>}
          {now.proof && (
            <section aria-label="Proof">
              <h3 className="eyebrow mb-1">Proof</h3>
              <p>
                Reference <strong>{now.proof.reference}</strong>, {clockTime(now.proof.submittedAt)}.{" "}
                <span className="text-ink-soft">{now.proof.confirmation}</span>
              </p>
            </section>
          )}
          {canDecide && (now.evidence?.length ?? 0) > 0 && (
            <section aria-label="Evidence">
              <h3 className="eyebrow mb-1">Evidence of the last attempt</h3>
              <EvidenceList application={application} evidence={now.evidence ?? []} />
            </section>
          )}
          {canDecide && now.status === "ready" && now.job && (
            <ReadyPanel application={application} portal={now.job.portal} onDone={load} />
          )}
          {canDecide && (now.status === "uncertain" || now.status === "failed") && (
            <ResolveForm application={application} onDone={load} />
          )}
          {canDecide && now.job && <ApplierSwitch portal={now.job.portal} />}
          {now.score && <ScoreParts score={now.score} />}
          <section aria-label="History" className="border-line -mx-2 border-t pt-3">
            <h3 className="eyebrow px-4 pb-1">Its life so far</h3>
            <FactList facts={detail.history} empty="Nothing is kept of it." />
          </section>
        </>
      )}
    </dialog>
  );
}
