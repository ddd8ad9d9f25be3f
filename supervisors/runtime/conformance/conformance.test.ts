/**
 * Each machine hears the same random sequence twice: in one XState actor that lives on, and in our runtime, which loses its
 * process at random points of every step. After each step both must stand and have said the same.
 */
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Case } from "./case.ts";
import { type Crash, crashes, DurableActor } from "./durable-actor.ts";
import { LivingActor } from "./living-actor.ts";
import { delays } from "./machines/delays.ts";
import { regions } from "./machines/regions.ts";
import { tasks } from "./machines/tasks.ts";
import { transitions } from "./machines/transitions.ts";

const cases: readonly Case[] = [...transitions, ...regions, ...delays, ...tasks];
/** 10,000 sequences over all machines. */
const runsPerCase = Math.ceil(10_000 / cases.length);

type Step =
  | { readonly do: "hear"; readonly words: readonly string[]; readonly crash: Crash }
  | { readonly do: "pass"; readonly tens: number; readonly crash: Crash }
  | { readonly do: "answer"; readonly which: number; readonly ok: boolean; readonly crash: Crash };

const stepsOf = (words: readonly string[]): fc.Arbitrary<Step[]> => {
  const crash = fc.constantFrom(...crashes);
  const hear = fc.record({
    do: fc.constant("hear" as const),
    words: fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }),
    crash,
  });
  const pass = fc.record({ do: fc.constant("pass" as const), tens: fc.integer({ min: 1, max: 4 }), crash });
  const answer = fc.record({
    do: fc.constant("answer" as const),
    which: fc.nat({ max: 3 }),
    ok: fc.boolean(),
    crash,
  });
  return fc.array(
    fc.oneof(
      { weight: 4, arbitrary: hear },
      { weight: 2, arbitrary: pass },
      { weight: 2, arbitrary: answer },
    ),
    {
      minLength: 1,
      maxLength: 25,
    },
  );
};

test("there are at least 25 machines", () => {
  expect(new Set(cases.map(({ machine }) => machine.id)).size).toBeGreaterThanOrEqual(25);
});

test.each(cases)("$name", async ({ machine, words }) => {
  await fc.assert(
    fc.asyncProperty(stepsOf(words), async (steps) => {
      const living = new LivingActor(machine);
      const durable = new DurableActor(machine);
      durable.begin();
      requireAlike(living, durable);
      for (const step of steps) {
        await take(step, living, durable);
        requireAlike(living, durable);
      }
      living.stop();
    }),
    { numRuns: runsPerCase },
  );
});

/** `expect` alone takes longer than both machines together: it is asked only to say what differs. */
function requireAlike(living: LivingActor, durable: DurableActor) {
  const [want, is] = [living.trace(), durable.trace()];
  if (!isDeepStrictEqual(is, want)) expect(is).toEqual(want);
}

async function take(step: Step, living: LivingActor, durable: DurableActor): Promise<void> {
  switch (step.do) {
    case "hear":
      for (const word of step.words) living.hear(word);
      return durable.hear(step.words, step.crash);
    case "pass":
      // Ten at a time: what begins when something is due counts from then.
      for (let i = 0; i < step.tens; i++) {
        living.pass(10);
        durable.pass(10, step.crash);
      }
      return;
    case "answer": {
      const { running } = durable;
      const invoke = running[step.which % Math.max(running.length, 1)];
      if (invoke === undefined) return;
      await living.answer(invoke, step.ok, step.which);
      return durable.answer(invoke, step.ok, step.which, step.crash);
    }
  }
}
