/**
 * An applier actor: the bot of one portal. It fills one form at a time, in the order the applications came, and tells each
 * application what became of it. A portal that blocks or can't be reached makes it pause; nothing is pressed twice.
 *
 * Hears  Apply, Withdraw (application) · SwitchMode, Describe, ResetBreaker (edge, for a manager or ops)
 * Tells  application: Submission…, ApplierBusy · the asker: Accepted, ApplierReply
 * Holds  the mode of its portal: until a manager has switched it on, forms are filled and kept ready, not sent; what it has in
 *        hand; and how many it has sent today for each candidate, since a portal bans those who apply too often
 */
import { assign, enqueueActions, sendTo, setup } from "xstate";
import type {
  ApplierMessage,
  ApplierMode,
  ApplierReply,
  ApplyRequest,
  AttemptOutcome,
} from "../../protocols/applier.ts";
import type { Fact } from "../../protocols/event.ts";
import { accepted } from "../../protocols/rejection.ts";
import { backOffMs } from "../back-off.ts";
import type { Heard } from "../heard.ts";
import { messageOf } from "../message-of.ts";
import { remote, reply } from "../remote.ts";
import { task } from "../task.ts";

export interface SubmitInput {
  readonly request: ApplyRequest;
  /** False: fill, prove, and do not press. */
  readonly press: boolean;
}

export interface ApplierSettings {
  readonly minBackoffMs: number;
  readonly maxBackoffMs: number;
  /** Sent for one candidate at this portal on one day (UTC). */
  readonly dailyLimit: number;
  /** From the end of one form to the beginning of the next. */
  readonly everyMs: number;
  /** Where forms are sent without anybody having switched it on: beginnings of addresses, of the demo portal. */
  readonly liveAt: readonly string[];
}
export const applierSettings: ApplierSettings = {
  minBackoffMs: 5_000,
  maxBackoffMs: 15 * 60_000,
  dailyLimit: 20,
  everyMs: 0,
  liveAt: [],
};

export const maxQueue = 100;
/** The queue is part of the snapshot, which has a bound of its own; requests can be large. */
export const maxQueueBytes = 128 * 1024;
export const maxRecent = 200;
/** Tries of one request against a portal that blocks or does not answer. */
export const maxTries = 6;
/** Our own trouble says nothing about the portal: it is soon tried again, however often it came before. */
export const maxOwnBackoffMs = 60_000;
const busyRetryMs = 60_000;
const dayMs = 24 * 60 * 60_000;
/** Candidates of one day; a portal where more apply counts only the latest. */
export const maxCounted = 500;

interface Context extends ApplierSettings {
  readonly id: string;
  /** The first is in hand. */
  readonly queue: readonly ApplyRequest[];
  /** `<application>:<attempt>` of what is done lately, to recognise what comes twice. */
  readonly recent: readonly string[];
  /** Tries of the request in hand. */
  readonly tries: number;
  /** Failures in a row, whichever request: the portal's state, not the request's. */
  readonly failures: number;
  readonly retryAfterMs: number | null;
  /** Null until a manager has decided. */
  readonly mode: ApplierMode | null;
  readonly switched: { readonly by: string; readonly at: number; readonly reason: string };
  /** Sent on `day` (days since 1970), by candidate. */
  readonly day: number;
  readonly sent: Readonly<Record<string, number>>;
  /** Why it pauses, for people; "" while it works. */
  readonly trouble: string;
}

const keyOf = ({ application, attempt }: Pick<ApplyRequest, "application" | "attempt">) =>
  `${application}:${attempt}`;
const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).length;

const waitOf = (context: Context) =>
  backOffMs(
    context.id,
    context.failures,
    { minMs: context.minBackoffMs, maxMs: context.maxBackoffMs },
    context.retryAfterMs,
  );

const inHand = ({ id, queue }: Context): ApplyRequest => {
  const first = queue[0];
  if (first === undefined) throw new Error(`Applier ${id} has nothing in hand: it submits only after Apply.`);
  return first;
};

/** Whether this one's button is pressed. */
const presses = ({ mode, liveAt }: Context, { send, job }: ApplyRequest) =>
  send === true || (mode === null ? liveAt.some((site) => job.applyUrl.startsWith(site)) : mode === "live");

const sentToday = ({ day, sent }: Context, candidate: string, at: number) =>
  day === Math.floor(at / dayMs) ? (sent[candidate] ?? 0) : 0;

/** Counts what was, or may have been, sent. */
function counted(context: Context, outcome: AttemptOutcome, at: number): Pick<Context, "day" | "sent"> {
  const candidate = inHand(context).candidate.id;
  if (outcome.outcome !== "confirmed" && outcome.outcome !== "uncertain")
    return { day: context.day, sent: context.sent };
  const day = Math.floor(at / dayMs);
  const before = day === context.day ? Object.entries(context.sent).slice(-maxCounted) : [];
  return {
    day,
    sent: { ...Object.fromEntries(before), [candidate]: sentToday(context, candidate, at) + 1 },
  };
}

