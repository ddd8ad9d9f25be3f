/** A list of résumé lines with its changes against the base version: reword, add, remove, restore. */
import { useMemo } from "react";
import { lineAdded, lineRemoved, lineSet } from "../../resume/edit.ts";
import { diffLines } from "../../resume/line-diff.ts";
import { LineEditor, RemovedLine } from "./line-editor.tsx";

interface Props {
  /** What one line is called, e.g. "Contoso highlight". */
  readonly label: string;
  readonly base: readonly string[];
  readonly lines: readonly string[];
  readonly vocabulary: ReadonlySet<string>;
  readonly disabled: boolean;
  readonly onChange: (lines: string[]) => void;
}

export function LineListEditor({ label, base, lines, vocabulary, disabled, onChange }: Props) {
  const changes = useMemo(() => diffLines(base, lines), [base, lines]);
  return (
    <div>
      {changes.map((change) =>
        change.kind === "removed" ? (
          <RemovedLine
            key={`removed ${change.before} ${change.base}`}
            text={change.base}
            label={label}
            disabled={disabled}
            onRestore={() => onChange(lineAdded(lines, change.base, change.before))}
          />
        ) : (
          <LineEditor
            key={change.index}
            label={`${label} ${change.index + 1}`}
            text={change.text}
            base={change.kind === "same" ? change.text : change.kind === "changed" ? change.base : null}
            vocabulary={vocabulary}
            disabled={disabled}
            onChange={(text) => onChange(lineSet(lines, change.index, text))}
            onUndo={() => change.kind === "changed" && onChange(lineSet(lines, change.index, change.base))}
            onRemove={() => onChange(lineRemoved(lines, change.index))}
          />
        ),
      )}
      <button
        type="button"
        disabled={disabled}
        onClick={() => onChange(lineAdded(lines, ""))}
        className="text-accent-text hover:bg-accent-soft ml-5 rounded-md px-2 py-1 text-[13px] font-medium disabled:opacity-50"
      >
        + Add {label.toLowerCase().startsWith("skill") ? "keyword" : "line"}
        <span className="sr-only"> to {label}</span>
      </button>
    </div>
  );
}
