/** The words that the employee machine is written in. */
import { assign, enqueueActions, sendTo, setup } from "xstate";
import { encodeToken } from "../../protocols/address.ts";
import type { ApplicationMessage } from "../../protocols/application.ts";
import type { DispatcherMessage } from "../../protocols/dispatcher.ts";
import type {
  EmployeeMessage,
  EmployeeProfile,
  Intent,
  Offer,
  StandingReply,
} from "../../protocols/employee.ts";
import type { Fact } from "../../protocols/event.ts";
import { defaultQueueSettings, type StrikePolicy } from "../../protocols/queue-settings.ts";
import { accepted, type rejected } from "../../protocols/rejection.ts";
import type { LinkGap, StrikeEntry, UnansweredCommand } from "../../protocols/strike.ts";
import type { Heard } from "../heard.ts";
import { remote, reply } from "../remote.ts";
import { strikesIn } from "./ledger.ts";

export interface EmployeeSettings {
  /** The review queue this person works for: the id of its dispatcher. */
  readonly queue: string;
  /** Times in milliseconds, from when the edge says that the line is lost (which it does after a grace period of its own). */
  readonly goneAfterMs: number;
  readonly restoreWithinMs: number;
  readonly releaseAfterMs: number;
}

/** In steps of the time after which an edge tells that a line is lost: gone, forgotten, its review given back. */
export const lineTimes = (graceMs: number) => ({
  goneAfterMs: graceMs,
  restoreWithinMs: 4 * graceMs,
  releaseAfterMs: 9 * graceMs,
});

/** With the edge's 30 s: offline at 60 s, what they had set kept until 150 s, a review given back after 5 min. */
export const employeeSettings: EmployeeSettings = {
  queue: "main",
  ...lineTimes(30_000),
};

export interface AssignmentKey {
  readonly application: string;
  readonly assignment: number;
}

export type Next = "break" | "offline" | "ending";

export interface EmployeeContext extends EmployeeSettings {
  readonly id: string;
  /** The edge that holds the socket; null before the first sign-in. */
  readonly edge: string | null;
  /** When the line was lost; null while it is up. */
  readonly lostAt: number | null;
  /** The latest times without a line, oldest first. */
  readonly gaps: readonly LinkGap[];
  /** What follows the review in hand. */
  readonly next: Next | null;
  /** In hand, oldest first. */
  readonly offers: readonly Offer[];
  /** The latest that ended or were refused, newest last. */
  readonly recent: readonly AssignmentKey[];
  readonly entries: readonly StrikeEntry[];
  /** When a broken line was forgiven. */
  readonly pardons: readonly number[];
  /** The latest that we owe them an answer to, oldest first; missing in what was stored before it was kept. */
  readonly unanswered?: readonly UnansweredCommand[];
  /** Reviews finished in time since the last strike. */
  readonly streak: number;
  /** Of the queue, as it came with the last offer. */
  readonly policy: StrikePolicy;
  readonly profile: EmployeeProfile;
  /** When the state that people see was entered. */
  readonly since: number;
  readonly lockedAt: number | null;
}

/** An offer can come twice within minutes, not after this many further reviews. */
export const recentBound = 20;
const gapBound = 30;
export const unansweredBound = 20;
/** How often a free hand is announced again: five minutes cost nothing and bound how long a lost one goes unseen. */
export const sayAgainMs = 5 * 60_000;
/** After its deadline a review is given this long to be ended by the application. */
export const overdueMs = 60_000;

export type Event = Heard<EmployeeMessage>;

export const same = (a: AssignmentKey, b: AssignmentKey) =>
  a.application === b.application && a.assignment === b.assignment;
const offerOf = ({ offers }: EmployeeContext, event: Event) =>
  "assignment" in event ? offers.find((offer) => same(offer, event)) : undefined;
const employeeFree = ({ id, queue, offers, profile }: EmployeeContext) =>
  [
    remote("dispatcher", queue),
    { type: "EmployeeFree", employee: id, open: offers.length, ...profile } satisfies DispatcherMessage,
  ] as const;
export const hasRoom = ({ offers, profile, next, lostAt }: EmployeeContext) =>
  offers.length < profile.capacity && next === null && lostAt === null;
const remembered = ({ recent }: EmployeeContext, { application, assignment }: AssignmentKey) =>
  [...recent, { application, assignment }].slice(-recentBound);
