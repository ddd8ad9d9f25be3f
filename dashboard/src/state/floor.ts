/** The manager's floor: everybody with their state, and the latest facts. Changes are merged by id and number. */
import type { EmployeeRow, FactLine } from "../../../protocols/api/http.ts";
import type { Floor } from "../../../protocols/api/socket.ts";
import { createStore } from "./store.ts";

const keptFacts = 50;

interface FloorState {
  readonly known: boolean;
  readonly employees: readonly EmployeeRow[];
  /** Newest first. */
  readonly facts: readonly FactLine[];
}

export const floor = createStore<FloorState>({ known: false, employees: [], facts: [] });

export function floorHeard(heard: Floor, whole: boolean): void {
  floor.set((before) => (whole ? { known: true, ...heard } : merged(before, heard)));
}

/** A row keeps its reference unless it is news, so that only the cards that changed are drawn again. */
export function merged(before: FloorState, news: Floor): FloorState {
  const changed = new Map(news.employees.map((row) => [row.employee, row]));
  const known = new Set(before.employees.map((row) => row.employee));
  const seqs = new Set(before.facts.map((fact) => fact.seq));
  return {
    known: before.known,
    employees: [
      ...before.employees.map((row) => changed.get(row.employee) ?? row),
      ...news.employees.filter((row) => !known.has(row.employee)),
    ],
    facts: [...news.facts.filter((fact) => !seqs.has(fact.seq)), ...before.facts]
      .sort((a, b) => b.seq - a.seq)
      .slice(0, keptFacts),
  };
}
