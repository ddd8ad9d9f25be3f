/** The words that the dispatcher machine is written in. */
import { assign, enqueueActions, sendTo, setup } from "xstate";
import type { ApplicationMessage } from "../../protocols/application.ts";
import type {
  DispatcherMessage,
  Pause,
  PendingReview,
  PlaceReply,
  RosterReply,
} from "../../protocols/dispatcher.ts";
import type { Fact } from "../../protocols/event.ts";
import type { IncidentsMessage } from "../../protocols/incident.ts";
import type { QueueSettings } from "../../protocols/queue-settings.ts";
import { accepted, rejected } from "../../protocols/rejection.ts";
import { backOffMs } from "../back-off.ts";
import type { Heard } from "../heard.ts";
import { remote, reply } from "../remote.ts";
import { task } from "../task.ts";
import { inLine, lineOf } from "./line.ts";
import { freed, gone, type Hand, taken, untaken } from "./round-robin.ts";
import { inTurn, joined, maxWindow, mayHave, type Waiting } from "./window.ts";

/** What the task `takeReview` is given: the queue, how many reviews are wanted at most, and how fast priority grows. */
export interface TakeReviewInput {
  readonly queue: string;
  readonly most: number;
  readonly agingEveryMs: number;
}

/** What it brings; a task of before brought one or none. */
export type Took = PendingReview | readonly PendingReview[] | null;

/** Given to somebody, not yet answered by the application. */
export interface Pending {
  readonly application: string;
  readonly request: number;
  readonly employee: string;
  /** When it was last said, epoch milliseconds. */
  readonly since: number;
  readonly tries: number;
  /** The hand's place before, if nothing comes of it. */
  readonly lastAssignedAt: number;
  /** The employee went away meanwhile: the hand is not free again if nothing comes of it. */
  readonly gone: boolean;
  readonly timeFactor?: number;
}

/** At work on it. */
export interface Live {
  readonly application: string;
  readonly employee: string;
}

export interface DispatcherContext {
  /** The queue's name. */
  readonly id: string;
  readonly hands: readonly Hand[];
  readonly window: readonly Waiting[];
  readonly pending: readonly Pending[];
  readonly live: readonly Live[];
  /** What a manager has set; null as long as nobody has: the numbers of the installation hold. */
  readonly settings: QueueSettings | null;
  /** Counts the changes. */
  readonly version: number;
  readonly paused: Pause | null;
  /** Of the task, in a row. */
  readonly failures: number;
}

/** An application answers within one turn; after this long it is told again, which changes nothing if it had heard. */
export const resendAfterMs = 10_000;
export const maxTries = 6;
/** Bounds the snapshot, and the sends of one turn. */
export const maxPending = 150;
/** Of the line, in a reply: more than anybody reads. */
const mostListed = 200;
/** Whoever is free and whatever waits are brought together again this often: exclusions end, skills relax, priorities grow. */
export const lookAgainMs = 5_000;

type TookReview = { readonly type: "xstate.done.actor.takeReview"; readonly output: Took };
type Event = Heard<DispatcherMessage | TookReview>;

interface AssignmentKey {
  readonly application: string;
  readonly request: number;
  readonly employee: string;
}
const samePending = (a: AssignmentKey, b: AssignmentKey) =>
  a.application === b.application && a.request === b.request && a.employee === b.employee;
const answered = ({ pending }: DispatcherContext, event: Event) =>
  event.type === "ReviewAssigned" || event.type === "AssignRefused"
    ? pending.find((p) => samePending(p, event))
    : undefined;
/** The reviews that the task brought. XState types its results apart from messages, hence the look by hand. */
const broughtBy = (event: unknown): readonly PendingReview[] => {
  const { output } = event as { readonly output?: Took };
  return output === null || output === undefined
    ? []
    : Array.isArray(output)
      ? output
      : [output as PendingReview];
};
const withoutLive = (live: readonly Live[], { application, employee }: Live) =>
  live.filter((one) => one.application !== application || one.employee !== employee);

const toAsker = ({ event }: { readonly event: Event }) =>
  reply("replyTo" in event ? event.replyTo : undefined);

