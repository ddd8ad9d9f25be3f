/** The judge judges: each invariant finds what breaks it, and finds nothing in a sound run. */
import { expect, test } from "vitest";
import type { StoredFact } from "../../protocols/event.ts";
import {
  commandsTookEffect,
  oneHolder,
  owed,
  strikesAfter,
  strikesAreMisses,
  strikesAreTheirFault,
  submittedOnce,
  witnessesHeard,
} from "./invariants.ts";

const fact = (type: string, more: object) => ({ type, actor: "", at: "", trace: "", ...more }) as never;
const about = { application: "a", employee: "ada", assignment: 1 };
const assigned = fact("ReviewAssigned", { application: "a", employee: "ada", offer: { assignment: 1 } });
const again = fact("ReviewAssigned", { application: "a", employee: "ben", offer: { assignment: 2 } });
const missed = fact("ReviewEnded", { ...about, outcome: "missed", strike: true });
const struck = fact("StrikeRecorded", { ...about, count: 1 });
const said = (n: number) => fact("CandidateRegistered", { profile: { id: "w", name: `v${n}` } });

test("two holders at a time are found, one after the other are not", () => {
  expect(oneHolder([assigned, missed, again])).toEqual([]);
  expect(oneHolder([assigned, again, missed])).not.toEqual([]);
});

test("a strike needs its miss, a miss its judgement, and each only once", () => {
  const excused = fact("MissExcused", { employee: about.employee, entry: about });
  expect(strikesAreMisses([assigned, missed, excused])).toEqual([]);
  expect(strikesAreMisses([missed, struck, excused])).not.toEqual([]);
  const voided = fact("StrikeVoided", { employee: about.employee, entry: about });
  expect(strikesAfter(voided, strikesAfter(struck, 0) ?? 9)).toBe(0);
  // What unlocks has said of each strike that it counts no more.
  const unlocked = fact("EmployeeUnlocked", { employee: about.employee, by: "lena" });
  expect(strikesAfter(unlocked, 3)).toBeUndefined();
  expect(strikesAreMisses([assigned, missed, struck])).toEqual([]);
  expect(strikesAreMisses([assigned, missed])).toHaveLength(1);
  expect(strikesAreMisses([struck])).toHaveLength(1);
  expect(strikesAreMisses([missed, struck, struck])).not.toEqual([]);
  // What the application says is no strike is judged all the same.
  const blameless = fact("ReviewEnded", { ...about, outcome: "missed", strike: false });
  expect(strikesAreMisses([blameless])).toHaveLength(1);
  expect(strikesAreMisses([blameless, struck])).toHaveLength(1);
});

test("a strike that the people's own notes contradict is found", () => {
  const notes = { acknowledged: [], attempts: [], missed: [] };
  const tried = (ms: number) => ({
    ...notes,
    attempts: [{ ...about, firstTriedAt: 20_000 - ms, deadlineAt: 20_000 }],
  });
  expect(strikesAreTheirFault([missed, struck], { ...notes, missed: [about] })).toEqual([]);
  expect(strikesAreTheirFault([missed, struck], notes)).toHaveLength(1);
  expect(strikesAreTheirFault([missed, struck], tried(15_000))).toHaveLength(1);
  expect(strikesAreTheirFault([missed, struck], tried(1_000))).toEqual([]);
  const voided = fact("StrikeVoided", { employee: about.employee, entry: about });
  expect(strikesAreTheirFault([missed, struck, voided], tried(15_000))).toEqual([]);
  const cleared = fact("StrikeVoided", { employee: about.employee, entry: { ...about, state: "cleared" } });
  expect(strikesAreTheirFault([missed, struck, cleared], tried(15_000))).toHaveLength(1);
  const done = { command: "complete", ...about, resumeVersion: "v" } as const;
  expect(strikesAreTheirFault([missed, struck], { ...tried(1_000), acknowledged: [done] })).toHaveLength(1);
  const completed = fact("ReviewEnded", { ...about, outcome: "completed", strike: false });
  expect(strikesAreTheirFault([completed], { ...notes, missed: [about] })).toHaveLength(1);
});

test("what was acknowledged and has no fact is found", () => {
  const command = { command: "complete", ...about, resumeVersion: "v" } as const;
  const approved = fact("ApplicationApproved", {
    application: "a",
    by: "employee",
    employee: "ada",
    resumeVersion: "v",
  });
  expect(commandsTookEffect([approved], [command])).toEqual([]);
  expect(commandsTookEffect([], [command])).toHaveLength(1);
  const draft = { command: "draft", ...about, resumeVersion: "v" } as const;
  const saved = fact("DraftSaved", { ...about, resumeVersion: "v" });
  expect(commandsTookEffect([missed, saved], [draft])).toEqual([]);
  expect(commandsTookEffect([missed], [draft])).toHaveLength(1);
});

test("a witness's number that is lost, doubled or out of order is found", () => {
  const three = new Map([["w", 3]]);
  expect(witnessesHeard([said(1), said(2), said(3)], three)).toEqual([]);
  for (const wrong of [
    [said(1), said(3)],
    [said(1), said(2), said(2), said(3)],
    [said(2), said(1), said(3)],
    [said(1), said(2)],
  ])
    expect(witnessesHeard(wrong, three)).toHaveLength(1);
});

test("a second submission, a refused one, and one that we don't know of are found", () => {
  const received = { email: "e", openingId: 1, reference: "R1" };
  const confirmed = fact("ApplicationSubmitted", { application: "a", proof: { reference: "R1" } });
  expect(submittedOnce([confirmed], [received], [])).toEqual([]);
  expect(submittedOnce([confirmed], [received, { ...received, reference: "R2" }], [])).not.toEqual([]);
  expect(submittedOnce([confirmed], [received], [{ reference: "R1" }])).toHaveLength(1);
  const cutOff = { ...received, confirmationLost: true };
  expect(submittedOnce([], [cutOff], [{ reference: "R1" }])).toEqual([]);
  expect(submittedOnce([], [cutOff], [{ reference: "R1" }, { reference: "R1" }])).toHaveLength(1);
  expect(submittedOnce([], [received], [])).toHaveLength(1);
});

test("an application that nobody works on is owed", () => {
  const facts: StoredFact[] = [assigned];
  expect(owed(facts)).toHaveLength(1);
  expect(owed([...facts, fact("ApplicationRejected", { application: "a" })])).toEqual([]);
});
