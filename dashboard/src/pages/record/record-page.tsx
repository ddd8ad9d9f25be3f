/** E5, my record: how I stand and why, what I did, and all my reviews. Nobody is ranked by name. */
import { DayTimeline } from "../../components/day-timeline.tsx";
import { MissList } from "../../components/miss-list.tsx";
import { Panel } from "../../components/panel.tsx";
import { PersonFigures } from "../../components/person-figures.tsx";
import { Standing } from "../../components/standing.tsx";
import { WorkHistory } from "../../components/work-history.tsx";
import { useLedger } from "../../state/my-ledger.ts";
import { mine } from "../../state/my-state.ts";
import { useStore } from "../../state/store.ts";

export function RecordPage() {
  const now = useStore(mine, (state) => state.now);
  return (
    <div className="mx-auto w-full max-w-6xl space-y-5 p-5" data-testid="record-page">
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h1 className="text-lg font-semibold">My record</h1>
        {now && <Standing of={now} withRule />}
      </div>
      <Panel title="What I did">
        <div className="space-y-4 p-4">
          <DayTimeline employee="me" label="My day" />
          <div className="grid gap-x-10 gap-y-4 lg:grid-cols-2">
            <PersonFigures employee="me" days={1} title="Today" />
            <PersonFigures employee="me" days={28} title="My last four weeks" />
          </div>
        </div>
      </Panel>
      <Strikes />
      <WorkHistory employee="me" title="Work history" />
    </div>
  );
}

function Strikes() {
  const { entries, at, problem, value, reload } = useLedger("me");
  return (
    <Panel title="Strikes and misses" testId="my-misses" asOf={at} problem={problem}>
      {entries.length === 0 ? (
        <p className="text-ink-soft p-4">
          {value
            ? "None. A review that runs out of time will stand here with what was recorded of it."
            : "Fetching…"}
        </p>
      ) : (
        <MissList entries={entries} onAppealed={reload} />
      )}
    </Panel>
  );
}
