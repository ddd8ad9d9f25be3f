/** A titled box. What it shows may be old: then it is hatched, and says of when it is. */
import { type ReactNode, useId } from "react";
import { useCurrent } from "../state/paused.ts";
import { clockTime } from "../state/time-text.ts";
import { Notice } from "./notice.tsx";

interface Props {
  readonly title: string;
  /** Beside the title, softer: a count, a state. */
  readonly detail?: ReactNode;
  /** At the right of the title: filters, a button. */
  readonly aside?: ReactNode;
  /** When what is shown was so; for what is pushed, the last frame. */
  readonly asOf?: number | null;
  /** Why the last try to fetch it failed. */
  readonly problem?: string;
  readonly testId?: string;
  readonly className?: string;
  readonly children: ReactNode;
}

export function Panel({ title, detail, aside, asOf, problem, testId, className = "", children }: Props) {
  const id = useId();
  const stale = !useCurrent() || !!problem;
  return (
    <section
      aria-labelledby={id}
      data-testid={testId}
      className={`panel flex min-w-0 flex-col ${stale ? "stale" : ""} ${className}`}
    >
      <div className="border-line flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b px-4 py-2.5">
        <h2 id={id} className="text-base font-semibold">
          {title} {detail && <span className="text-ink-soft ml-1 font-normal">{detail}</span>}
        </h2>
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
          {stale && asOf != null && (
            <span className="text-warn-text text-[13px]">as of {clockTime(asOf)}</span>
          )}
          {aside}
        </div>
      </div>
      {problem && (
        <div className="p-3">
          <Notice tone="warn">{problem}</Notice>
        </div>
      )}
      {children}
    </section>
  );
}
