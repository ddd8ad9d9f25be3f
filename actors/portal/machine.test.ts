import { describe, expect, test } from "vitest";
import { type EventFromLogic, initialTransition, type SnapshotFrom, transition } from "xstate";
import type { Board, Discovery } from "../../protocols/portal.ts";
import { portalActor } from "./actor.ts";
import { maxKnown, remember } from "./known.ts";
import { portalMachine } from "./machine.ts";

type State = SnapshotFrom<typeof portalMachine>;

const board: Board = {
  portal: "greenhouse-acme",
  adapter: "greenhouse",
  company: "Acme",
  region: "eu",
  url: "http://127.0.0.1/v1/boards/acme",
};
const watch = { type: "Watch", board, pollEveryMs: 1_000, at: 1 } as const;
const page = (change: Partial<Extract<Discovery, { outcome: "postings" }>> = {}): Discovery => ({
  outcome: "postings",
  postings: [],
  rejected: [],
  known: [],
  more: false,
  etag: null,
  ...change,
});

/** Done and error events are the runtime's; XState's types leave them out of a machine's events. */
const step = (state: State, event: object) =>
  transition(portalMachine, state, event as EventFromLogic<typeof portalMachine>);
const done = (state: State, output: Discovery) =>
  step(state, { type: `xstate.done.actor.0.portal@1.${String(state.value)}`, output, at: 2 });
const broke = (state: State) =>
  step(state, {
    type: `xstate.error.actor.0.portal@1.${String(state.value)}`,
    error: { name: "Error", message: "connection refused" },
    at: 2,
  });
const wakes = (state: State, delay: string) =>
  step(state, { type: `xstate.after.${delay}.portal@1.${String(state.value)}`, at: 3 })[0];

const start = () =>
  initialTransition(portalMachine, { id: "greenhouse-acme", at: 0, minBackoffMs: 1_000 })[0];
const watching = () => step(start(), watch)[0];
const blocked = (retryAfterMs: number | null = null): Discovery => ({
  outcome: "blocked",
  reason: "429",
  retryAfterMs,
});
/** How long the machine asks to sleep. */
const delayOf = (actions: readonly object[]) =>
  actions.flatMap((action) => {
    const { params } = action as { params?: { delay?: number } };
    return params?.delay === undefined ? [] : [params.delay];
  })[0] ?? Number.NaN;