export const replyToOf = (event: Event) => ("replyTo" in event ? event.replyTo : undefined);
const until = (due: number, { at }: Event) => Math.max(0, due - at);
const lastOfThese = ({ offers }: EmployeeContext, event: Event) =>
  "assignment" in event && offers.every((offer) => same(offer, event));

export const employee = setup({
  types: {
    context: {} as EmployeeContext,
    events: {} as Event,
    input: {} as { id: string; at: number } & Partial<EmployeeSettings>,
    emitted: {} as Fact,
  },
  delays: {
    sayAgain: sayAgainMs,
    overdue: ({ context, event }) =>
      until(Math.max(...context.offers.map(({ deadlineAt }) => deadlineAt), event.at), event) + overdueMs,
    linkGone: ({ context, event }) => until((context.lostAt ?? event.at) + context.goneAfterMs, event),
    restoreOver: ({ context }) => context.restoreWithinMs - context.goneAfterMs,
    releaseDue: ({ context, event }) => until((context.lostAt ?? event.at) + context.releaseAfterMs, event),
  },
  guards: {
    sameEdge: ({ context, event }) => event.type === "LinkLost" && event.edge === context.edge,
    lineIsLost: ({ context }) => context.lostAt !== null,
    aboutOffer: ({ context, event }) => offerOf(context, event) !== undefined,
    /** Neither in hand nor over: what comes twice is no new offer. */
    newOffer: ({ context: { offers, recent }, event }) =>
      event.type === "OfferReview" && ![...offers, ...recent].some((known) => same(known, event.offer)),
    hasRoom: ({ context }) => hasRoom(context),
    othersInHand: ({ context, event }) =>
      offerOf(context, event) !== undefined && !lastOfThese(context, event),
    missed: ({ context, event }) =>
      event.type === "ReviewEnded" && event.outcome === "missed" && offerOf(context, event) !== undefined,
    /** Whoever did not see or finish it is asked to say again that they are there. */
    absent: ({ event }) =>
      event.type === "ReviewEnded" && (event.outcome === "missed" || event.outcome === "released"),
    nextIsBreak: ({ context }) => context.next === "break",
    nextIsAway: ({ context }) => context.next !== null && context.next !== "break",
    belowLock: ({ context }) => strikesIn(context.entries) < context.policy.lockAtStrike,
  },
  actions: {
    accept: sendTo(({ event }) => reply(replyToOf(event)), accepted),
    refuse: sendTo(
      ({ event }) => reply(replyToOf(event)),
      (_, params: ReturnType<typeof rejected>) => params,
    ),
    standing: sendTo(
      ({ event }) => reply(replyToOf(event)),
      (
        { context, event },
        { status, intent }: { status: StandingReply["status"]; intent: Intent },
      ): StandingReply => {
        const { offers, next, lostAt, since, profile, policy, entries, goneAfterMs } = context;
        return {
          type: "StandingReply",
          ...{ status, strikes: strikesIn(entries), offer: offers[0] ?? null, offers },
          link: lostAt === null ? "online" : event.at - lostAt < goneAfterMs ? "reconnecting" : "offline",
          linkSince: lostAt ?? context.gaps.at(-1)?.to ?? since,
          intent: next === "ending" ? "ending" : intent,
          ...{ next, since, profile },
          ...{ warnAtStrike: policy.warnAtStrike, lockAtStrike: policy.lockAtStrike },
        };
      },
    ),
    // The very first entry has no event.
    since: assign(({ context, event }) => ({ since: event.at ?? context.since })),
    tellFree: enqueueActions(({ context, enqueue }) => enqueue.sendTo(...employeeFree(context))),
    /** One of several is done, or more are allowed: the other hand is free again. */
    tellRoom: enqueueActions(({ context, enqueue }) => {
      if (hasRoom(context)) enqueue.sendTo(...employeeFree(context));
    }),
    tellGone: sendTo(
      ({ context }) => remote("dispatcher", context.queue),
      ({ context }): DispatcherMessage => ({ type: "EmployeeGone", employee: context.id }),
    ),
    takeOffer: assign(({ context, event }) =>
      event.type === "OfferReview"
        ? { offers: [...context.offers, event.offer], policy: event.policy ?? context.policy }
        : {},
    ),
    refuseOffer: enqueueActions(({ context, event, enqueue }) => {
      if (event.type !== "OfferReview") return;
      enqueue.sendTo(remote("application", event.offer.application), {
        type: "OfferRefused",
        employee: context.id,
        assignment: event.offer.assignment,
        reason: context.offers.length === 0 ? "not signed in" : "busy with another review",
      } satisfies ApplicationMessage);
      // Refused once is refused for good: coming again after a sign-in, it is somebody else's by now.
      enqueue.assign({ recent: remembered(context, event.offer) });
    }),
    /** If it is not ours any more, the application tells us so with a ReviewEnded. */
    askWhether: enqueueActions(({ context: { id, offers }, enqueue }) => {
      for (const { application, assignment } of offers)
        enqueue.sendTo(remote("application", application), {
          type: "StillMine",
          ...{ employee: id, assignment },
        } satisfies ApplicationMessage);
    }),
    releaseAll: enqueueActions(({ context: { id, offers }, enqueue }, { reason }: { reason: string }) => {
      for (const { application, assignment } of offers)
        enqueue.sendTo(remote("application", application), {
          type: "ReleaseReview",
          ...{ employee: id, assignment, reason },
        } satisfies ApplicationMessage);
    }),
    forgetAll: assign(({ context }) => ({
      offers: [],
      recent: context.offers.reduce(
        (recent, offer) => remembered({ ...context, recent }, offer),
        context.recent,
      ),
    })),
    moveDeadline: assign(({ context, event }) =>
      event.type === "WarnReview" || event.type === "ReviewExtended"
        ? {
            offers: context.offers.map((offer) =>
              same(offer, event) ? { ...offer, deadlineAt: event.deadlineAt } : offer,
            ),
          }
        : {},
    ),
    endOffer: assign(({ context, event }) => {
      const over = offerOf(context, event);
      if (over === undefined) return {};
      return { offers: context.offers.filter((offer) => offer !== over), recent: remembered(context, over) };
    }),
    noteNext: assign((_, { next }: { next: Next | null }) => ({ next })),
    lineLost: enqueueActions(({ context, event, enqueue }) => {
      enqueue.assign({ lostAt: context.lostAt ?? event.at });
      enqueue.emit({ type: "EmployeeLinkLost", employee: context.id });
    }),
    /** A socket is open; what they had set stays as it was. */
    lineUp: enqueueActions(({ context, event, enqueue }) => {
      if (event.type !== "LinkUp" && event.type !== "SignIn") return;
      const { lostAt, gaps, id } = context;
      enqueue.assign({ edge: event.edge, lostAt: null });
      if (lostAt === null) return;
      enqueue.assign({ gaps: [...gaps, { from: lostAt, to: event.at }].slice(-gapBound) });
      enqueue.emit({ type: "EmployeeLinkBack", employee: id, goneMs: event.at - lostAt });
    }),
    signedIn: enqueueActions(({ context, enqueue }) => {
      enqueue.emit({ type: "EmployeeSignedIn", employee: context.id });
    }),
    signedOut: enqueueActions(({ context, enqueue }, { reason }: { reason: string }) => {
      enqueue.assign({ next: null });
      enqueue.emit({ type: "EmployeeSignedOut", employee: context.id, reason });
    }),
    onBreak: enqueueActions(({ context, event, enqueue }) => {
      enqueue.assign({ next: null });
      enqueue.emit({
        type: "EmployeeOnBreak",
        employee: context.id,
        by: event.type === "SetIntent" ? event.by : null,
      });
    }),
    setProfile: enqueueActions(({ context, event, enqueue }) => {
      if (event.type !== "SetProfile") return;
      const { profile, by, reason } = event;
      enqueue.assign({ profile });
      enqueue.emit({ type: "EmployeeProfileSet", employee: context.id, profile, by, reason });
      enqueue.sendTo(reply(event.replyTo), accepted);
    }),
  },
});

/** What a new employee begins with. */
export const initialContext = ({
  at,
  ...input
}: { id: string; at: number } & Partial<EmployeeSettings>): EmployeeContext => ({
  ...employeeSettings,
  ...input,
  edge: null,
  lostAt: null,
  gaps: [],
  next: null,
  offers: [],
  recent: [],
  entries: [],
  pardons: [],
  streak: 0,
  policy: defaultQueueSettings.strikes,
  profile: { capacity: 1, skills: [], timeFactor: 1 },
  since: at,
  lockedAt: null,
});

export const strikeKey = (id: string) => `employee.${encodeToken(id)}`;
