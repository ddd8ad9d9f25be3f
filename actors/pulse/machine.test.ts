import { expect, test } from "vitest";
import { initialTransition, transition } from "xstate";
import { pulseActor } from "./actor.ts";
import { type Deltas, figuresOf, fold, minuteMs, noCounts } from "./fold.ts";
import { pulseMachine } from "./machine.ts";

const none: Deltas = { counts: noCounts(), minutes: [], portals: [] };
const counted = (counts: Partial<Deltas["counts"]>): Deltas => ({
  ...none,
  counts: { ...noCounts(), ...counts },
});
const empty = { position: 0, ...none };

const started = () => {
  const [idle] = initialTransition(pulseMachine, { id: "main", at: 0 });
  return transition(pulseMachine, idle, { type: "Start", at: 1 })[0];
};
type State = ReturnType<typeof started>;
const hear = (state: State, position: number, deltas: Deltas, at: number) =>
  transition(pulseMachine, state, {
    type: "xstate.done.actor.0.pulse@1.reading",
    output: { position, ...deltas },
    at,
  } as never);
const measured = (actions: readonly unknown[]) =>
  (actions as { type: string; params: { event: unknown } }[])
    .filter(({ type }) => type === "xstate.emit")
    .map(({ params }) => params.event);

test("is durable as it is defined", () => {
  expect(pulseActor.kind).toBe("pulse");
});

test("says the figures when they have changed, and only then", () => {
  const [first, said] = hear(started(), 3, counted({ discovered: 2, autoApproved: 1, reviewed: 3 }), 100);
  expect(measured(said)).toMatchObject([
    { type: "PulseMeasured", kpis: { discovered: 2, autoApplyRate: 0.25, manualRate: 0.75 } },
  ]);
  const [second, nothing] = hear(first, 9, none, 200);
  expect(measured(nothing)).toEqual([]);
  expect(second.context.sums.position).toBe(9);
  expect(second.value).toBe("reading");
});

test("jobs per minute fall by time alone", () => {
  const at = 1_000 * minuteMs;
  const [busy, said] = hear(started(), 1, { ...none, minutes: [{ minute: 1_000, jobs: 10 }] }, at);
  expect(measured(said)).toMatchObject([{ live: { jobsFoundPerMinute: 2 } }]);
  const [, later] = hear(busy, 1, none, at + 5.5 * minuteMs);
  expect(measured(later)).toMatchObject([{ live: { jobsFoundPerMinute: 1 } }]);
  const [, gone] = hear(busy, 1, none, at + 7 * minuteMs);
  expect(measured(gone)).toMatchObject([{ live: { jobsFoundPerMinute: 0 } }]);
});

test("a portal is active while it is looked at and lets us", () => {
  const sums = fold(
    empty,
    1,
    {
      ...none,
      portals: [
        { portal: "a", at: 0, ok: true },
        { portal: "b", at: 0, ok: false },
      ],
    },
    0,
  );
  expect(figuresOf(sums, 1_000).live).toMatchObject({ activeScrapers: 1, totalScrapers: 2 });
  expect(figuresOf(sums, 11 * minuteMs).live).toMatchObject({ activeScrapers: 0, totalScrapers: 2 });
});

test("keeps no more portals and minutes than it may", () => {
  let sums: ReturnType<typeof fold> = empty;
  for (let n = 0; n < 2_000; n++)
    sums = fold(
      sums,
      n,
      {
        ...none,
        minutes: [{ minute: n, jobs: 1 }],
        portals: [{ portal: `p${n}`, at: n * minuteMs, ok: true }],
      },
      n * minuteMs,
    );
  expect(sums.portals).toHaveLength(500);
  expect(sums.minutes).toHaveLength(6);
});

test("a reading that fails is tried again after a while", () => {
  const [waiting] = transition(pulseMachine, started(), {
    type: "xstate.error.actor.0.pulse@1.reading",
    error: { name: "Error", message: "no stream" },
    at: 2,
  } as never);
  expect(waiting.value).toBe("waiting");
  const [again] = transition(pulseMachine, waiting, {
    type: "xstate.after.backOff.pulse@1.waiting",
    at: 3,
  } as never);
  expect(again.value).toBe("reading");
});
