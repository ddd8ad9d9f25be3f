/** People: everybody with how they stand and what they did in the last seven days; one of them in full. */
import { useCallback, useState } from "react";
import type { PersonFigures } from "../../../../protocols/api/history.ts";
import type { EmployeeRow } from "../../../../protocols/api/http.ts";
import { call } from "../../api/call.ts";
import { type Column, DataTable } from "../../components/data-table.tsx";
import { FindField } from "../../components/find-field.tsx";
import { NobodyListed } from "../../components/nobody-listed.tsx";
import { Panel } from "../../components/panel.tsx";
import { percent } from "../../components/percent.ts";
import { PersonStateMark } from "../../components/person-state.tsx";
import { Standing } from "../../components/standing.tsx";
import type { PageProps } from "../../pages.tsx";
import { useNow } from "../../state/clock.ts";
import { asQuery, lastDays, midnight } from "../../state/days.ts";
import { floor } from "../../state/floor.ts";
import { usePolled } from "../../state/polled.ts";
import { linkTo } from "../../state/route.ts";
import { useStore } from "../../state/store.ts";
import { duration } from "../../state/time-text.ts";
import { personState } from "../floor/person-card.tsx";
import { PersonPage } from "./person-page.tsx";

interface Row {
  readonly person: EmployeeRow;
  readonly figures: PersonFigures | undefined;
}

export function PeoplePage({ of }: PageProps) {
  return of === "" ? <PeopleList /> : <PersonPage key={of} employee={of} />;
}

const columns: ReadonlyArray<Column<Row>> = [
  {
    name: "Name",
    cell: ({ person }) => (
      <a
        className="text-accent-text rounded font-medium hover:underline"
        href={linkTo("people", person.employee)}
      >
        {person.name}
      </a>
    ),
  },
  { name: "Now", width: "10rem", cell: ({ person }) => <PersonStateMark state={personState(person)} /> },
  {
    name: "In hand",
    cell: ({ person }) => <span className="text-ink-soft">{person.offer?.title ?? "–"}</span>,
  },
  { name: "Standing", width: "8rem", cell: ({ person }) => <Standing of={person} /> },
  { name: "Done", width: "5rem", right: true, cell: ({ figures }) => figures?.done ?? 0 },
  { name: "On time", width: "6rem", right: true, cell: ({ figures }) => percent(figures?.onTimeRate) },
  {
    name: "Median",
    width: "6rem",
    right: true,
    cell: ({ figures }) => (figures?.medianMs == null ? "–" : duration(figures.medianMs)),
  },
  { name: "Missed", width: "6rem", right: true, cell: ({ figures }) => figures?.missed ?? 0 },
  {
    name: "Returned",
    width: "6rem",
    right: true,
    // More than one in twenty is worth a word with them; it is no strike.
    cell: ({ figures }) => (
      <span className={(figures?.returnedRate ?? 0) >= 0.05 ? "text-warn-text" : ""}>
        {percent(figures?.returnedRate)}
      </span>
    ),
  },
];

function PeopleList() {
  const people = useStore(floor, (now) => now.employees);
  const known = useStore(floor, (now) => now.known);
  const [find, setFind] = useState("");
  const today = midnight(useNow());
  const ask = useCallback(
    () => call("teamFigures", { query: asQuery({ from: lastDays(today, 7).from, to: Date.now() }) }),
    [today],
  );
  const figures = usePolled(ask, 15_000);
  const byId = new Map(figures.value?.items.map((one) => [one.employee, one]));
  const rows = people
    .filter(({ name, email }) => `${name} ${email}`.toLowerCase().includes(find.toLowerCase()))
    .sort((a, b) => a.name.localeCompare(b.name))
    .map((person) => ({ person, figures: byId.get(person.employee) }));
  return (
    <div className="mx-auto w-full max-w-[100rem] p-5">
      <h1 className="sr-only">People</h1>
      <Panel
        title="People"
        testId="people"
        asOf={figures.at}
        problem={figures.problem}
        detail={`${people.length}, with their last seven days`}
        aside={<FindField label="Find a person" hint="name" value={find} onChange={setFind} />}
      >
        <DataTable
          label="People"
          columns={columns}
          rows={rows}
          keyOf={({ person }) => person.employee}
          maxHeight={48}
          foot={rows.length === 0 && <NobodyListed known={known} find={find} />}
        />
      </Panel>
    </div>
  );
}