/** @param defaults the numbers of the installation, which hold until a manager sets others */
export const dispatcherWords = (defaults: QueueSettings) => {
  const settingsOf = ({ settings }: DispatcherContext): QueueSettings => settings ?? defaults;
  /** Whoever is free, next first. */
  const inOrder = (context: DispatcherContext) => lineOf(context.hands, settingsOf(context).strategy);

  const assignReview = (
    context: DispatcherContext,
    { application, request, employee, timeFactor = 1 }: AssignmentKey & { readonly timeFactor?: number },
  ) => {
    const { terms, strikes } = settingsOf(context);
    return [
      remote("application", application),
      {
        type: "AssignReview",
        ...{ employee, request, queue: context.id, terms, policy: strikes, timeFactor },
      } satisfies ApplicationMessage,
    ] as const;
  };

  return setup({
    types: {
      context: {} as DispatcherContext,
      events: {} as Event,
      input: {} as { id: string; at: number },
      emitted: {} as Fact,
    },
    actors: { takeReview: task<Took, TakeReviewInput>() },
    delays: {
      resendAfter: resendAfterMs,
      lookAgain: lookAgainMs,
      backOff: ({ context }) => backOffMs(context.id, context.failures, { minMs: 1_000, maxMs: 60_000 }),
    },
    guards: {
      wantsReview: ({ context }) => {
        const { pending, window, paused } = context;
        return (
          paused === null &&
          inOrder(context).length > 0 &&
          pending.length < maxPending &&
          window.length < maxWindow
        );
      },
      someoneIsFree: ({ context }) => inOrder(context).length > 0,
      nothingPending: ({ context }) => context.pending.length === 0,
      windowIsEmpty: ({ context }) => context.window.length === 0,
      isPending: ({ context, event }) => answered(context, event) !== undefined,
      tookSome: ({ event }) => broughtBy(event).length > 0,
      madeFromThese: ({ context, event }) =>
        event.type === "ChangeSettings" && event.version === context.version,
    },
    actions: {
      noteFree: assign(({ context, event }) => {
        if (event.type !== "EmployeeFree") return {};
        const back = ({ employee }: Pending) => employee === event.employee;
        return {
          hands: freed(context.hands, event),
          pending: context.pending.map((p) => (back(p) ? { ...p, gone: false } : p)),
        };
      }),
      noteGone: assign(({ context, event }) => {
        if (event.type !== "EmployeeGone") return {};
        const left = ({ employee }: Pending) => employee === event.employee;
        return {
          hands: gone(context.hands, event.employee),
          pending: context.pending.map((p) => (left(p) ? { ...p, gone: true } : p)),
        };
      }),
      takeIn: assign(({ context, event }) => ({
        failures: 0,
        window: joined(context.window, broughtBy(event), event.at),
      })),
      /** Gives out what it can: the next review to the next hand that may have it, one to each. */
      match: enqueueActions(({ context, event, enqueue }) => {
        const { window, hands, paused } = context;
        if (paused !== null || window.length === 0) return;
        const settings = settingsOf(context);
        const next = inLine(hands, settings.strategy);
        let { pending } = context;
        const left: Waiting[] = [];
        const given: string[] = [];
        for (const waiting of inTurn(window, event.at, settings.agingEveryMs)) {
          const hand =
            pending.length < maxPending
              ? mayHave(waiting, event.at, settings)
                  .map(next)
                  .find((found) => found !== null)
              : undefined;
          if (hand === undefined || hand === null) {
            left.push(waiting);
            continue;
          }
          const { application, request } = waiting.review;
          const { employee, lastAssignedAt, timeFactor } = hand;
          const assignment = { application, request, employee, timeFactor };
          given.push(employee);
          // The same request to the same person, taken twice from the queue, is one.
          pending = [
            ...pending.filter((p) => !samePending(p, assignment)),
            { ...assignment, since: event.at, tries: 1, lastAssignedAt, gone: false },
          ];
          enqueue.sendTo(...assignReview(context, assignment));
        }
        if (given.length > 0) enqueue.assign({ hands: taken(hands, given, event.at), pending, window: left });
      }),
      noteAssigned: assign(({ context, event }) => {
        if (event.type !== "ReviewAssigned") return {};
        const { application, employee } = event;
        const known = answered(context, event);
        const others = withoutLive(context.live, event);
        const again = others.length < context.live.length; // Asked twice, it answers twice.
        return {
          pending: context.pending.filter((p) => p !== known),
          live: [...others, { application, employee }],
          // Given by a manager: the hand is as busy as by us.
          ...(known === undefined && !again ? { hands: taken(context.hands, [employee], event.at) } : {}),
        };
      }),
      noteOver: assign(({ context, event }) =>
        event.type === "ReviewOver" ? { live: withoutLive(context.live, event) } : {},
      ),
      giveHandBack: assign(({ context, event }) => {
        const pending = answered(context, event);
        if (pending === undefined) return {};
        const others = context.pending.filter((p) => p !== pending);
        const free = !pending.gone && !others.some(({ employee }) => employee === pending.employee);
        return {
          pending: others,
          hands: untaken(context.hands, pending.employee, pending.lastAssignedAt, free),
        };
      }),
      /** What was not answered is said again; what never is frees its hand. */
      sayAgain: enqueueActions(({ context, event, enqueue }) => {
        let { hands } = context;
        const pending = context.pending.flatMap((p) => {
          if (event.at - p.since < resendAfterMs) return [p];
          if (p.tries < maxTries) {
            enqueue.sendTo(...assignReview(context, p));
            return [{ ...p, since: event.at, tries: p.tries + 1 }];
          }
          // The application is parked; its mail waits there for it, and the hand is needed elsewhere.
          hands = untaken(hands, p.employee, p.lastAssignedAt, !p.gone);
          return [];
        });
        enqueue.assign({ pending, hands });
      }),
      askAboutMiss: enqueueActions(({ context, event, enqueue }) => {
        if (event.type !== "MissReported") return;
        const { correlatedPeople, correlatedShare, correlatedWithinMs } = settingsOf(context);
        const { employee, application, assignment, from, to, excused } = event;
        enqueue.sendTo(remote("incidents", context.id), {
          type: "JudgeMiss",
          ...{ employee, application, assignment, from, to, excused },
          // Whoever has just missed theirs was at work too.
          live: context.live.length + 1,
          ...{ correlatedPeople, correlatedShare, correlatedWithinMs },
        } satisfies IncidentsMessage);
      }),
      extendLive: enqueueActions(({ context, event, enqueue }) => {
        if (event.type !== "ExtendLive") return;
        const { incident, ms, from, to, reason } = event;
        for (const { application } of context.live)
          enqueue.sendTo(remote("application", application), {
            type: "ExtendLive",
            ...{ incident, ms, from, to, reason },
          } satisfies ApplicationMessage);
      }),
      changeSettings: enqueueActions(({ context, event, enqueue }) => {
        if (event.type !== "ChangeSettings") return;
        const { settings, by, reason } = event;
        const version = context.version + 1;
        enqueue.emit({
          type: "QueueSettingsChanged",
          ...{ queue: context.id, version, before: settingsOf(context), after: settings, by, reason },
        });
        enqueue.assign({ settings, version });
        enqueue.sendTo(reply(event.replyTo), accepted);
      }),
      refuseSettings: sendTo(
        toAsker,
        rejected(
          "SettingsChanged",
          "Somebody has changed these settings meanwhile: load them again, and make your change on top.",
        ),
      ),
      pause: enqueueActions(({ context, event, enqueue }) => {
        if (event.type !== "PauseDispatch") return;
        const { paused, by, reason, at } = event;
        if (paused !== (context.paused !== null))
          enqueue.emit({
            type: paused ? "DispatchPaused" : "DispatchResumed",
            ...{ queue: context.id, by, reason },
          });
        enqueue.assign({ paused: paused ? { by, reason, at } : null });
        enqueue.sendTo(reply(event.replyTo), accepted);
      }),
      tellRoster: sendTo(toAsker, ({ context, event }): RosterReply => {
        const settings = settingsOf(context);
        const free = inOrder(context);
        return {
          type: "RosterReply",
          free: free
            .slice(0, mostListed)
            .map(({ employee, lastAssignedAt }) => ({ employee, lastAssignedAt })),
          freeCount: free.length,
          window: inTurn(context.window, event.at, settings.agingEveryMs).map(({ review }) => review),
          liveCount: context.live.length,
          settings,
          version: context.version,
          paused: context.paused,
        };
      }),
      tellPlace: sendTo(toAsker, ({ context, event }): PlaceReply => {
        const line = inOrder(context);
        const place =
          event.type === "PlaceInLine" ? line.findIndex((one) => one.employee === event.employee) : -1;
        return { type: "PlaceReply", position: place < 0 ? null : place + 1, free: line.length };
      }),
    },
  });
};
