/** M2, the queue: what waits, next first, each with what happens to it next: the proof that nothing is stuck. */
import { useCallback, useState } from "react";
import type { QueueRow } from "../../../../protocols/api/queues.ts";
import { call } from "../../api/call.ts";
import { type Column, DataTable } from "../../components/data-table.tsx";
import { FindField } from "../../components/find-field.tsx";
import { Notice } from "../../components/notice.tsx";
import { Panel } from "../../components/panel.tsx";
import { useNow } from "../../state/clock.ts";
import { floor } from "../../state/floor.ts";
import { usePolled } from "../../state/polled.ts";
import { useShortcuts } from "../../state/shortcuts.ts";
import { useStore } from "../../state/store.ts";
import { duration } from "../../state/time-text.ts";
import { ApplicationSheet } from "../applications/application-sheet.tsx";
import { BulkActions } from "./bulk-actions.tsx";
import { PauseSwitch } from "./pause-switch.tsx";

const queue = "main";
const mostPages = 5;

async function askQueue() {
  const state = await call("queue", { params: { queue } });
  const rows: QueueRow[] = [];
  let cursor: string | undefined;
  for (let i = 0; i < mostPages; i++) {
    const page = await call("queued", { params: { queue }, query: { limit: "200", cursor } });
    rows.push(...page.items);
    cursor = page.next ?? undefined;
    if (cursor === undefined) break;
  }
  return { state, rows };
}

export function QueuePage() {
  const ask = useCallback(askQueue, []);
  const polled = usePolled(ask, 4_000);
  const people = useStore(floor, (now) => now.employees);
  const [find, setFind] = useState("");
  const [open, setOpen] = useState<string | null>(null);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  /** Stays when those that were refused have left the list. */
  const [refused, setRefused] = useState("");
  const now = useNow();
  const clear = () => setPicked(new Set());
  useShortcuts(picked.size > 0 ? { Escape: clear } : {});
  const state = polled.value?.state;
  const waiting = polled.value?.rows ?? [];
  // One that has been given out or decided since is not acted on.
  const chosen = waiting.filter(({ application }) => picked.has(application));
  const rows = waiting.filter((row) =>
    `${row.title} ${row.company}`.toLowerCase().includes(find.toLowerCase()),
  );
  const nameOf = (id: string) => people.find(({ employee }) => employee === id)?.name ?? id;
  const pick = (application: string, on: boolean) => {
    setRefused("");
    setPicked(
      (all) => new Set([...[...all].filter((one) => one !== application), ...(on ? [application] : [])]),
    );
  };
  const columns: ReadonlyArray<Column<QueueRow>> = [
    {
      name: "Pick",
      width: "3.5rem",
      cell: ({ application, title }) => (
        <input
          type="checkbox"
          aria-label={`Pick ${title}`}
          className="accent-accent size-4"
          checked={picked.has(application)}
          onChange={(event) => pick(application, event.target.checked)}
        />
      ),
    },
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
    {
      name: "Priority",
      width: "6rem",
      cell: ({ priority, level }) => `P${priority}${level === priority ? "" : ` → P${level}`}`,
    },
    { name: "Waited", width: "6rem", right: true, cell: ({ requestedAt }) => duration(now - requestedAt) },
    {
      name: "Misses",
      width: "9rem",
      cell: ({ misses, excluded }) => `${misses}${excluded ? ` (not ${nameOf(excluded)})` : ""}`,
    },
    {
      name: "Next action",
      cell: ({ nextAction, status }) => (status === "escalated" ? `▲ ${nextAction}` : nextAction),
    },
  ];
  return (
    <div className="mx-auto w-full max-w-[110rem] space-y-4 p-5">
      <h1 className="sr-only">Queue</h1>
      {state?.paused && (
        <Notice tone="warn">
          Nothing is given out: {state.paused.reason} ({nameOf(state.paused.by)})
        </Notice>
      )}
      {state?.nobodyEligible && <Notice tone="warn">{noReviewer(people)}</Notice>}
      <Panel
        title="Queue"
        testId="queue"
        asOf={polled.at}
        problem={polled.problem}
        detail={
          state
            ? `${state.waiting} waiting · ${state.live} with somebody · ${state.escalated} escalated${state.oldestAt === null ? "" : ` · the oldest waits ${duration(now - state.oldestAt)}`}`
            : "asking…"
        }
        aside={
          <>
            <FindField label="Find a review" hint="posting, company" value={find} onChange={setFind} />
            <PauseSwitch queue={queue} paused={state?.paused != null} onDone={polled.reload} />
          </>
        }
      >
        <DataTable
          label="Queue"
          columns={columns}
          rows={rows}
          keyOf={({ application }) => application}
          rowHeight={2.8}
          maxHeight={44}
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
        {chosen.length === 0 && refused && (
          <div className="p-4">
            <Notice tone="warn" role="alert">
              {refused}
            </Notice>
          </div>
        )}
        {chosen.length > 0 && (
          <BulkActions
            reviews={chosen}
            people={people}
            onDone={(done, problem) => {
              setRefused(problem);
              setPicked((all) => new Set([...all].filter((one) => !done.includes(one))));
              polled.reload();
            }}
          />
        )}
      </Panel>
      {open && <ApplicationSheet application={open} canDecide onClose={() => setOpen(null)} />}
    </div>
  );
}

/** Who could, but cannot now. */
function noReviewer(people: ReadonlyArray<{ readonly status: string }>): string {
  const count = (status: string) => people.filter((row) => row.status === status).length;
  const locked = count("locked");
  return `No eligible reviewer: ${count("away")} offline, ${count("break")} on a break, ${locked} locked. Reviews wait, and nobody gets a strike for it.${locked > 0 ? " Decide about who is locked under Strikes." : ""}`;
}
