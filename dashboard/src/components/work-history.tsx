/** The reviews that a person had, newest first, page after page, by how they ended. */
import { useEffect, useState } from "react";
import type { WorkRow } from "../../../protocols/api/history.ts";
import { ReviewOutcome } from "../../../protocols/employee.ts";
import { call, pathOf } from "../api/call.ts";
import { useNow } from "../state/clock.ts";
import { duration, moment } from "../state/time-text.ts";
import { useAttempt } from "../state/use-attempt.ts";
import { Button } from "./button.tsx";
import { type Column, DataTable } from "./data-table.tsx";
import { Outcome, outcomeWords } from "./outcome.tsx";
import { Panel } from "./panel.tsx";

interface Props {
  /** `me` for oneself. */
  readonly employee: string;
  readonly title: string;
}

export function WorkHistory({ employee, title }: Props) {
  const [outcome, setOutcome] = useState("");
  const [page, setPage] = useState<{ rows: readonly WorkRow[] | null; next: string | null }>({
    rows: null,
    next: null,
  });
  const { problem, attempt } = useAttempt();
  const now = useNow();
  const filter = { outcome: outcome === "" ? undefined : outcome };
  const load = (cursor: string | undefined, before: readonly WorkRow[]) =>
    attempt(async () => {
      const found = await call("workHistory", {
        params: { employee },
        query: { ...filter, limit: "50", cursor },
      });
      setPage({ rows: [...before, ...found.items], next: found.next });
    });
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew for another person or filter only
  useEffect(() => void load(undefined, []), [employee, outcome]);
  const columns: ReadonlyArray<Column<WorkRow>> = [
    { name: "When", width: "8rem", cell: ({ assignedAt }) => moment(assignedAt, now) },
    { name: "Posting", cell: ({ title: job, company }) => `${job} · ${company}` },
    { name: "Ended", width: "7rem", cell: (row) => <Outcome row={row} /> },
    {
      name: "Took",
      width: "9rem",
      right: true,
      cell: ({ heldMs, allowedMs }) =>
        heldMs === null ? "" : `${duration(heldMs)} of ${duration(allowedMs)}`,
    },
    { name: "Note", cell: ({ reason }) => <span className="text-ink-soft text-[13px]">{reason}</span> },
  ];
  return (
    <Panel
      title={title}
      problem={problem}
      testId="work-history"
      aside={
        <>
          <select
            aria-label="How it ended"
            className="field w-auto"
            value={outcome}
            onChange={(event) => setOutcome(event.target.value)}
          >
            <option value="">all</option>
            {ReviewOutcome.literals.map((one) => (
              <option key={one} value={one}>
                {outcomeWords[one].word}
              </option>
            ))}
          </select>
          <a
            className="text-accent-text rounded hover:underline"
            href={pathOf("workHistoryCsv", { params: { employee }, query: filter })}
          >
            CSV
          </a>
        </>
      }
    >
      <DataTable
        label={title}
        columns={columns}
        rows={page.rows ?? []}
        keyOf={(row) => `${row.application} ${row.assignment}`}
        maxHeight={28}
        foot={
          page.rows === null ? (
            <p className="text-ink-soft p-4">Fetching…</p>
          ) : page.rows.length === 0 ? (
            <p className="text-ink-soft p-4">
              {outcome
                ? "None ended like that."
                : "No review yet: the first one shows here when it has been given."}
            </p>
          ) : (
            page.next !== null && (
              <div className="p-3 text-center">
                <Button onClick={() => void load(page.next ?? undefined, page.rows ?? [])}>Show more</Button>
              </div>
            )
          )
        }
      />
    </Panel>
  );
}
