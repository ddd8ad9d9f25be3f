/** What happened, newest first, one readable line each. */
import { useMemo } from "react";
import type { FactLine } from "../../../protocols/api/http.ts";
import { useNow } from "../state/clock.ts";
import { floor } from "../state/floor.ts";
import { useStore } from "../state/store.ts";
import { moment } from "../state/time-text.ts";
import { factWords, jobsIn, readableId, unknownWork } from "./fact-words.ts";

export function FactList({ facts, empty }: { facts: readonly FactLine[]; empty: string }) {
  const now = useNow();
  const people = useStore(floor, (state) => state.employees);
  const names = useMemo(() => {
    const persons = new Map(people.map(({ employee, name }) => [employee, name]));
    const jobs = jobsIn(facts);
    return {
      person: (id: string) => persons.get(id) ?? readableId(id),
      application: (id: string) => jobs.get(id) ?? unknownWork(id),
    };
  }, [facts, people]);
  if (facts.length === 0) return <p className="text-ink-soft p-4">{empty}</p>;
  return (
    <ol className="divide-line divide-y" data-testid="fact-list">
      {facts.map((fact) => (
        <li key={fact.seq} className="flex gap-3 px-4 py-1" data-fact={fact.type}>
          <time className="text-ink-soft shrink-0" dateTime={new Date(fact.at).toISOString()}>
            {moment(fact.at, now)}
          </time>
          <span className="min-w-0 flex-1 break-words">{factWords(fact, names)}</span>
        </li>
      ))}
    </ol>
  );
}
