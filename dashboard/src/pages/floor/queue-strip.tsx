/** The head of the queue under the people: how many wait, the longest first. */
import { useCallback } from "react";
import { call } from "../../api/call.ts";
import { Panel } from "../../components/panel.tsx";
import { useNow } from "../../state/clock.ts";
import { floor } from "../../state/floor.ts";
import { metrics } from "../../state/metrics.ts";
import { usePolled } from "../../state/polled.ts";
import { linkTo } from "../../state/route.ts";
import { useStore } from "../../state/store.ts";
import { duration } from "../../state/time-text.ts";

export function QueueStrip() {
  const ask = useCallback(() => call("applications", { query: { status: "waiting", limit: "200" } }), []);
  const { value, at, problem } = usePolled(ask, 4_000);
  const live = useStore(metrics, (now) => now.live);
  const free = useStore(floor, (now) => now.employees.filter(({ status }) => status === "free").length);
  const now = useNow();
  const rows = [...(value?.items ?? [])].sort((a, b) => a.updatedAt - b.updatedAt);
  const oldest = rows[0];
  return (
    <Panel
      title="Queue"
      testId="queue-strip"
      asOf={at}
      problem={problem}
      detail={
        value &&
        (rows.length === 0
          ? "empty"
          : `${rows.length}${value.next === null ? "" : " or more"} wait${oldest ? `, the longest for ${duration(now - oldest.updatedAt)}` : ""}`)
      }
      aside={
        <a className="text-accent-text rounded hover:underline" href={linkTo("queue")}>
          All
        </a>
      }
    >
      {rows.length > 0 && free === 0 && (
        <p className="text-warn-text px-4 pt-2">
          <span aria-hidden="true">▲ </span>
          Nobody is free: the next review is given when somebody finishes or goes online.
        </p>
      )}
      {value && rows.length === 0 ? (
        <p className="text-ink-soft p-4">
          No review waits.{" "}
          {live &&
            `${live.activeScrapers} scrapers find ${Math.round(live.jobsFoundPerMinute)} jobs a minute; what the machine can't decide comes here.`}
        </p>
      ) : (
        <ul className="divide-line divide-y">
          {rows.slice(0, 5).map((row) => (
            <li key={row.application} className="grid grid-cols-[4.5rem_1fr_auto] gap-3 px-4 py-1.5">
              <span className="font-semibold">{duration(now - row.updatedAt)}</span>
              <span className="truncate">
                {row.title} · {row.company} <span className="text-ink-soft">{row.reason}</span>
              </span>
              <span className="text-ink-soft">{row.score.toFixed(1)}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