interface Trouble {
  readonly reason: string;
  readonly retryAfterMs: number | null;
  /** What was seen instead of a form. */
  readonly evidence: readonly string[];
  readonly ours?: true;
}

/** A browser, a broker or a partition that was lost: it grows with the tries of this request, and the portal's count stays. */
const ownTrouble = ({ id, tries, minBackoffMs, maxBackoffMs }: Context, error: unknown): Trouble => ({
  reason: messageOf(error),
  retryAfterMs: backOffMs(id, tries + 1, {
    minMs: minBackoffMs,
    maxMs: Math.min(maxBackoffMs, maxOwnBackoffMs),
  }),
  evidence: [],
  ours: true,
});

/** Null if the outcome is one that ends the attempt. */
const troubleOf = (outcome: AttemptOutcome): Trouble | null =>
  outcome.outcome === "blocked" || outcome.outcome === "unreachable"
    ? {
        reason: outcome.reason,
        retryAfterMs: outcome.outcome === "blocked" ? outcome.retryAfterMs : null,
        evidence: outcome.evidence ?? [],
      }
    : null;

/** What the application is told. */
function reportOf({ attempt }: ApplyRequest, outcome: AttemptOutcome) {
  switch (outcome.outcome) {
    case "confirmed":
      return { type: "SubmissionConfirmed", attempt, proof: outcome.proof } as const;
    case "duplicate":
      return { type: "SubmissionDuplicate", attempt, detail: outcome.detail } as const;
    case "needs-person":
      return {
        type: "SubmissionNeedsPerson",
        attempt,
        questions: outcome.questions,
        evidence: outcome.evidence,
      } as const;
    case "ready":
      return { type: "SubmissionReady", attempt, evidence: outcome.evidence } as const;
    case "uncertain":
      return { type: "SubmissionUncertain", attempt, detail: outcome.detail } as const;
    case "failed":
      return {
        type: "SubmissionFailed",
        attempt,
        reason: outcome.reason,
        evidence: outcome.evidence,
      } as const;
    case "blocked":
    case "unreachable":
      return {
        type: "SubmissionFailed",
        attempt,
        reason: `The portal did not let us apply in ${maxTries} tries: ${outcome.reason}`,
        evidence: outcome.evidence ?? [],
      } as const;
  }
}

/** The request in hand is done: its place in the queue is free, and it is remembered. */
const withoutFirst = (context: Context) => ({
  queue: context.queue.slice(1),
  recent: [...context.recent, keyOf(inHand(context))].slice(-maxRecent),
  tries: 0,
});

const applier = setup({
  types: {
    context: {} as Context,
    events: {} as Heard<ApplierMessage>,
    input: {} as { id: string; at: number } & Partial<ApplierSettings>,
    emitted: {} as Fact,
  },
  actors: { submitApplication: task<AttemptOutcome, SubmitInput>() },
  actions: {
    report: enqueueActions(({ context, event, enqueue }, outcome: AttemptOutcome) => {
      const request = inHand(context);
      enqueue.sendTo(remote("application", request.application), reportOf(request, outcome));
      enqueue.assign({
        ...withoutFirst(context),
        ...counted(context, outcome, event.at),
        failures: 0,
        retryAfterMs: null,
        trouble: "",
      });
    }),
    /** One try less for the request in hand; at the last the application is told. */
    pause: enqueueActions(({ context, enqueue }, { reason, retryAfterMs, evidence, ours }: Trouble) => {
      const failures = context.failures + (ours ? 0 : 1);
      const next = { failures, retryAfterMs, trouble: reason.slice(0, 500) };
      const spent = context.tries + 1 >= maxTries;
      const request = inHand(context);
      if (spent)
        enqueue.sendTo(
          remote("application", request.application),
          reportOf(request, { outcome: "unreachable", reason: next.trouble, evidence }),
        );
      enqueue.assign(spent ? { ...next, ...withoutFirst(context) } : { ...next, tries: context.tries + 1 });
      enqueue.emit({
        type: "ApplierBlocked",
        portal: context.id,
        reason: next.trouble,
        retryAfterMs: waitOf({ ...context, ...next }),
      });
    }),
    enqueue: assign(({ context, event }) =>
      event.type === "Apply" ? { queue: [...context.queue, event.request] } : {},
    ),
    withdraw: enqueueActions(({ context, enqueue, event }) => {
      if (event.type !== "Withdraw") return;
      const { application, attempt } = event;
      enqueue.sendTo(remote("application", application), { type: "SubmissionWithdrawn", attempt });
      const first = context.queue[0];
      enqueue.assign({
        queue: context.queue.filter((waiting) => keyOf(waiting) !== keyOf(event)),
        recent: [...context.recent, keyOf(event)].slice(-maxRecent),
        tries: first !== undefined && keyOf(first) === keyOf(event) ? 0 : context.tries,
      });
    }),
    refuse: enqueueActions(({ enqueue, event }) => {
      if (event.type !== "Apply") return;
      const { application, attempt } = event.request;
      enqueue.sendTo(remote("application", application), {
        type: "ApplierBusy",
        attempt,
        retryAfterMs: busyRetryMs,
      });
    }),
    refuseToday: enqueueActions(({ enqueue, event }) => {
      if (event.type !== "Apply") return;
      const { application, attempt } = event.request;
      enqueue.sendTo(remote("application", application), {
        type: "ApplierBusy",
        attempt,
        retryAfterMs: dayMs - (event.at % dayMs),
      });
    }),
    switchMode: enqueueActions(({ context, enqueue, event }) => {
      if (event.type !== "SwitchMode") return;
      const { mode, by, reason, at } = event;
      enqueue.assign({ mode, switched: { by, at, reason: reason.slice(0, 500) } });
      enqueue.emit({ type: "ApplierModeChanged", portal: context.id, mode, by, reason });
      enqueue.sendTo(reply(event.replyTo), accepted);
    }),
    describe: sendTo(
      ({ event }) => reply("replyTo" in event ? event.replyTo : undefined),
      ({ context }): ApplierReply => ({
        type: "ApplierReply",
        portal: context.id,
        mode: context.mode,
        ...context.switched,
        waiting: context.queue.length,
        trouble: context.trouble,
      }),
    ),
    recovered: assign({ failures: 0, retryAfterMs: null, trouble: "" }),
  },
  guards: {
    heardBefore: ({ context, event }) =>
      event.type === "Apply" &&
      (context.recent.includes(keyOf(event.request)) ||
        context.queue.some((waiting) => keyOf(waiting) === keyOf(event.request))),
    full: ({ context, event }) =>
      event.type === "Apply" &&
      (context.queue.length >= maxQueue || bytesOf(context.queue) + bytesOf(event.request) > maxQueueBytes),
    /** What waits counts too: all of it may be sent today. */
    enoughToday: ({ context, event }) =>
      event.type === "Apply" &&
      presses(context, event.request) &&
      sentToday(context, event.request.candidate.id, event.at) +
        context.queue.filter(({ candidate }) => candidate.id === event.request.candidate.id).length >=
        context.dailyLimit,
    atOnce: ({ context }) => context.everyMs === 0,
    waiting: ({ context }) => context.queue.length > 0,
    queued: ({ context, event }) =>
      event.type === "Withdraw" && context.queue.some((waiting) => keyOf(waiting) === keyOf(event)),
    queuedBehind: ({ context, event }) =>
      event.type === "Withdraw" && context.queue.slice(1).some((waiting) => keyOf(waiting) === keyOf(event)),
  },
  delays: { coolDown: ({ context }) => waitOf(context), rest: ({ context }) => context.everyMs },
});

