/** M1, the floor: the figures, who waits for a decision, the people, and what has just happened. */
import { useMemo } from "react";
import { EventsPanel } from "../../components/events-panel.tsx";
import { KpiTiles, LiveTiles } from "../../components/metric-tiles.tsx";
import { floor } from "../../state/floor.ts";
import { useLive } from "../../state/freshness.ts";
import { useStore } from "../../state/store.ts";
import { ApplicationsPanel } from "../applications/applications-panel.tsx";
import { NeedsYou } from "./needs-you.tsx";
import { byUrgency } from "./people-order.ts";
import { PersonCard, personState } from "./person-card.tsx";

export function FloorPage() {
  const employees = useStore(floor, (now) => now.employees);
  const facts = useStore(floor, (now) => now.facts);
  const known = useStore(floor, (now) => now.known);
  const stale = !useLive();
  const people = useMemo(() => byUrgency(employees), [employees]);
  const count = (state: string) => employees.filter((row) => personState(row) === state).length;
  return (
    <div className="mx-auto w-full max-w-[100rem] space-y-5 p-5">
      <h1 className="sr-only">Floor</h1>
      <section aria-label="Figures" className="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-5">
        <LiveTiles />
        <KpiTiles />
      </section>
      <NeedsYou />
      <section aria-labelledby="people-title" className={stale ? "stale rounded-xl" : ""}>
        <div className="mb-2 flex flex-wrap items-baseline gap-x-4">
          <h2 id="people-title" className="text-base font-semibold">
            People
          </h2>
          <p className="text-ink-soft" data-testid="people-summary">
            {count("on-task")} on task · {count("available")} available · {count("reconnecting")} reconnecting
            · {count("locked")} locked · {count("offline")} offline
          </p>
        </div>
        {people.length === 0 ? (
          <p className="panel text-ink-soft p-4">
            {known ? "There are no employees yet." : "Asking who is there…"}
          </p>
        ) : (
          <ul className="grid grid-cols-[repeat(auto-fill,minmax(17rem,1fr))] gap-4">
            {people.map((row) => (
              <PersonCard key={row.employee} row={row} />
            ))}
          </ul>
        )}
      </section>
      <div className="grid grid-cols-1 gap-5 xl:grid-cols-[1.7fr_1fr]">
        <ApplicationsPanel canDecide />
        <EventsPanel facts={facts} empty="Nothing has happened yet. The first posting will show here." />
      </div>
    </div>
  );
}
