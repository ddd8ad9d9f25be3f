/**
 * Dispatcher, employees and applications together, under any interleaving: duplicates, outages, people who come, go, work, sleep
 * and press the button late. What must never happen is checked after every single message.
 */
import { describe, expect, test } from "vitest";
import { applicationActor } from "../../actors/application/actor.ts";
import { proof, propose, scoreOf } from "../../actors/application/example.ts";
import { dispatcherActor } from "../../actors/dispatcher/actor.ts";
import { employeeActor } from "../../actors/employee/actor.ts";
import type { Offer } from "../../protocols/employee.ts";
import { type Chance, chanceFrom, Simulation } from "./simulation.ts";

const minute = 60_000;
const people = ["bob", "eve", "mia"];

interface World {
  readonly sim: Simulation;
  readonly chance: Chance;
  /** Facts that were looked at already. */
  checked: number;
  /** `<application>:<assignment>` -> who holds it, by the facts. */
  readonly open: Map<string, string>;
  readonly ends: Map<string, string>;
  readonly owedStrikes: Set<string>;
  readonly givenStrikes: Set<string>;
}

function worldOf(seed: number, options: { duplicateOneIn: number; persisted?: boolean }): World {
  const chance = chanceFrom(seed);
  const sim = new Simulation({
    chance,
    ...options,
    kinds: [applicationActor(), employeeActor(), dispatcherActor],
    world: (to, message) => {
      if (!to.startsWith("applier.") || message.type !== "Apply") return;
      const { application, attempt } = (
        message as unknown as { request: { application: string; attempt: number } }
      ).request;
      sim.tell("applier.acme", `application.${application}`, report(chance, attempt));
    },
  });
  return {
    sim,
    chance,
    checked: 0,
    open: new Map(),
    ends: new Map(),
    owedStrikes: new Set(),
    givenStrikes: new Set(),
  };
}

function report(chance: Chance, attempt: number): { type: string; [key: string]: unknown } {
  switch (chance(8)) {
    case 0:
      return { type: "ApplierBusy", attempt, retryAfterMs: 30_000 };
    case 1:
      return { type: "SubmissionNeedsPerson", attempt, questions: ["Why us?"], evidence: [] };
    case 2:
      return { type: "SubmissionUncertain", attempt, detail: "lost" };
    default:
      return { type: "SubmissionConfirmed", attempt, proof };
  }
}

/** What must hold after every message. */
function check(world: World) {
  const { sim, open, ends, owedStrikes, givenStrikes } = world;
  for (; world.checked < sim.facts.length; world.checked++) {
    const { fact } = sim.facts[world.checked] ?? {
      fact: { type: "" } as Record<string, unknown> & { type: string },
    };
    const key = `${fact.application}:${(fact.offer as Offer | undefined)?.assignment ?? fact.assignment}`;
    if (fact.type === "ReviewAssigned") {
      const holders = [...open.keys()].filter((other) => other.startsWith(`${fact.application}:`));
      expect(holders, "a task has one holder").toEqual([]);
      open.set(key, String(fact.employee));
    } else if (fact.type === "ReviewEnded") {
      expect(open.get(key), "who loses it held it").toBe(fact.employee);
      expect(ends.has(key), "an assignment ends once").toBe(false);
      open.delete(key);
      ends.set(key, String(fact.outcome));
      if (fact.strike) owedStrikes.add(`${fact.employee} ${key}`);
    } else if (fact.type === "StrikeRecorded") {
      const strike = `${fact.employee} ${key}`;
      expect(givenStrikes.has(strike), "a strike is given once").toBe(false);
      expect(owedStrikes.has(strike), "a strike has its miss").toBe(true);
      givenStrikes.add(strike);
    }
  }
  for (const who of people) {
    const held = sim.contextOf(`employee.${who}`)?.offer as Offer | null | undefined;
    if (held)
      for (const other of people) {
        const theirs = sim.contextOf(`employee.${other}`)?.offer as Offer | null | undefined;
        if (other !== who && theirs)
          expect(`${theirs.application}:${theirs.assignment}`, "two people, one assignment").not.toBe(
            `${held.application}:${held.assignment}`,
          );
      }
  }
}

/** One thing that a person, a socket or a manager may do now. */
function act({ sim, chance }: World) {
  const who = people[chance(people.length)] ?? "bob";
  const address = `employee.${who}`;
  const offer = sim.contextOf(address)?.offer as Offer | null | undefined;
  const command = offer && { employee: who, assignment: offer.assignment, replyTo: "asker" };
  const tellTask = (message: { type: string; [key: string]: unknown }) =>
    offer && sim.tell(`edge-${who}`, `application.${offer.application}`, { ...command, ...message });
  switch (chance(12)) {
    case 0:
    case 1:
    case 2:
      return sim.tell(`edge-${who}`, address, { type: "SignIn", edge: "e1" } as never);
    case 3:
      return sim.tell(`edge-${who}`, address, { type: "SignOut" });
    case 4:
      return sim.tell("presence", address, { type: "LinkLost", edge: "e1" } as never);
    case 5:
    case 6:
      return tellTask({ type: "AcknowledgeReview" });
    case 7:
      return tellTask({ type: "SaveDraft", resumeVersion: `ada/${chance(9)}` });
    case 8:
      return tellTask({ type: "CompleteReview", resumeVersion: "ada/9", answers: [] });
    case 9:
      return tellTask({ type: "ReturnReview" });
    case 10:
      // Somebody clicks in an old tab.
      return sim.tell(`edge-${who}`, `application.a${chance(4)}`, {
        type: "CompleteReview",
        employee: who,
        assignment: 1 + chance(4),
        resumeVersion: "ada/old",
        answers: [],
      } as never);
    default:
      return sim.tell("edge-mia", address, { type: "Unlock", by: "mia", reason: "talked" } as never);
  }
}

