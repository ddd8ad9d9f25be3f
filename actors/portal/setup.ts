/** The words that the states of the portal machine are written in: what it does with a look, and what it tells whom. */
import { assign, emit, enqueueActions, sendTo, setup } from "xstate";
import { encodeToken } from "../../protocols/address.ts";
import type { Fact } from "../../protocols/event.ts";
import type { Board, BoardStanding, Discovery, PortalMessage } from "../../protocols/portal.ts";
import { accepted, type RejectionReason, rejected } from "../../protocols/rejection.ts";
import { buckets, topics } from "../../protocols/subjects.ts";
import { catalogGroup } from "../catalog/group.ts";
import type { Heard } from "../heard.ts";
import { record, remote, reply, topicOfNewTrace } from "../remote.ts";
import { task } from "../task.ts";
import {
  holdOf,
  longWaitOf,
  type PortalContext,
  type PortalSettings,
  paceOf,
  sameBoard,
  standingOf,
  waitOf,
  whole,
} from "./context.ts";
import { groupsOf, remember, vanished } from "./known.ts";

/** What the task `discover` is given. `limit` bounds the postings of one look; a probe asks for one. */
export interface DiscoverInput {
  readonly board: Board;
  /** `<key>:<digest>` of what is known, oldest first. */
  readonly known: readonly string[];
  readonly etag: string | null;
  readonly limit: number;
}

type Found = Extract<Discovery, { outcome: "postings" }>;
/** It also says to itself when the time is over for which it was switched off. */
type Event = Heard<PortalMessage> | { type: "HoldOver"; at: number };

const replyTo = (event: Event) => reply("replyTo" in event ? event.replyTo : undefined);
const whoAsks = (event: Event) => ("by" in event ? event.by : undefined) ?? "the installation";

/** When this state ends by itself, or null. */
const nextOf = (
  context: PortalContext,
  wait: "poll" | "backOff" | "longBackOff" | "hold" | "none",
  at: number,
) => {
  const waits = {
    poll: context.pollEveryMs,
    backOff: waitOf(context),
    longBackOff: longWaitOf(context),
    hold: context.heldMs ?? null,
    none: null,
  };
  const ms = waits[wait];
  return ms === null ? null : at + Math.round(ms);
};

