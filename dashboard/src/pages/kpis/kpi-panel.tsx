/** One chart with its name, its definition behind an i, and its numbers as a table. */
import { type ReactNode, useId, useState } from "react";
import { pathOf } from "../../api/call.ts";
import type { Range } from "./range.ts";

interface Props {
  readonly title: string;
  readonly definition: string;
  /** Which table the link gives. */
  readonly csv?: string;
  readonly range: Range;
  readonly children: ReactNode;
}

export function KpiPanel({ title, definition, csv, range, children }: Props) {
  const id = useId();
  const [explained, setExplained] = useState(false);
  return (
    <section aria-labelledby={id} className="panel min-w-0 p-4">
      <div className="mb-2 flex items-center gap-2">
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        <button
          type="button"
          aria-expanded={explained}
          aria-label={`What “${title}” means`}
          onClick={() => setExplained((now) => !now)}
          className="border-line-strong text-ink-soft hover:text-ink size-5 rounded-full border text-[12px] leading-none italic"
        >
          i
        </button>
        {csv && (
          <a
            className="text-accent-text ml-auto rounded text-[13px] hover:underline"
            href={pathOf("kpiCsv", { query: { ...range.query, chart: csv } })}
          >
            CSV<span className="sr-only"> of {title}</span>
          </a>
        )}
      </div>
      {explained && <p className="bg-sunken mb-2 rounded-md px-3 py-2 text-[13px]">{definition}</p>}
      {children}
    </section>
  );
}