export const applierMachine = applier.createMachine({
  id: "applier@2",
  context: ({ input }) => ({
    id: input.id,
    minBackoffMs: input.minBackoffMs ?? applierSettings.minBackoffMs,
    maxBackoffMs: input.maxBackoffMs ?? applierSettings.maxBackoffMs,
    dailyLimit: input.dailyLimit ?? applierSettings.dailyLimit,
    everyMs: input.everyMs ?? applierSettings.everyMs,
    liveAt: input.liveAt ?? applierSettings.liveAt,
    mode: null,
    switched: { by: "", at: 0, reason: "" },
    day: 0,
    sent: {},
    queue: [],
    recent: [],
    tries: 0,
    failures: 0,
    retryAfterMs: null,
    trouble: "",
  }),
  initial: "idle",
  on: {
    Apply: [
      { guard: "heardBefore" },
      { guard: "enoughToday", actions: "refuseToday" },
      { guard: "full", actions: "refuse" },
      { actions: "enqueue" },
    ],
    SwitchMode: { actions: "switchMode" },
    Describe: { actions: "describe" },
    // The first may be at the button: what becomes of it will be told.
    Withdraw: { guard: "queuedBehind", actions: "withdraw" },
  },
  states: {
    idle: { always: { guard: "waiting", target: "submitting" } },
    submitting: {
      invoke: {
        src: "submitApplication",
        input: ({ context }) => ({
          request: inHand(context),
          press: presses(context, inHand(context)),
        }),
        onDone: [
          {
            guard: ({ event }) => troubleOf(event.output) !== null,
            target: "cooling",
            actions: {
              type: "pause",
              params: ({ event }) =>
                troubleOf(event.output) ?? { reason: "", retryAfterMs: null, evidence: [] },
            },
          },
          { target: "resting", actions: { type: "report", params: ({ event }) => event.output } },
        ],
        // Our own trouble (browser, broker, partition lost). Safe to try again: the recorded intent guards the button.
        onError: {
          target: "cooling",
          actions: {
            type: "pause",
            params: ({ context, event }) => ownTrouble(context, event.error),
          },
        },
      },
    },
    /** A portal that is asked in a rush shuts its door. */
    resting: {
      always: { guard: "atOnce", target: "idle" },
      after: { rest: "idle" },
      on: { Withdraw: { guard: "queued", actions: "withdraw" } },
    },
    cooling: {
      after: { coolDown: "idle" },
      on: {
        ResetBreaker: { target: "idle", actions: "recovered" },
        // Nothing is in work: the first was not let in, so it can go too.
        Withdraw: { guard: "queued", actions: "withdraw" },
      },
    },
  },
});
