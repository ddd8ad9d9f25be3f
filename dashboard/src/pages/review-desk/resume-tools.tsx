/** Beside the résumé's title: how much was changed, the file that would be sent, and earlier versions. */
import { useState } from "react";
import type { JsonResume } from "../../../../protocols/json-resume.ts";
import { pathOf } from "../../api/call.ts";
import { keptOf } from "../../resume/changes.ts";
import { useDeskLinks } from "./desk-links.ts";
import { VersionHistory } from "./version-history.tsx";

interface Props {
  readonly held: { readonly application: string; readonly assignment: number };
  readonly base: JsonResume;
  readonly resume: JsonResume;
  readonly changed: number;
  readonly disabled: boolean;
  /** Resolves when the newest draft is safe. */
  readonly save: () => Promise<void>;
  readonly onTake: (resume: JsonResume) => void;
}

export function ResumeTools({ held, base, resume, changed, disabled, save, onTake }: Props) {
  const { kept } = useDeskLinks();
  const [history, setHistory] = useState(false);
  const showPdf = () => {
    // Opened at once, or the browser takes it for a pop-up; filled when the draft is safe.
    const tab = window.open("", "_blank");
    const path = pathOf("draftPdf", {
      query: { application: held.application, assignment: String(held.assignment) },
    });
    void save()
      .catch(() => undefined) // The status line says so; the last saved draft is shown then.
      .then(() => tab?.location.assign(path));
  };
  return (
    <span className="text-ink-soft flex flex-wrap items-baseline gap-x-4 text-[13px]">
      <span title="j and k go from change to change; y keeps one, n undoes it">
        {changed} changed against the base version{changed > 0 && `, ${keptOf(base, resume, kept)} kept`}
      </span>
      <button type="button" className="text-accent-text rounded hover:underline" onClick={showPdf}>
        PDF preview<span className="sr-only"> in a new tab</span>
      </button>
      <button
        type="button"
        className="text-accent-text rounded hover:underline"
        onClick={() => setHistory(true)}
      >
        Versions
      </button>
      {history && (
        <VersionHistory
          held={held}
          resume={resume}
          disabled={disabled}
          onTake={onTake}
          onClose={() => setHistory(false)}
        />
      )}
    </span>
  );
}
