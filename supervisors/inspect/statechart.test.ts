import { expect, test } from "vitest";
import { dispatcherMachine } from "../../actors/dispatcher/machine.ts";
import { employeeMachine } from "../../actors/employee/machine.ts";
import { pulseMachine } from "../../actors/pulse/machine.ts";
import { kinds } from "../../protocols/address.ts";
import { machineOf } from "./machines.ts";
import { redacted } from "./redact.ts";
import { activePaths, chartOf } from "./statechart.ts";

test("a machine's states, steps, tasks and times are drawn as its author named them", () => {
  const { states, steps } = chartOf(dispatcherMachine);
  expect(states.find(({ path }) => path === "matching.taking")).toMatchObject({
    parent: "matching",
    type: "atomic",
    initial: false,
    tasks: ["takeReview"],
  });
  expect(states.find(({ path }) => path === "matching.idle")?.initial).toBe(true);
  expect(steps).toContainEqual({
    from: "matching.backingOff",
    to: "matching.idle",
    on: "after backOff",
    guard: null,
  });
  expect(steps).toContainEqual({
    from: "matching.taking",
    to: "matching.backingOff",
    on: "takeReview failed",
    guard: null,
  });
  expect(steps.filter(({ to }) => to === "matching.taking")).toEqual([
    { from: "matching.idle", to: "matching.taking", on: "", guard: "wantsReview" },
  ]);
});

test("a task without a name ends as done or failed, in no words of the library", () => {
  const { steps } = chartOf(pulseMachine);
  expect(steps.filter(({ from }) => from === "reading").map(({ on }) => on)).toEqual(["done", "failed"]);
  for (const kind of kinds)
    for (const n of [1, 2, 3, 4, 5]) {
      const machine = machineOf(`${kind}@${n}`);
      if (machine !== null) for (const { on } of chartOf(machine).steps) expect(on).not.toMatch(/xstate/);
    }
});

test("every step leads from a state of the chart to one of it, and each kind's machine is known", () => {
  const { states, steps } = chartOf(employeeMachine);
  const paths = new Set(states.map(({ path }) => path));
  for (const { from, to } of steps) expect(paths.has(from) && (to === null || paths.has(to))).toBe(true);
  for (const kind of kinds)
    expect(
      [1, 2, 3, 4, 5].some((n) => machineOf(`${kind}@${n}`) !== null),
      kind,
    ).toBe(true);
});

test("the states that a snapshot names are found, beside and within each other", () => {
  expect(activePaths("free")).toEqual(["free"]);
  expect(activePaths({ matching: "idle", answers: { awaiting: "first" } })).toEqual([
    "matching",
    "matching.idle",
    "answers",
    "answers.awaiting",
    "answers.awaiting.first",
  ]);
});

test("people's words are not shown, whatever they hide in; what an operator needs is", () => {
  const shown = redacted({
    id: "ada",
    candidateName: "Ada Lovelace",
    resumeVersion: "ada/base",
    strikes: 2,
    profile: { city: "London", deep: [{ note: "likes tea" }] },
    answers: [{ question: "Notice period?", answer: "4 weeks" }],
    reason: "The form asks what nobody knows.",
    memo: "write to ada@example.org",
    lines: ["x".repeat(500)],
  });
  expect(shown).toMatchObject({
    id: "ada",
    resumeVersion: "ada/base",
    strikes: 2,
    reason: "The form asks what nobody knows.",
  });
  expect(JSON.stringify(shown)).not.toMatch(/Lovelace|London|tea|Notice|4 weeks|@example|xxxxx/);
});