describe("portal machine", () => {
  test("can be made durable", () => {
    expect(portalActor({ minBackoffMs: 10 }).kind).toBe("portal");
  });

  test("looks as soon as it is told to watch, waits, and looks again", () => {
    const polling = watching();
    expect(polling.value).toBe("polling");
    const [idle, said] = done(polling, page({ known: ["1:aa"], etag: '"e"' }));
    expect(idle.value).toBe("idle");
    expect(idle.context).toMatchObject({ known: ["1:aa"], etag: '"e"' });
    expect(JSON.stringify(said)).toContain("PortalPolled");
    expect(delayOf(said)).toBe(1_000);
    expect(wakes(idle, "pollEvery").value).toBe("polling");
    expect(step(idle, { type: "PollNow", at: 3 })[0].value).toBe("polling");
  });

  test("fetches the rest of a long answer at once", () => {
    const [again] = done(watching(), page({ more: true, known: ["1:aa"] }));
    expect(again.value).toBe("polling");
    expect(again.context.known).toEqual(["1:aa"]);
  });

  test("forgets nothing when told the same again, and starts over on another board", () => {
    const [idle] = done(watching(), page({ known: ["1:aa"] }));
    const [same, said] = step(idle, watch);
    expect([same.value, same.context.known]).toEqual(["idle", ["1:aa"]]);
    expect(JSON.stringify(said)).toContain('"Accepted"');
    expect(step(idle, { ...watch, pollEveryMs: 9_000 })[0].context).toMatchObject({ pollEveryMs: 9_000 });
    const [other] = step(idle, { ...watch, board: { ...board, url: "http://127.0.0.1/other" } });
    expect([other.value, other.context.known]).toEqual(["polling", []]);
  });

  test("opens its breaker on a block, waits twice as long each time up to the cap, and probes once", () => {
    let state = watching();
    const waits: number[] = [];
    for (let i = 0; i < 14; i++) {
      const [open, said] = done(state, blocked());
      expect(open.value).toBe("open");
      expect(JSON.stringify(said)).toContain("PortalBlocked");
      waits.push(delayOf(said));
      state = wakes(open, "backOff");
      expect(state.value).toBe("halfOpen");
    }
    for (const [i, wait] of waits.entries()) {
      const base = Math.min(1_000 * 2 ** i, 15 * 60_000);
      expect(wait).toBeGreaterThanOrEqual(base);
      expect(wait).toBeLessThanOrEqual(base * 1.2);
    }
    const [closed] = done(state, page());
    expect([closed.value, closed.context.failures, closed.context.trouble]).toEqual(["idle", 0, ""]);
  });

  test("honours Retry-After over its own back-off", () => {
    const wait = delayOf(done(watching(), blocked(3_600_000))[1]);
    expect(wait).toBeGreaterThanOrEqual(3_600_000);
    expect(delayOf(done(watching(), blocked(0))[1])).toBeGreaterThanOrEqual(1_000);
  });

  test("tells a changed board apart and looks at it less often", () => {
    const [changed, said] = done(watching(), { outcome: "changed", reason: "no list" });
    expect(changed.value).toBe("changed");
    expect(JSON.stringify(said)).toContain("PortalChanged");
    expect(delayOf(said)).toBeGreaterThanOrEqual(10_000);
    expect(wakes(changed, "longBackOff").value).toBe("halfOpen");
  });

  test("tells an unreachable board apart, and closes the breaker when asked", () => {
    const [away, said] = broke(watching());
    expect(away.value).toBe("unreachable");
    expect(JSON.stringify(said)).toContain("connection refused");
    expect(step(away, { type: "ResetBreaker", at: 4 })[0]).toMatchObject({
      value: "polling",
      context: { failures: 0 },
    });
  });

  test("hears every message in every state without breaking", () => {
    const polling = watching();
    const open = done(polling, blocked())[0];
    const states: State[] = [
      start(),
      polling,
      done(polling, page())[0],
      open,
      wakes(open, "backOff"),
      done(polling, { outcome: "changed", reason: "x" })[0],
      broke(polling)[0],
    ];
    states.push(
      step(polling, { type: "SwitchOff", at: 9 })[0],
      done(polling, { outcome: "off", reason: "x" })[0],
    );
    const reached = states.map((state) =>
      [
        watch,
        { type: "PollNow", at: 9 },
        { type: "ResetBreaker", at: 9 },
        { type: "SwitchOff", at: 9 },
        { type: "SwitchOn", at: 9 },
        { type: "Remove", at: 9 },
      ].map((message) => {
        const [after, said] = step(state, message);
        // Whoever asks gets one answer, whatever the state.
        expect(JSON.stringify(said).match(/"(?:Accepted|Rejected)"/g)).toHaveLength(1);
        return after.value;
      }),
    );
    expect(reached).toEqual([
      ["polling", "unwatched", "unwatched", "unwatched", "unwatched", "unwatched"],
      ["polling", "polling", "polling", "off", "polling", "unwatched"],
      ["idle", "polling", "idle", "off", "idle", "unwatched"],
      ["open", "open", "polling", "off", "open", "unwatched"],
      ["halfOpen", "halfOpen", "halfOpen", "off", "halfOpen", "unwatched"],
      ["changed", "changed", "polling", "off", "changed", "unwatched"],
      ["unreachable", "unreachable", "polling", "off", "unreachable", "unwatched"],
      ["off", "off", "off", "off", "polling", "unwatched"],
      ["notAllowed", "polling", "notAllowed", "off", "notAllowed", "unwatched"],
    ]);
  });

  test("remembers a bounded number of postings, the newest", () => {
    const many = Array.from({ length: 4_000 }, (_, i) => `job-${i}:0`);
    const known = remember(many, ["job-3999:1", "new:1"]);
    expect(known).toHaveLength(maxKnown);
    expect(known.slice(-2)).toEqual(["job-3999:1", "new:1"]);
    expect(known).not.toContain("job-3999:0");
  });
});
