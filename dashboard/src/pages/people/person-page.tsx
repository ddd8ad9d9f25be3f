/** M3, one person: now, their day, their figures, how they stand, and what can be done; work and audit below. */
import { useState } from "react";
import { call } from "../../api/call.ts";
import { AuditTrail } from "../../components/audit-trail.tsx";
import { DayTimeline } from "../../components/day-timeline.tsx";
import { MissList } from "../../components/miss-list.tsx";
import { Panel } from "../../components/panel.tsx";
import { PersonFigures } from "../../components/person-figures.tsx";
import { PersonStateMark } from "../../components/person-state.tsx";
import { ReasonForm } from "../../components/reason-form.tsx";
import { Standing } from "../../components/standing.tsx";
import { Tabs } from "../../components/tabs.tsx";
import { WorkHistory } from "../../components/work-history.tsx";
import { floor } from "../../state/floor.ts";
import { useLedger } from "../../state/my-ledger.ts";
import { linkTo } from "../../state/route.ts";
import { useStore } from "../../state/store.ts";
import { InHand, personState } from "../floor/person-card.tsx";
import { ProfileForm } from "./profile-form.tsx";

const tabs = ["Work", "Strikes", "Settings", "Audit"] as const;

export function PersonPage({ employee }: { employee: string }) {
  const people = useStore(floor, (now) => now.employees);
  const known = useStore(floor, (now) => now.known);
  const [tab, setTab] = useState<(typeof tabs)[number]>("Work");
  const person = people.find((row) => row.employee === employee);
  return (
    <div className="mx-auto w-full max-w-[100rem] space-y-5 p-5" data-testid="person-page">
      <div className="flex flex-wrap items-baseline gap-3">
        <h1 className="flex items-baseline gap-3 text-lg font-semibold">
          <a className="text-accent-text font-normal hover:underline" href={linkTo("people")}>
            People
          </a>
          <span aria-hidden="true" className="text-ink-soft">
            ›
          </span>
          {person?.name ?? employee}
        </h1>
        {person && <PersonStateMark state={personState(person)} />}
        {!person && known && <span className="text-ink-soft">is not among the employees (any more).</span>}
      </div>
      <Panel title="Today">
        <div className="space-y-4 p-4">
          <DayTimeline employee={employee} label={`The day of ${person?.name ?? employee}`} />
          {person?.offer && <InHand offer={person.offer} />}
          <div className="grid gap-x-10 gap-y-4 lg:grid-cols-2">
            <PersonFigures employee={employee} days={1} title="Today" />
            <PersonFigures employee={employee} days={7} title="Seven days" />
          </div>
          {person && <Standing of={person} withRule />}
          {person?.status === "locked" && (
            <ReasonForm
              label={`Your decision about ${person.name}; they read it.`}
              choices={[
                {
                  name: "Unlock",
                  act: (reason) => call("unlock", { params: { employee }, body: { reason } }),
                },
              ]}
            />
          )}
        </div>
      </Panel>
      <Tabs names={tabs} chosen={tab} onChoose={setTab} label="More about this person">
        {tab === "Work" ? (
          <WorkHistory employee={employee} title="Work" />
        ) : tab === "Strikes" ? (
          <Misses employee={employee} />
        ) : tab === "Settings" ? (
          <Panel title="Settings" detail="capacity, accommodation, skills, status">
            {person ? <ProfileForm person={person} /> : <p className="text-ink-soft p-4">Asking…</p>}
          </Panel>
        ) : (
          <Panel title="Audit" detail="what was done about this person">
            <AuditTrail about={employee} maxHeight={28} />
          </Panel>
        )}
      </Tabs>
    </div>
  );
}

function Misses({ employee }: { employee: string }) {
  const { entries, at, problem, value } = useLedger(employee);
  return (
    <Panel title="Strikes and misses" asOf={at} problem={problem}>
      {entries.length === 0 ? (
        <p className="text-ink-soft p-4">{value ? "Nothing was missed." : "Fetching…"}</p>
      ) : (
        <MissList entries={entries} />
      )}
    </Panel>
  );
}
