import { expect, test } from "vitest";
import type { EmployeeRow, FactLine } from "../../../protocols/api/http.ts";
import { byUrgency } from "../pages/floor/people-order.ts";
import { person } from "../testkit/person.ts";
import { merged } from "./floor.ts";

const row = (employee: string, status: EmployeeRow["status"], deadlineAt?: number) =>
  person(
    employee,
    status,
    deadlineAt === undefined
      ? {}
      : {
          offer: {
            ...{ application: "a", assignment: 1, title: "t", company: "c", candidateName: "n" },
            ...{ score: 70, assignedAt: 0, deadlineAt },
          },
        },
  );
const fact = (seq: number): FactLine => ({ seq, at: seq, type: "X", actor: "a.b", about: "", fact: {} });

test("news replaces only the rows it holds, and the others keep their reference", () => {
  const [ada, bob] = [row("ada", "free"), row("bob", "away")];
  const busy = row("bob", "reviewing", 9);
  const after = merged(
    { known: true, employees: [ada, bob], facts: [fact(2), fact(1)] },
    { employees: [busy, row("cy", "free")], facts: [fact(3), fact(2)] },
  );
  expect(after.employees.map((e) => `${e.employee} ${e.status}`)).toEqual([
    "ada free",
    "bob reviewing",
    "cy free",
  ]);
  expect(after.employees[0]).toBe(ada);
  expect(after.facts.map((f) => f.seq)).toEqual([3, 2, 1]);
});

test("only the latest facts are kept", () => {
  const many = Array.from({ length: 80 }, (_, i) => fact(i));
  expect(
    merged({ known: true, employees: [], facts: [] }, { employees: [], facts: many }).facts,
  ).toHaveLength(50);
});

test("on the floor the locked come first, then those with the least time left", () => {
  const people = [row("a", "away"), row("b", "free"), row("c", "reviewing", 20), row("d", "reviewing", 10)];
  expect(byUrgency([...people, row("e", "locked")]).map((p) => p.employee)).toEqual([
    "e",
    "d",
    "c",
    "b",
    "a",
  ]);
});
