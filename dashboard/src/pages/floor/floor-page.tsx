/** M1, the floor, on one screen: the figures, the people by urgency, the head of the queue, and what has just happened. */
import { useMemo, useState } from "react";
import { EventsPanel } from "../../components/events-panel.tsx";
import { FindField } from "../../components/find-field.tsx";
import { KpiTiles, LiveTiles } from "../../components/metric-tiles.tsx";
import { NobodyListed } from "../../components/nobody-listed.tsx";
import { Panel } from "../../components/panel.tsx";
import { useNow } from "../../state/clock.ts";
import { floor } from "../../state/floor.ts";
import { freshness } from "../../state/freshness.ts";
import { useStableOrder } from "../../state/stable-order.ts";
import { useStore } from "../../state/store.ts";
import { NeedsYou } from "./needs-you.tsx";
import { byUrgency } from "./people-order.ts";
import { PersonCard, personState } from "./person-card.tsx";
import { PersonDrawer } from "./person-drawer.tsx";
import { QueueStrip } from "./queue-strip.tsx";

export function FloorPage() {
  const facts = useStore(floor, (now) => now.facts);
  const [open, setOpen] = useState<string | null>(null);
  const opened = useStore(floor, (now) => now.employees.find(({ employee }) => employee === open));
  return (
    <div className="mx-auto w-full max-w-[110rem] space-y-4 p-5">
      <h1 className="sr-only">Floor</h1>
      <section aria-label="Figures" className="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-5">
        <LiveTiles />
        <KpiTiles />
      </section>
      <NeedsYou />
      <div className="grid grid-cols-1 gap-4 xl:grid-cols-[1.9fr_1fr]">
        <div className="min-w-0 space-y-4">
          <People onOpen={setOpen} />
          <QueueStrip />
        </div>
        <EventsPanel
          facts={facts}
          empty="Nothing has happened yet. The first posting will show here."
          className="max-h-[40rem]"
        />
      </div>
      {opened && <PersonDrawer row={opened} onClose={() => setOpen(null)} />}
    </div>
  );
}

const nameOf = {
  "on-task": "on task",
  available: "available",
  reconnecting: "reconnecting",
  locked: "locked",
  offline: "offline",
} as const;

function People({ onOpen }: { onOpen: (employee: string) => void }) {
  const employees = useStore(floor, (now) => now.employees);
  const known = useStore(floor, (now) => now.known);
  const heardAt = useStore(freshness, (now) => now.heardAt);
  const [find, setFind] = useState("");
  const now = useNow();
  const wanted = useMemo(() => byUrgency(employees), [employees]);
  const people = useStableOrder(wanted, ({ employee }) => employee, now);
  const shown = people.filter(({ name }) => name.toLowerCase().includes(find.toLowerCase()));
  const count = (state: string) => employees.filter((row) => personState(row) === state).length;
  return (
    <Panel
      title="People"
      testId="people-panel"
      asOf={heardAt}
      detail={
        <span data-testid="people-summary">
          {(Object.keys(nameOf) as (keyof typeof nameOf)[])
            .map((state) => `${count(state)} ${nameOf[state]}`)
            .join(" · ")}
        </span>
      }
      aside={<FindField label="Find a person" hint="name" value={find} onChange={setFind} />}
    >
      {shown.length === 0 ? (
        <NobodyListed known={known} find={find} />
      ) : (
        <ul
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          aria-label="People by urgency"
          className="grid max-h-[26rem] grid-cols-[repeat(auto-fill,minmax(15rem,1fr))] gap-3 overflow-y-auto p-3"
        >
          {shown.map((row) => (
            <PersonCard key={row.employee} row={row} onOpen={onOpen} />
          ))}
        </ul>
      )}
    </Panel>
  );
}
