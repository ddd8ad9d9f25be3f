/**
 * A portal actor: watches one job board. It looks, tells what is new, waits, looks again; a board that blocks, has changed or
 * can't be reached opens its breaker, and after the back-off one probe decides whether to go on.
 */
import { assign, emit, enqueueActions, setup } from "xstate";
import type { Fact } from "../../protocols/event.ts";
import type { Board, Discovery, PortalMessage } from "../../protocols/portal.ts";
import { topics } from "../../protocols/subjects.ts";
import { backOffMs } from "../back-off.ts";
import type { Heard } from "../heard.ts";
import { messageOf } from "../message-of.ts";
import { topicOfNewTrace } from "../remote.ts";
import { task } from "../task.ts";

/** What the task `discover` is given. `limit` bounds the postings of one look; a probe asks for one. */
export interface DiscoverInput {
  readonly board: Board;
  /** `<key>:<digest>` of what is known, oldest first. */
  readonly known: readonly string[];
  readonly etag: string | null;
  readonly limit: number;
}

export interface PortalSettings {
  readonly minBackoffMs: number;
  readonly maxBackoffMs: number;
}
export const portalSettings: PortalSettings = { minBackoffMs: 5_000, maxBackoffMs: 15 * 60_000 };

export const maxKnown = 1_500;
/** A board's answer that we no longer understand rarely heals by itself: look ten times less often than after a block. */
const changedFactor = 10;
const pageSize = 25;

interface Context extends PortalSettings {
  readonly id: string;
  readonly board: Board | null;
  readonly pollEveryMs: number;
  readonly known: readonly string[];
  readonly etag: string | null;
  /** In a row, of any sort. */
  readonly failures: number;
  readonly retryAfterMs: number | null;
  /** Why the breaker is open, for people; "" while it is closed. */
  readonly trouble: string;
}

/** Known entries after a look: what it brought is newest, and the oldest beyond the bound are forgotten. */
export function remember(known: readonly string[], seen: readonly string[]): readonly string[] {
  const merged = new Map<string, string>();
  for (const entry of [...known, ...seen]) {
    const key = entry.slice(0, entry.lastIndexOf(":"));
    merged.delete(key);
    merged.set(key, entry);
  }
  return [...merged.values()].slice(-maxKnown);
}

const sameBoard = (a: Board | null, b: Board) =>
  a !== null &&
  a.url === b.url &&
  a.adapter === b.adapter &&
  a.company === b.company &&
  a.region === b.region;

const paceOf = (ms: number) => Math.min(Math.max(ms, 100), 86_400_000);

const waitOf = (context: Context) =>
  backOffMs(
    context.id,
    context.failures,
    { minMs: context.minBackoffMs, maxMs: context.maxBackoffMs },
    context.retryAfterMs,
  );

const troubleOf = (found: Discovery) => ({
  reason: found.outcome === "postings" ? "" : found.reason.slice(0, 500),
  retryAfterMs: found.outcome === "blocked" ? found.retryAfterMs : null,
});

const portal = setup({
  types: {
    context: {} as Context,
    events: {} as Heard<PortalMessage>,
    input: {} as { id: string; at: number } & Partial<PortalSettings>,
    emitted: {} as Fact,
  },
  actors: { discover: task<Discovery, DiscoverInput>() },
  actions: {
    failed: assign(({ context }, trouble: { reason: string; retryAfterMs: number | null }) => ({
      failures: context.failures + 1,
      trouble: trouble.reason,
      retryAfterMs: trouble.retryAfterMs,
    })),
    /** Tells the catalog what was found and the world how it went. */
    tellPage: enqueueActions(({ context, enqueue }, found: Discovery) => {
      if (found.outcome !== "postings") return;
      for (const posting of found.postings)
        enqueue.sendTo(topicOfNewTrace(topics.raw(context.id)), { type: "JobDiscovered", posting });
      for (const { externalId, reason } of found.rejected)
        enqueue.emit({ type: "PostingRejected", portal: context.id, externalId, reason });
      enqueue.emit({
        type: "PortalPolled",
        portal: context.id,
        company: context.board?.company ?? "",
        found: found.postings.length,
        rejected: found.rejected.length,
      });
      enqueue.assign({
        known: remember(context.known, found.known),
        etag: found.etag,
        failures: 0,
        trouble: "",
        retryAfterMs: null,
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
    recovered: assign({ failures: 0, trouble: "", retryAfterMs: null }),
  },
  delays: {
    pollEvery: ({ context }) => context.pollEveryMs,
    backOff: ({ context }) => waitOf(context),
    longBackOff: ({ context }) => waitOf(context) * changedFactor,
  },
  guards: {
    newBoard: ({ context, event }) => event.type === "Watch" && !sameBoard(context.board, event.board),
    newPace: ({ context, event }) =>
      event.type === "Watch" && paceOf(event.pollEveryMs) !== context.pollEveryMs,
  },
});

/** The board is looked at once. */
const look = (limit: number) =>
  portal.createStateConfig({
    invoke: {
      src: "discover",
      input: ({ context }) => {
        if (context.board === null)
          throw new Error(`Portal ${context.id} looks without a board: say Watch first.`);
        return { board: context.board, known: context.known, etag: context.etag, limit };
      },
      onDone: [
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
  });

const closed = { target: "polling", actions: { type: "recovered" } } as const;

export const portalMachine = portal.createMachine({
  id: "portal@1",
  context: ({ input }) => ({
    minBackoffMs: input.minBackoffMs ?? portalSettings.minBackoffMs,
    maxBackoffMs: input.maxBackoffMs ?? portalSettings.maxBackoffMs,
    id: input.id,
    board: null,
    pollEveryMs: 60_000,
    known: [],
    etag: null,
    failures: 0,
    retryAfterMs: null,
    trouble: "",
  }),
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
            known: [],
            etag: null,
          })),
          "recovered",
        ],
      },
      { guard: "newPace", actions: assign(({ event }) => ({ pollEveryMs: paceOf(event.pollEveryMs) })) },
      // The same again (each boot says it) changes nothing.
      {},
    ],
  },
  states: {
    unwatched: {},
    polling: look(pageSize),
    idle: { after: { pollEvery: "polling" }, on: { PollNow: "polling" } },
    /** Blocked: 429, 403, a captcha. */
    open: { after: { backOff: "halfOpen" }, on: { ResetBreaker: closed } },
    /** The board answers, but not what the adapter understands: a person should look. */
    changed: { after: { longBackOff: "halfOpen" }, on: { ResetBreaker: closed } },
    unreachable: { after: { backOff: "halfOpen" }, on: { ResetBreaker: closed } },
    halfOpen: look(1),
  },
});
