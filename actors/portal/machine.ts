/**
 * A portal actor: watches one job board. It looks, tells what is new and what is gone, waits, looks again; a board that blocks,
 * has changed or can't be reached opens its breaker, and after the back-off one probe decides whether to go on.
 *
 * Hears  Watch (edge, the node at its start, the boot) · PollNow, ResetBreaker, SwitchOff, SwitchOn, Remove (edge)
 * Tells  JOBS raw: JobDiscovered · catalog: PostingGone · the record `boards/<id>`: BoardStanding · the asker: Accepted, Rejected
 * Holds  what the board listed, so that only news is fetched and what vanishes is noticed
 */
import { assign, cancel } from "xstate";
import type { Discovery } from "../../protocols/portal.ts";
import { messageOf } from "../message-of.ts";
import { forgotten, initialContext, paceOf } from "./context.ts";
import { withoutGroups } from "./known.ts";
import { portal } from "./setup.ts";

export type { DiscoverInput } from "./setup.ts";

const pageSize = 25;

const troubleOf = (found: Discovery) => ({
  reason: found.outcome === "postings" ? "" : found.reason,
  retryAfterMs: found.outcome === "blocked" ? found.retryAfterMs : null,
});

const unknown = {
  actions: {
    type: "refuse",
    params: { reason: "UnknownBoard", message: "There is no such board. Add it by its address first." },
  },
} as const;
const isBeing = { actions: "accept" } as const;
const whenOpen = {
  actions: {
    type: "refuse",
    params: {
      reason: "BreakerOpen",
      message: "The breaker of this board is open: reset it, and the board is looked at once more.",
    },
  },
} as const;
const whenOff = {
  actions: {
    type: "refuse",
    params: { reason: "SwitchedOff", message: "This board is switched off. Switch it on first." },
  },
} as const;

const switchOff = {
  target: "#off",
  reenter: true,
  actions: ["forgive", "setHold", { type: "tellDone", params: { type: "BoardSwitchedOff" } }, "accept"],
} as const;

/** The board is looked at once. */
const look = (limit: number) =>
  portal.createStateConfig({
    invoke: {
      src: "discover",
      input: ({ context }) => {
        if (context.board === null)
          throw new Error(`Portal ${context.id} looks without a board: say Watch first.`);
        return { board: context.board, known: withoutGroups(context.known), etag: context.etag, limit };
      },
      onDone: [
        {
          guard: ({ event }) => event.output.outcome === "off",
          target: "notAllowed",
          actions: { type: "tellNotAllowed", params: ({ event }) => troubleOf(event.output) },
        },
        {
          guard: ({ event }) => event.output.outcome === "blocked",
          target: "open",
          actions: [{ type: "failed", params: ({ event }) => troubleOf(event.output) }, "tellBlocked"],
        },
        {
          guard: ({ event }) => event.output.outcome === "changed",
          target: "changed",
          actions: [{ type: "failed", params: ({ event }) => troubleOf(event.output) }, "tellChanged"],
        },
        {
          // A page is told at once; the rest is fetched before the next wait.
          guard: ({ event }) => event.output.outcome === "postings" && event.output.more,
          target: "polling",
          reenter: true,
          actions: { type: "tellPage", params: ({ event }) => event.output },
        },
        { target: "idle", actions: { type: "tellPage", params: ({ event }) => event.output } },
      ],
      onError: {
        target: "unreachable",
        actions: [
          {
            type: "failed",
            params: ({ event }) => ({ reason: `unreachable: ${messageOf(event.error)}`, retryAfterMs: null }),
          },
          "tellBlocked",
        ],
      },
    },
    on: { PollNow: isBeing, ResetBreaker: isBeing, SwitchOn: isBeing },
  });

/** The breaker is open. */
const open = (wait: "backOff" | "longBackOff") =>
  portal.createStateConfig({
    entry: { type: "publish", params: { state: "open", wait } },
    after: { [wait]: "halfOpen" },
    on: {
      PollNow: whenOpen,
      ResetBreaker: { target: "polling", actions: ["reset", "accept"] },
      SwitchOn: isBeing,
    },
  });

export const portalMachine = portal.createMachine({
  id: "portal@1",
  context: ({ input }) => initialContext(input),
  initial: "unwatched",
  on: {
    Watch: [
      {
        // Another address is another board: nothing of it is known yet.
        guard: "newBoard",
        target: ".polling",
        actions: [
          assign(({ event }) => ({
            board: event.board,
            pollEveryMs: paceOf(event.pollEveryMs),
            ...forgotten,
          })),
          "forgive",
          "tellAdded",
          { type: "publish", params: { state: "closed", wait: "none" } },
          "accept",
        ],
      },
      {
        guard: "newPace",
        actions: [assign(({ event }) => ({ pollEveryMs: paceOf(event.pollEveryMs) })), "accept"],
      },
      // The same again (each boot says it) changes nothing.
      { actions: "accept" },
    ],
    SwitchOff: switchOff,
    Remove: {
      target: ".unwatched",
      actions: [
        { type: "publish", params: { state: "removed", wait: "none" } },
        { type: "tellDone", params: { type: "BoardRemoved" } },
        assign({ board: null, ...forgotten }),
        "accept",
      ],
    },
    // Where no state has an answer of its own, nobody watches.
    PollNow: unknown,
    ResetBreaker: unknown,
    SwitchOn: unknown,
  },
  states: {
    unwatched: { on: { SwitchOff: unknown, Remove: unknown } },
    polling: look(pageSize),
    idle: {
      entry: { type: "publish", params: { state: "closed", wait: "poll" } },
      after: { pollEvery: "polling" },
      on: {
        PollNow: {
          target: "polling",
          actions: [{ type: "tellDone", params: { type: "LookRequested" } }, "accept"],
        },
        ResetBreaker: isBeing,
        SwitchOn: isBeing,
      },
    },
    /** Blocked: 429, 403, a captcha. */
    open: open("backOff"),
    /** The board answers, but not what the adapter understands: a person should look. */
    changed: open("longBackOff"),
    unreachable: open("backOff"),
    halfOpen: {
      ...look(1),
      entry: ["tellProbed", { type: "publish", params: { state: "half-open", wait: "none" } }],
    },
    /** A person has switched the board off. */
    off: {
      id: "off",
      entry: [{ type: "publish", params: { state: "off", wait: "hold" } }, "hold"],
      exit: cancel("hold"),
      on: {
        SwitchOff: [{ guard: "forGood", ...switchOff }, isBeing],
        HoldOver: {
          target: "polling",
          actions: { type: "tellDone", params: { type: "BoardSwitchedOn" } },
        },
        SwitchOn: {
          target: "polling",
          actions: [{ type: "tellDone", params: { type: "BoardSwitchedOn" } }, "accept"],
        },
        PollNow: whenOff,
        ResetBreaker: whenOff,
      },
    },
    /** An operator has switched off this kind of portal; each look asks whether that still holds. */
    notAllowed: {
      entry: { type: "publish", params: { state: "not-allowed", wait: "none" } },
      after: { askAgain: "polling" },
      on: { PollNow: { target: "polling", actions: "accept" }, ResetBreaker: isBeing, SwitchOn: isBeing },
    },
  },
});