/** Time: to the next timer, a little, or far over it, as in an outage. */
function letTimePass({ sim, chance }: World) {
  const next = sim.nextTimerAt();
  if (next === null) return sim.passTo(sim.now + chance(minute));
  switch (chance(10)) {
    case 0:
      return sim.passTo(next + chance(30 * minute));
    case 1:
      return sim.passTo(sim.now + chance(5_000));
    default:
      return sim.passTo(next + chance(3_000));
  }
}

function run(
  seed: number,
  tasks: number,
  steps: number,
  options: { duplicateOneIn: number; persisted?: boolean },
) {
  const world = worldOf(seed, options);
  const { sim, chance } = world;
  for (let i = 0; i < tasks; i++)
    sim.tell(
      `matcher.${i}`,
      `application.a${i}`,
      propose(scoreOf(chance(3) === 0 ? 95 : 60 + chance(30))) as never,
    );
  for (let i = 0; i < steps; i++) {
    const dice = chance(10);
    if (dice < 2) act(world);
    else if (dice < 3) letTimePass(world);
    else sim.step();
    check(world);
  }
  return world;
}

/** What must hold when all mail has been heard: the actors agree with each other. */
function checkAgreement({ sim }: World, duplicates: boolean) {
  const hands = sim.contextOf("dispatcher.main")?.hands as { employee: string; free: boolean }[] | undefined;
  for (const who of people) {
    const actor = sim.actors.get(`employee.${who}`);
    const offer = actor?.snapshot.context.offer as Offer | null | undefined;
    if (offer) {
      const { employee, assignment } = sim.contextOf(`application.${offer.application}`) ?? {};
      expect([employee, assignment], "who works on it is whose it is").toEqual([who, offer.assignment]);
    }
    // A sign-off that comes twice may hide a hand until it is announced again.
    if (actor?.snapshot.value === "free" && !duplicates)
      expect(hands?.find((hand) => hand.employee === who)?.free, "no free hand is forgotten").toBe(true);
  }
}

/** From here on all behave: people sign in, acknowledge and complete. Everything must come to its end. */
function finish(world: World, duplicates: boolean) {
  const { sim } = world;
  for (let round = 0; round < 200; round++) {
    while (sim.step()) check(world);
    checkAgreement(world, duplicates);
    const unfinished = [...sim.actors.values()].filter(
      ({ address, snapshot }) => address.startsWith("application.") && !isAtEnd(snapshot.value),
    );
    if (unfinished.length === 0) return;
    for (const who of people) {
      const { offer } = sim.contextOf(`employee.${who}`) ?? {};
      if (offer)
        sim.tell(`edge-${who}`, `application.${offer.application}`, {
          type: "CompleteReview",
          employee: who,
          assignment: offer.assignment,
          resumeVersion: "ada/end",
          answers: [],
        } as never);
      else sim.tell(`edge-${who}`, `employee.${who}`, { type: "SignIn", edge: "e2" } as never);
      sim.tell("edge-boss", `employee.${who}`, { type: "Unlock", by: "boss", reason: "new day" } as never);
    }
    while (sim.step()) check(world);
    // Nobody lets a review lie: time passes only when there is none at hand.
    if (people.some((who) => sim.contextOf(`employee.${who}`)?.offer)) continue;
    const next = sim.nextTimerAt();
    if (next !== null) sim.passTo(next);
  }
  const left = [...sim.actors.values()].map(
    ({ address, snapshot }) => `${address} ${JSON.stringify(snapshot.value)}`,
  );
  throw new Error(`After 200 rounds with everybody at work something still hangs: ${left.join(", ")}`);
}

const isAtEnd = (value: unknown) =>
  ["submitted", "duplicate", "failed", "rejected", "uncertain"].includes(String(value));

describe.each([
  ["in memory", { duplicateOneIn: 0 }, 120],
  ["with duplicates", { duplicateOneIn: 12 }, 120],
  ["with duplicates, saved and reloaded before each event", { duplicateOneIn: 12, persisted: true }, 25],
])("dispatch under any interleaving, %s", (_, options, seeds) => {
  test("no double, lost or unjust outcome, and every task comes to its end", () => {
    const outcomes = new Map<string, number>();
    for (let seed = 1; seed <= seeds; seed++) {
      try {
        const world = run(seed, 5, 600, options);
        finish(world, options.duplicateOneIn > 0);
        for (const outcome of world.ends.values()) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        expect([...world.givenStrikes].sort(), "every strike that is due was given").toEqual(
          [...world.owedStrikes].sort(),
        );
        expect([...world.open], "nobody holds what has ended").toEqual([]);
      } catch (error) {
        throw new Error(`Seed ${seed}: ${error instanceof Error ? error.message : error}`, { cause: error });
      }
    }
    // The chance was broad enough to see them all.
    expect([...outcomes.keys()].sort()).toEqual(["completed", "missed", "released", "returned"]);
  });
});

test("the same seed gives the same run", () => {
  const facts = () => run(7, 5, 600, { duplicateOneIn: 12 }).sim.facts;
  expect(JSON.stringify(facts())).toBe(JSON.stringify(facts()));
});

test("a saved and reloaded run says exactly what the one in memory says", () => {
  const facts = (persisted: boolean) => run(11, 5, 600, { duplicateOneIn: 12, persisted }).sim.facts;
  expect(facts(true)).toEqual(facts(false));
});

test("people who all work alike get alike: within one of each other", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const world = worldOf(seed, { duplicateOneIn: 0 });
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
      check(world);
    }
    sim.settle();
    const counts = people.map(
      (who) => sim.facts.filter(({ fact }) => fact.type === "ReviewAssigned" && fact.employee === who).length,
    );
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  }
});
