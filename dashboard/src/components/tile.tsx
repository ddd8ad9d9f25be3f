/** One live figure with its name, what it is measured against, and its last minutes. */
import type { ReactNode } from "react";

interface Props {
  readonly name: string;
  /** For tests and for people who script the page. */
  readonly testId: string;
  readonly value: ReactNode;
  readonly unit?: string | undefined;
  readonly detail?: ReactNode;
  readonly stale?: boolean;
  readonly children?: ReactNode;
}

export function Tile({ name, testId, value, unit, detail, stale = false, children }: Props) {
  return (
    <section
      aria-label={name}
      data-testid={testId}
      className={`panel flex min-h-28 flex-col p-4 ${stale ? "stale" : ""}`}
    >
      <h2 className="text-ink-soft text-[13px] font-medium">{name}</h2>
      <div className="mt-1 flex flex-1 items-end justify-between gap-3">
        <p className="text-3xl leading-tight font-semibold tracking-tight" data-testid={`${testId}-value`}>
          {value}
          {unit && <span className="text-ink-soft ml-1 text-sm font-normal tracking-normal">{unit}</span>}
        </p>
        {children}
      </div>
      {detail && <p className="text-ink-soft mt-1 text-[13px]">{detail}</p>}
    </section>
  );
}
