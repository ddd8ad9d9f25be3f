/** What was done to whom, by whom and why, newest first; read only. */
import { useEffect, useState } from "react";
import type { AuditLine } from "../../../protocols/api/accounts.ts";
import { call } from "../api/call.ts";
import { useNow } from "../state/clock.ts";
import { moment } from "../state/time-text.ts";
import { useAttempt } from "../state/use-attempt.ts";
import { Button } from "./button.tsx";
import { type Column, DataTable } from "./data-table.tsx";

interface Props {
  /** Only what this account did, or what was done about this object. */
  readonly by?: string | undefined;
  readonly about?: string | undefined;
  readonly maxHeight?: number;
}

/** "switchApplier" -> "Switch applier". */
const words = (action: string) => {
  const spaced = action.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
};

const columnsAt = (now: number): ReadonlyArray<Column<AuditLine>> => [
  { name: "When", width: "8rem", cell: ({ at }) => moment(at, now) },
  {
    name: "Who",
    width: "9rem",
    cell: ({ byName, role }) => (
      <>
        {byName} <span className="text-ink-soft text-[13px]">{role}</span>
      </>
    ),
  },
  { name: "What", width: "11rem", cell: ({ action }) => words(action) },
  { name: "About", width: "14rem", cell: ({ about }) => <span className="break-all">{about}</span> },
  { name: "Why", cell: ({ reason }) => reason },
  {
    name: "Outcome",
    width: "6rem",
    cell: ({ outcome }) =>
      outcome !== null && outcome < 300 ? (
        <span className="text-good-text">✓ done</span>
      ) : (
        <span className="text-warn-text">{outcome === null ? "? unknown" : `✕ ${outcome}`}</span>
      ),
  },
];

export function AuditTrail({ by, about, maxHeight = 40 }: Props) {
  const now = useNow();
  const [page, setPage] = useState<{ rows: readonly AuditLine[] | null; next: string | null }>({
    rows: null,
    next: null,
  });
  const { problem, attempt } = useAttempt();
  const load = (cursor: string | undefined, before: readonly AuditLine[]) =>
    attempt(async () => {
      const found = await call("audit", { query: { limit: "100", cursor, by, about } });
      setPage({ rows: [...before, ...found.items], next: found.next });
    });
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew when the filter changes
  useEffect(() => void load(undefined, []), [by, about]);
  return (
    <DataTable
      label="Audit trail"
      testId="audit"
      columns={columnsAt(now)}
      rows={page.rows ?? []}
      keyOf={(row) => String(row.number)}
      maxHeight={maxHeight}
      foot={
        problem ? (
          <p role="alert" className="text-bad-text p-4">
            {problem}
          </p>
        ) : page.rows === null ? (
          <p className="text-ink-soft p-4">Fetching…</p>
        ) : page.rows.length === 0 ? (
          <p className="text-ink-soft p-4">
            Nothing yet. Every decision of a manager or of ops will stand here with its reason.
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
  );
}
