/** A list of résumé lines with its changes against the base version: reword, add, remove, restore. */
import { useEffect, useMemo, useRef } from "react";
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
  const box = useRef<HTMLDivElement>(null);
  const removedAt = useRef<number | null>(null);
  const remove = (index: number) => {
    // By a key of the page nothing has the focus here, and it must not be in a field for the next key.
    const pressed =
      box.current?.contains(document.activeElement) && document.activeElement?.matches("button");
    removedAt.current = pressed ? index : null;
    onChange(lineRemoved(lines, index));
  };
  // Else it would stay on the ✕, now that of the next line, which a second Enter would take out too.
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the line is gone
  useEffect(() => {
    if (removedAt.current === null) return;
    const texts = box.current?.querySelectorAll("textarea") ?? [];
    const next = texts[Math.min(removedAt.current, texts.length - 1)];
    removedAt.current = null;
    (next ?? box.current?.querySelector<HTMLElement>(":scope > button"))?.focus();
  }, [lines]);
  return (
    <div ref={box}>
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
            onRemove={() => remove(change.index)}
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
