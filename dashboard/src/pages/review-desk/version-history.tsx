/** The drafts of this review as they were saved: what each says otherwise than the one on the desk, and the way back to it. */
import { useEffect, useRef, useState } from "react";
import type { DraftVersion } from "../../../../protocols/api/desk.ts";
import type { JsonResume } from "../../../../protocols/json-resume.ts";
import { call } from "../../api/call.ts";
import { Button } from "../../components/button.tsx";
import { readResume } from "../../resume/document.ts";
import { lineLists, linesOf, summaryOf } from "../../resume/edit.ts";
import { diffLines } from "../../resume/line-diff.ts";
import { useNow } from "../../state/clock.ts";
import { moment } from "../../state/time-text.ts";
import { useAttempt } from "../../state/use-attempt.ts";

interface Props {
  readonly held: { readonly application: string; readonly assignment: number };
  readonly resume: JsonResume;
  readonly disabled: boolean;
  readonly onTake: (resume: JsonResume) => void;
  readonly onClose: () => void;
}

interface Listed {
  readonly version: string;
  readonly saved: DraftVersion | null;
}

export function VersionHistory({ held, resume, disabled, onTake, onClose }: Props) {
  const sheet = useRef<HTMLDialogElement>(null);
  const [versions, setVersions] = useState<readonly Listed[] | null>(null);
  const [chosen, setChosen] = useState<{ version: string; resume: JsonResume } | null>(null);
  const { problem, attempt } = useAttempt();
  const now = useNow();
  const query = { application: held.application, assignment: String(held.assignment) };
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, when it is opened
  useEffect(() => {
    sheet.current?.showModal();
    void attempt(async () => {
      const { items, baseVersion } = await call("draftVersions", { query });
      const seen = new Set<string>();
      const drafts = items.filter(({ resumeVersion }) => !seen.has(resumeVersion) && seen.add(resumeVersion));
      setVersions([
        ...drafts.map((saved) => ({ version: saved.resumeVersion, saved })),
        { version: baseVersion, saved: null },
      ]);
    });
  }, []);
  const show = (version: string) =>
    attempt(async () => {
      const found = await call("draftVersion", { query: { ...query, resumeVersion: version } });
      const read = readResume(found.resume);
      if (read) setChosen({ version, resume: read });
    });
  return (
    <dialog
      ref={sheet}
      aria-labelledby="versions-title"
      data-testid="version-history"
      onClose={onClose}
      className="panel text-ink m-auto w-[56rem] max-w-[94vw] p-6 backdrop:bg-black/40"
    >
      <h2 id="versions-title" className="mb-3 text-lg font-semibold">
        Versions of this draft
      </h2>
      {problem && (
        <p role="alert" className="text-bad-text mb-2">
          {problem}
        </p>
      )}
      <div className="grid gap-5 md:grid-cols-[16rem_1fr]">
        <ol className="max-h-[24rem] space-y-0.5 overflow-y-auto">
          {versions === null && !problem && <li className="text-ink-soft">Fetching…</li>}
          {versions?.map(({ version, saved }) => (
            <li key={version}>
              <button
                type="button"
                aria-pressed={chosen?.version === version}
                onClick={() => void show(version)}
                className="aria-pressed:bg-accent-soft hover:bg-sunken w-full rounded px-2 py-1 text-left"
              >
                {saved ? moment(saved.at, now) : "Base version"}
                {saved && (
                  <span className="text-ink-soft">
                    {" "}
                    · {saved.assignment === held.assignment ? "by you" : `by reviewer ${saved.assignment}`}
                  </span>
                )}
              </button>
            </li>
          ))}
        </ol>
        <div className="min-w-0">
          {chosen ? (
            <Differences from={chosen.resume} to={resume} />
          ) : (
            <p className="text-ink-soft">
              Choose a version to see how it differs from the draft on the desk.
            </p>
          )}
        </div>
      </div>
      <div className="mt-4 flex gap-3">
        <Button
          weight="primary"
          disabled={chosen === null || disabled}
          onClick={() => {
            if (chosen) onTake(chosen.resume);
            sheet.current?.close();
          }}
        >
          Take this version
        </Button>
        <Button onClick={() => sheet.current?.close()}>Close</Button>
      </div>
    </dialog>
  );
}

function Differences({ from, to }: { from: JsonResume; to: JsonResume }) {
  const summaries = summaryOf(from) === summaryOf(to) ? [] : [[summaryOf(from), summaryOf(to)] as const];
  const lines = lineLists(to).flatMap((list) =>
    diffLines(linesOf(from, list), linesOf(to, list)).flatMap((change) =>
      change.kind === "same"
        ? []
        : [
            [
              change.kind === "added" ? "" : change.base,
              change.kind === "removed" ? "" : change.text,
            ] as const,
          ],
    ),
  );
  const all = [...summaries, ...lines];
  if (all.length === 0) return <p className="text-ink-soft">It says the same as the draft on the desk.</p>;
  return (
    <ul className="max-h-[24rem] space-y-2 overflow-y-auto text-[13px] wrap-anywhere">
      {all.map(([before, after]) => (
        <li key={`${before}\n${after}`}>
          {before && (
            <p className="text-ink-soft">
              <span className="sr-only">In that version: </span>
              <span aria-hidden="true">− </span>
              {before}
            </p>
          )}
          {after && (
            <p>
              <span className="sr-only">On the desk: </span>
              <span aria-hidden="true">+ </span>
              {after}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
