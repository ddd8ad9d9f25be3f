/**
 * One line of the résumé: an input that grows with its text, its mark against the base version, the way back, and a
 * warning where it says what the base résumé nowhere says.
 */
import { newClaims } from "../../resume/claims.ts";

interface Props {
  readonly label: string;
  readonly text: string;
  /** The line it stands for in the base version; null if it is new. */
  readonly base: string | null;
  readonly vocabulary: ReadonlySet<string>;
  readonly disabled: boolean;
  readonly onChange: (text: string) => void;
  readonly onUndo: () => void;
  /** Absent where a line cannot be taken out (the summary). */
  readonly onRemove?: () => void;
  readonly compact?: boolean;
}

export function LineEditor(props: Props) {
  const { label, text, base, vocabulary, disabled, onChange, onUndo, onRemove, compact } = props;
  const changed = base !== text;
  const claims = changed ? newClaims(text, vocabulary) : [];
  return (
    <div
      className={`group border-l-2 py-0.5 pl-2 ${changed ? "border-accent" : "border-transparent"}`}
      data-testid="resume-line"
      data-change={base === null ? "added" : changed ? "changed" : "same"}
    >
      <div className="flex items-start gap-1">
        <span aria-hidden="true" className="text-accent-text w-3 pt-1.5 font-mono">
          {base === null ? "+" : changed ? "~" : ""}
        </span>
        <textarea
          aria-label={label}
          value={text}
          disabled={disabled}
          rows={1}
          onChange={(event) => onChange(event.target.value)}
          className={`field-sizing-content w-full resize-none rounded-md border border-line bg-surface px-2 py-1 hover:border-line-strong focus:border-line-strong disabled:opacity-60 ${compact ? "min-h-8" : ""}`}
        />
        {changed && base !== null && (
          <LineAction label={`Undo change of ${label}`} disabled={disabled} onClick={onUndo}>
            ↶
          </LineAction>
        )}
        {onRemove && (
          <LineAction label={`Remove ${label}`} disabled={disabled} onClick={onRemove}>
            ✕
          </LineAction>
        )}
      </div>
      {changed && base !== null && base !== "" && (
        <p className="text-ink-soft ml-6 text-[13px]">
          <span className="sr-only">Base version: </span>
          <del>{base}</del>
        </p>
      )}
      {claims.length > 0 && (
        <p className="text-warn-text ml-6 text-[13px]" data-testid="new-claim">
          <span aria-hidden="true">⚠ </span>
          Not in the base résumé: {claims.join(", ")}
        </p>
      )}
    </div>
  );
}

export function RemovedLine(props: {
  text: string;
  label: string;
  disabled: boolean;
  onRestore: () => void;
}) {
  return (
    <div
      className="border-bad flex items-start gap-1 border-l-2 py-1 pl-2"
      data-testid="resume-line"
      data-change="removed"
    >
      <span aria-hidden="true" className="text-bad-text w-3 font-mono">
        −
      </span>
      <p className="text-ink-soft flex-1 px-2">
        <span className="sr-only">Removed: </span>
        <del>{props.text}</del>
      </p>
      <LineAction label={`Restore ${props.label}`} disabled={props.disabled} onClick={props.onRestore}>
        ↶
      </LineAction>
    </div>
  );
}

function LineAction(props: { label: string; disabled: boolean; onClick: () => void; children: string }) {
  return (
    <button
      type="button"
      aria-label={props.label}
      title={props.label}
      disabled={props.disabled}
      onClick={props.onClick}
      className="text-ink-soft hover:bg-sunken hover:text-ink mt-0.5 size-7 shrink-0 rounded-md"
    >
      <span aria-hidden="true">{props.children}</span>
    </button>
  );
}
