/** Misses by person: who waits for a decision, who is one strike from it, and who else missed something. */
import type { EmployeeRow } from "../../../../protocols/api/http.ts";
import type { MissRow } from "../../../../protocols/api/misses.ts";

export interface Case {
  readonly employee: string;
  readonly name: string;
  readonly locked: boolean;
  readonly strikes: number;
  /** Newest first. */
  readonly misses: readonly MissRow[];
}

const lastOf = ({ misses }: Case) => misses[0]?.endedAt ?? 0;

/** In each list who has waited longest is first; the rest newest first. */
export function casesOf(misses: readonly MissRow[], people: readonly EmployeeRow[]) {
  const byPerson = new Map<string, MissRow[]>();
  for (const miss of misses) byPerson.set(miss.employee, [...(byPerson.get(miss.employee) ?? []), miss]);
  for (const { employee, status } of people)
    if (status === "locked" && !byPerson.has(employee)) byPerson.set(employee, []);
  const cases = [...byPerson].map(([employee, all]): Case => {
    const person = people.find((row) => row.employee === employee);
    return {
      employee,
      name: person?.name ?? all[0]?.name ?? employee,
      locked: person?.status === "locked",
      strikes: person?.strikes ?? 0,
      misses: all,
    };
  });
  return {
    needsYou: cases.filter(({ locked }) => locked).sort((a, b) => lastOf(a) - lastOf(b)),
    warned: cases
      .filter(({ locked, strikes }) => !locked && strikes === 3)
      .sort((a, b) => lastOf(a) - lastOf(b)),
    rest: cases
      .filter(({ locked, strikes }) => !locked && strikes !== 3)
      .sort((a, b) => lastOf(b) - lastOf(a)),
  };
}
