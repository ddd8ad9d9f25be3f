/**
 * One line of the résumé: an input that grows with its text, its mark against the base version, the way back, a warning where it
 * says what the base résumé nowhere says, and the requirements of the posting that it meets.
 */
import { useEffect, useRef } from "react";
import { newClaims } from "../../resume/claims.ts";
import { showsIn } from "../../resume/evidence.ts";
import { useDeskLinks } from "./desk-links.ts";

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
  const { links, chosen, choose, kept, keep } = useDeskLinks();
  const line = useRef<HTMLDivElement>(null);
  const changed = base !== text;
  const isKept = changed && kept.has(text);
  const claims = changed ? newClaims(text, vocabulary) : [];
  const meets = links.filter(({ evidence }) => showsIn(evidence, text));
  const pointedAt = chosen !== null && showsIn(chosen.evidence, text);
  useEffect(() => {
    if (pointedAt) line.current?.scrollIntoView({ block: "nearest" });
  }, [pointedAt]);
  return (
    <div
      ref={line}
      tabIndex={-1}
      className={`group data-current:outline-accent rounded-r border-l-2 py-0.5 pl-2 data-current:outline-2 ${changed ? "border-accent" : "border-transparent"} ${pointedAt ? "bg-accent-soft" : ""}`}
      data-testid="resume-line"
      data-change={base === null ? "added" : changed ? "changed" : "same"}
      data-pointed={pointedAt || undefined}
    >
      <div className="flex items-start gap-1">
        <span aria-hidden="true" className="text-accent-text w-3 pt-1.5 font-mono">
          {isKept ? "✓" : base === null ? "+" : changed ? "~" : ""}
        </span>
        <textarea
          aria-label={label}
          value={text}
          disabled={disabled}
          rows={1}
          onChange={(event) => onChange(event.target.value)}
          className={`field-sizing-content w-full resize-none rounded-md border border-line bg-surface px-2 py-1 hover:border-line-strong focus:border-line-strong disabled:opacity-60 ${compact ? "min-h-8" : ""}`}
        />
        {changed && !isKept && (
          <LineAction
            label={`Keep change of ${label}`}
            does="keep"
            disabled={disabled}
            onClick={() => keep(text)}
          >
            ✓
          </LineAction>
        )}
        {changed && base !== null && (
          <LineAction label={`Undo change of ${label}`} does="undo" disabled={disabled} onClick={onUndo}>
            ↶
          </LineAction>
        )}
        {onRemove && (
          <LineAction
            label={`Remove ${label}`}
            does={base === null ? "undo" : "remove"}
            disabled={disabled}
            onClick={onRemove}
          >
            ✕
          </LineAction>
        )}
      </div>
      {changed && base !== null && base !== "" && (
        <p className="text-ink-soft ml-6 text-[13px] wrap-anywhere">
          <span className="sr-only">Base version: </span>
          <del>{base}</del>
        </p>
      )}
      {claims.length > 0 && (
        <p className="text-warn-text ml-6 text-[13px] wrap-anywhere" data-testid="new-claim">
          <span aria-hidden="true">⚠ </span>
          Not in the base résumé: {claims.join(", ")}
        </p>
      )}
      {meets.length > 0 && (
        <p className="ml-6 flex flex-wrap gap-x-3 text-[12px]">
          {meets.slice(0, 3).map((link) => (
            <button
              key={link.requirement}
              type="button"
              title={`Show the requirement: ${link.requirement}`}
              onClick={() => choose(chosen?.requirement === link.requirement ? null : link)}
              className="text-good-text max-w-full truncate rounded text-left hover:underline"
            >
              <span aria-hidden="true">✓ </span>
              <span className="sr-only">Meets: </span>
              {link.requirement}
            </button>
          ))}
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
  const { kept, keep } = useDeskLinks();
  return (
    <div
      tabIndex={-1}
      className="border-bad data-current:outline-accent flex items-start gap-1 border-l-2 py-1 pl-2 data-current:outline-2"
      data-testid="resume-line"
      data-change="removed"
    >
      <span aria-hidden="true" className="text-bad-text w-3 font-mono">
        {kept.has(props.text) ? "✓" : "−"}
      </span>
      <p className="text-ink-soft flex-1 px-2 wrap-anywhere">
        <span className="sr-only">Removed: </span>
        <del>{props.text}</del>
      </p>
      <LineAction
        label={`Keep ${props.label} removed`}
        does="keep"
        disabled={props.disabled}
        onClick={() => keep(props.text)}
      >
        ✓
      </LineAction>
      <LineAction
        label={`Restore ${props.label}`}
        does="undo"
        disabled={props.disabled}
        onClick={props.onRestore}
      >
        ↶
      </LineAction>
    </div>
  );
}

function LineAction(props: {
  label: string;
  does: string;
  disabled: boolean;
  onClick: () => void;
  children: string;
}) {
  return (
    <button
      type="button"
      aria-label={props.label}
      title={props.label}
      data-do={props.does}
      disabled={props.disabled}
      onClick={props.onClick}
      className="text-ink-soft hover:bg-sunken hover:text-ink mt-0.5 size-7 shrink-0 rounded-md"
    >
      <span aria-hidden="true">{props.children}</span>
    </button>
  );
}
