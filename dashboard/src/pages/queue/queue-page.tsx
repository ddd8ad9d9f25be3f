/** M2, the queue: every review that is not over, with what happens to it next. The proof that nothing is stuck. */
import { useCallback, useState } from "react";
import type { ApplicationRow } from "../../../../protocols/api/http.ts";
import { call } from "../../api/call.ts";
import { ApplicationStatus } from "../../components/application-status.tsx";
import { type Column, DataTable } from "../../components/data-table.tsx";
import { Notice } from "../../components/notice.tsx";
import { Panel } from "../../components/panel.tsx";
import { useNow } from "../../state/clock.ts";
import { floor } from "../../state/floor.ts";
import { usePolled } from "../../state/polled.ts";
import { useStore } from "../../state/store.ts";
import { duration } from "../../state/time-text.ts";
import { ApplicationSheet } from "../applications/application-sheet.tsx";
import { nextAction, noReviewer } from "./next-action.ts";

/** What a person has or must look at, the most urgent first. */
const statuses = ["uncertain", "reviewing", "assigning", "waiting", "ready"] as const;
const mostPages = 5;

async function askAll(): Promise<{ rows: ApplicationRow[]; more: boolean }> {
  const rows: ApplicationRow[] = [];
  let more = false;
  for (const status of statuses) {
    let cursor: string | undefined;
    const of: ApplicationRow[] = [];
    for (let i = 0; i < mostPages; i++) {
      const page = await call("applications", { query: { status, limit: "200", cursor } });
      of.push(...page.items);
      cursor = page.next ?? undefined;
      if (cursor === undefined) break;
    }
    more ||= cursor !== undefined;
    rows.push(...of.sort((a, b) => a.updatedAt - b.updatedAt));
  }
  return { rows, more };
}

export function QueuePage() {
  const ask = useCallback(askAll, []);
  const polled = usePolled(ask, 4_000);
  const people = useStore(floor, (now) => now.employees);
  const [find, setFind] = useState("");
  const [open, setOpen] = useState<string | null>(null);
  const now = useNow();
  const all = polled.value?.rows ?? [];
  const rows = all.filter((row) =>
    `${row.title} ${row.company} ${row.candidateName}`.toLowerCase().includes(find.toLowerCase()),
  );
  const waiting = all
    .filter(({ status }) => status === "waiting")
    .sort((a, b) => a.updatedAt - b.updatedAt)
    .map(({ application }) => application);
  const count = (status: string) => all.filter((row) => row.status === status).length;
  const problem = waiting.length > 0 ? noReviewer(people) : "";
  const columns: ReadonlyArray<Column<ApplicationRow>> = [
    {
      name: "Posting",
      cell: ({ application, title, company }) => (
        <>
          <button
            type="button"
            className="text-accent-text rounded text-left font-medium hover:underline"
            onClick={() => setOpen(application)}
          >
            {title}
          </button>{" "}
          <span className="text-ink-soft">{company}</span>
        </>
      ),
    },
    { name: "Candidate", width: "10rem", cell: ({ candidateName }) => candidateName },
    { name: "Score", width: "4.5rem", right: true, cell: ({ score }) => score.toFixed(1) },
    { name: "State", width: "12rem", cell: ({ status }) => <ApplicationStatus status={status} /> },
    { name: "For", width: "6rem", right: true, cell: ({ updatedAt }) => duration(now - updatedAt) },
    { name: "Next action", cell: (row) => nextAction(row, { people, waiting, now }) },
  ];
  return (
    <div className="mx-auto w-full max-w-[110rem] space-y-4 p-5">
      <h1 className="sr-only">Queue</h1>
      {problem && <Notice tone="warn">{problem}</Notice>}
      <Panel
        title="Queue"
        testId="queue"
        asOf={polled.at}
        problem={polled.problem}
        detail={
          polled.value
            ? `${waiting.length} waiting · ${count("reviewing") + count("assigning")} with somebody · ${count("uncertain") + count("ready")} need you${polled.value.more ? " · the oldest of more" : ""}`
            : "asking…"
        }
        aside={
          <input
            type="search"
            aria-label="Find a review"
            placeholder="/ posting, company, candidate"
            className="field w-72"
            value={find}
            onChange={(event) => setFind(event.target.value)}
          />
        }
      >
        <DataTable
          label="Queue"
          columns={columns}
          rows={rows}
          keyOf={({ application }) => application}
          rowHeight={2.8}
          maxHeight={50}
          foot={
            rows.length === 0 &&
            polled.value && (
              <p className="text-ink-soft p-4">
                {find
                  ? "None is called like that."
                  : "The queue is empty: what the machine can't decide comes here by itself."}
              </p>
            )
          }
        />
      </Panel>
      {open && <ApplicationSheet application={open} canDecide onClose={() => setOpen(null)} />}
    </div>
  );
}