export const portal = setup({
  types: {
    context: {} as PortalContext,
    events: {} as Event,
    input: {} as { id: string; at: number } & Partial<PortalSettings>,
    emitted: {} as Fact,
  },
  actors: { discover: task<Discovery, DiscoverInput>() },
  actions: {
    accept: sendTo(({ event }) => replyTo(event), accepted),
    refuse: sendTo(
      ({ event }) => replyTo(event),
      (_, { reason, message }: { reason: RejectionReason; message: string }) => rejected(reason, message),
    ),
    failed: assign(({ context, event }, trouble: { reason: string; retryAfterMs: number | null }) => ({
      failures: context.failures + 1,
      trouble: trouble.reason.slice(0, 500),
      retryAfterMs: trouble.retryAfterMs,
      lastLookAt: event.at,
    })),
    /** Tells the catalog what was found and what is gone, and the world how it went. */
    tellPage: enqueueActions(({ context: stored, event, enqueue }, found: Discovery) => {
      if (found.outcome !== "postings") return;
      const context = whole(stored);
      const groups = new Map<string, string>();
      for (const [i, posting] of found.postings.entries()) {
        const key = found.keys?.[i] ?? posting.externalId;
        groups.set(key, catalogGroup(posting));
        enqueue.sendTo(topicOfNewTrace(topics.raw(context.id)), { type: "JobDiscovered", posting, key });
      }
      for (const { externalId, reason } of found.rejected)
        enqueue.emit({ type: "PostingRejected", portal: context.id, externalId, reason });
      enqueue.emit({
        type: "PortalPolled",
        portal: context.id,
        company: context.board?.company ?? "",
        found: found.postings.length,
        rejected: found.rejected.length,
      });
      if (context.failures > 0)
        enqueue.emit({ type: "PortalRecovered", portal: context.id, failures: context.failures, by: null });
      const known = remember(context.known, found.known, groups);
      const after = lookedThrough(found, known, context.missing);
      for (const { key, group, reason } of after.gone)
        enqueue.sendTo(remote("catalog", group), { type: "PostingGone", portal: context.id, key, reason });
      enqueue.assign({
        known: after.known,
        missing: after.missing,
        etag: found.etag,
        failures: 0,
        trouble: "",
        retryAfterMs: null,
        lastLookAt: event.at,
        found: context.found + found.postings.length,
        rejected: context.rejected + found.rejected.length,
      });
    }),
    tellBlocked: emit(({ context }) => ({
      type: "PortalBlocked",
      portal: context.id,
      reason: context.trouble,
      retryAfterMs: waitOf(context),
    })),
    tellChanged: emit(({ context }) => ({
      type: "PortalChanged",
      portal: context.id,
      reason: context.trouble,
    })),
    tellProbed: emit(({ context }) => ({ type: "PortalProbed", portal: context.id })),
    tellNotAllowed: enqueueActions(({ context, enqueue }, { reason }: { reason: string }) => {
      if (context.trouble === reason) return; // Each look says it again.
      enqueue.assign({ trouble: reason });
      enqueue.emit({ type: "PortalNotAllowed", portal: context.id, reason });
    }),
    tellAdded: enqueueActions(({ context, event, enqueue }) => {
      if (event.type !== "Watch") return;
      const { board, pollEveryMs } = event;
      enqueue.emit({ type: "BoardAdded", portal: context.id, board, pollEveryMs, by: whoAsks(event) });
    }),
    tellDone: emit(
      (
        { context, event },
        { type }: { type: "BoardSwitchedOff" | "BoardSwitchedOn" | "BoardRemoved" | "LookRequested" },
      ) => ({ type, portal: context.id, by: whoAsks(event) }),
    ),
    /** By a person: the next look decides anew. */
    reset: enqueueActions(({ context, event, enqueue }) => {
      enqueue.emit({
        type: "PortalRecovered",
        portal: context.id,
        failures: context.failures,
        by: whoAsks(event),
      });
      enqueue.assign({ failures: 0, trouble: "", retryAfterMs: null });
    }),
    setHold: assign(({ event }) => ({
      heldMs: event.type === "SwitchOff" && event.forMs !== undefined ? holdOf(event.forMs) : null,
    })),
    hold: enqueueActions(({ context, enqueue }) => {
      if (context.heldMs != null)
        enqueue.raise({ type: "HoldOver" } as Event, { id: "hold", delay: context.heldMs });
    }),
    forgive: assign({ failures: 0, trouble: "", retryAfterMs: null }),
    /** The board's place in the bucket `boards`: said whenever it changes, by this actor alone. */
    publish: enqueueActions(
      (
        { context, event, enqueue },
        { state, wait }: { state: BoardStanding["state"]; wait: Parameters<typeof nextOf>[1] },
      ) => {
        const standing = standingOf(context, state, event.at, nextOf(context, wait, event.at));
        enqueue.assign({ state, since: standing.since });
        enqueue.sendTo(record(buckets.boards, encodeToken(context.id)), {
          type: "BoardStanding",
          ...standing,
        });
      },
    ),
  },
  delays: {
    pollEvery: ({ context }) => context.pollEveryMs,
    backOff: ({ context }) => waitOf(context),
    longBackOff: ({ context }) => longWaitOf(context),
    /** A switch is turned by a restart of the node, so this need not be often. */
    askAgain: 600_000,
  },
  guards: {
    newBoard: ({ context, event }) => event.type === "Watch" && !sameBoard(context.board, event.board),
    newPace: ({ context, event }) =>
      event.type === "Watch" && paceOf(event.pollEveryMs) !== context.pollEveryMs,
    unwatched: ({ context }) => context.board === null,
    forGood: ({ context, event }) =>
      event.type === "SwitchOff" && event.forMs === undefined && context.heldMs != null,
  },
});

/** What the board has lost by this look, and what is remembered after it. */
function lookedThrough(found: Found, known: readonly string[], missing: readonly string[]) {
  const said = new Map(found.closed?.map(({ key, reason }) => [key, reason]));
  const closed = groupsOf(known, new Set(said.keys())).map((one) => ({
    ...one,
    reason: said.get(one.key) ?? "",
  }));
  const judged = !found.more && (found.unchanged === true || found.complete === true);
  const after = judged
    ? vanished(known, found.unchanged === true ? null : found.known, missing)
    : { gone: [], missing, known };
  return {
    ...after,
    gone: [
      ...closed,
      ...after.gone.map((one) => ({ ...one, reason: "Its board has not listed it at two looks in a row." })),
    ],
  };
}
