/** What I did today: figures, my day as a band, and my last five reviews. */
import { useCallback } from "react";
import { call } from "../../api/call.ts";
import { DayTimeline } from "../../components/day-timeline.tsx";
import { Outcome } from "../../components/outcome.tsx";
import { Panel } from "../../components/panel.tsx";
import { PersonFigures } from "../../components/person-figures.tsx";
import { usePolled } from "../../state/polled.ts";
import { linkTo } from "../../state/route.ts";
import { duration, shortTime } from "../../state/time-text.ts";

export function MyToday() {
  return (
    <Panel title="Today">
      <div className="space-y-5 p-5">
        <PersonFigures employee="me" days={1} title="Reviews" />
        <div>
          <h3 className="eyebrow mb-1">My day</h3>
          <DayTimeline employee="me" label="My day" />
        </div>
        <LastFive />
      </div>
    </Panel>
  );
}

function LastFive() {
  const ask = useCallback(
    () => call("workHistory", { params: { employee: "me" }, query: { limit: "5" } }),
    [],
  );
  const { value, problem } = usePolled(ask, 15_000);
  const rows = value?.items ?? [];
  return (
    <div>
      <h3 className="eyebrow mb-1">Last five</h3>
      {rows.length === 0 ? (
        <p className="text-ink-soft">
          {problem || (value ? "Your first review will stand here." : "Fetching…")}
        </p>
      ) : (
        <ul className="divide-line divide-y">
          {rows.map((row) => (
            <li
              key={`${row.application} ${row.assignment}`}
              className="grid grid-cols-[4rem_1fr_7rem_8rem] gap-3 py-1.5"
            >
              <span className="text-ink-soft">{shortTime(row.assignedAt)}</span>
              <span className="truncate">
                {row.title} · {row.company}
              </span>
              <Outcome row={row} />
              <span className="text-ink-soft text-right">
                {row.heldMs === null ? "" : `${duration(row.heldMs)} of ${duration(row.allowedMs)}`}
              </span>
            </li>
          ))}
        </ul>
      )}
      <a className="text-accent-text mt-2 inline-block rounded hover:underline" href={linkTo("record")}>
        My record
      </a>
    </div>
  );
}
