/** A review under any interleaving, deep: few schedules, each long. `schedules-*.test.ts` play many short ones. */
import { describe, expect, test } from "vitest";
import { propose, scoreOf } from "../../actors/application/example.ts";
import type { ActorDefinition } from "../../actors/define-actor.ts";
import type { Offer } from "../../protocols/employee.ts";
import { checkFacts, people } from "./review-invariants.ts";
import { longSchedule, play, playToTheEnd, realKinds, type Schedule, worldOf } from "./review-world.ts";
import { shortSchedule } from "./schedules.ts";

const long = { tasks: 5, steps: 600 };

describe.each<[string, Schedule, number]>([
  ["in memory", { ...long, duplicateOneIn: 0 }, 120],
  ["with duplicates", { ...long, duplicateOneIn: 12 }, 120],
  ["with duplicates and crashes", { ...long, duplicateOneIn: 12, crashOneIn: 30 }, 120],
  [
    "with duplicates, saved and reloaded before each event",
    { ...long, duplicateOneIn: 12, persisted: true },
    25,
  ],
])("dispatch under any interleaving, %s", (_, schedule, seeds) => {
  test("case 26 and 27: no double, lost or unjust outcome, no time less than none, and every task comes to its end", () => {
    const outcomes = new Set<string>();
    for (let seed = 1; seed <= seeds; seed++)
      for (const outcome of playToTheEnd(seed, schedule).ends.values()) outcomes.add(outcome);
    // The chance was broad enough to see them all.
    expect([...outcomes].sort()).toEqual(["completed", "missed", "released", "returned", "taken-back"]);
  });
});

type Machine = ActorDefinition["machine"];
const withGuards = (guards: Record<string, () => boolean>) => (machine: Machine) =>
  machine.provide({ guards } as never) as Machine;
const changed = (machine: Machine, change: Partial<Machine>) =>
  Object.assign(machine.provide({}) as Machine, change);
const judgedAgain = (entry: object) => ({ ...entry, state: "judging" });

/** What a slip would do. Each must be found, or the simulation looks at nothing. */
const slips: readonly [string, ActorDefinition["kind"], (machine: Machine) => Machine][] = [
  ["every end of a review is a miss", "employee", withGuards({ missed: () => true })],
  [
    "what ends concerns the offer in hand, whichever it was",
    "employee",
    withGuards({ aboutOffer: () => true }),
  ],
  ["the fencing number is not looked at", "application", withGuards({ byHolder: () => true })],
  [
    "a miss that was judged is judged again",
    "employee",
    (machine) =>
      changed(machine, {
        transition: (snapshot, event, scope) => {
          const { context } = snapshot;
          const entries = event.type === "MissJudged" ? context.entries.map(judgedAgain) : context.entries;
          return machine.transition(
            { ...snapshot, context: { ...context, entries } } as never,
            event,
            scope as never,
          );
        },
      }),
  ],
  [
    "what an edge could not answer is forgotten",
    "employee",
    (machine) =>
      changed(machine, {
        transition: (snapshot, event, scope) =>
          event.type === "CommandUnanswered"
            ? snapshot
            : machine.transition(snapshot as never, event, scope as never),
      }),
  ],
  [
    "what the dispatcher had taken is not stored, and lost when its node dies",
    "dispatcher",
    (machine) =>
      changed(machine, {
        getPersistedSnapshot: (snapshot) => {
          const { context, ...stored } = machine.getPersistedSnapshot(snapshot) as unknown as {
            context: object;
          };
          return { ...stored, context: { ...context, window: [], pending: [] } } as never;
        },
      }),
  ],
];

describe("a bug is found", () => {
  test.each(slips)("%s", (_, kind, slip) => {
    const kinds = realKinds.map((definition) =>
      definition.kind === kind ? { ...definition, machine: slip(definition.machine) } : definition,
    );
    const playUntilFound = () => {
      for (let seed = 1; seed <= 200; seed++) playToTheEnd(seed, { ...shortSchedule, kinds });
      for (let seed = 1; seed <= 100; seed++) playToTheEnd(seed, { ...longSchedule, kinds });
    };
    expect(playUntilFound).toThrow(/^Seed \d+: (Violated|After 200 rounds)/);
  });
});

test("the same seed gives the same run", () => {
  const facts = () => play(7, { ...long, duplicateOneIn: 12, crashOneIn: 30 }).sim.facts;
  expect(JSON.stringify(facts())).toBe(JSON.stringify(facts()));
});

test("a saved and reloaded run says exactly what the one in memory says", () => {
  const facts = (persisted: boolean) => play(11, { ...long, duplicateOneIn: 12, persisted }).sim.facts;
  expect(facts(true)).toEqual(facts(false));
});

test("people who all work alike get alike: within one of each other", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const world = worldOf(seed, { tasks: 30, duplicateOneIn: 0 });
    const { sim } = world;
    for (const who of people)
      sim.tell(`edge-${who}`, `employee.${who}`, { type: "SignIn", edge: "e1" } as never);
    sim.settle();
    for (let i = 0; i < 30; i++) {
      sim.tell("matcher.0", `application.a${i}`, propose(scoreOf(70)) as never);
      sim.settle();
      for (const who of people) {
        const offer = sim.contextOf(`employee.${who}`)?.offer as Offer | null;
        if (offer)
          sim.tell(`edge-${who}`, `application.${offer.application}`, {
            type: "ReturnReview",
            employee: who,
            assignment: offer.assignment,
          } as never);
      }
      sim.step();
      checkFacts(world);
    }
    sim.settle();
    const counts = people.map(
      (who) => sim.facts.filter(({ fact }) => fact.type === "ReviewAssigned" && fact.employee === who).length,
    );
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  }
});
