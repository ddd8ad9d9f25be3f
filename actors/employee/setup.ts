/** The words that the employee machine is written in. */
import { enqueueActions, sendTo, setup } from "xstate";
import { encodeToken } from "../../protocols/address.ts";
import type { ApplicationMessage } from "../../protocols/application.ts";
import type { DispatcherMessage } from "../../protocols/dispatcher.ts";
import type { EmployeeMessage, Offer, StandingReply, StrikeRecord } from "../../protocols/employee.ts";
import type { Fact } from "../../protocols/event.ts";
import { accepted, rejected } from "../../protocols/rejection.ts";
import { buckets } from "../../protocols/subjects.ts";
import type { Heard } from "../heard.ts";
import { record, remote, reply } from "../remote.ts";
import { lockAtStrike, strikeLevel } from "./strikes.ts";

export interface EmployeeSettings {
  /** The review queue this person works for: the id of its dispatcher. */
  readonly queue: string;
}

interface AssignmentKey {
  readonly application: string;
  readonly assignment: number;
}

export interface EmployeeContext extends EmployeeSettings {
  readonly id: string;
  /** The edge that holds the socket; null after the link was lost. */
  readonly edge: string | null;
  /** Signed out while working: goes at the end of the review. */
  readonly leaving: boolean;
  readonly offer: Offer | null;
  /** The latest that ended or were refused, newest last. */
  readonly recent: readonly AssignmentKey[];
  readonly strikes: number;
  readonly lastStrike: AssignmentKey | null;
}

/** An offer can come twice within minutes, not after this many further reviews. */
export const recentBound = 20;
/** How often a free hand is announced again: five minutes cost nothing and bound how long a lost one goes unseen. */
export const sayAgainMs = 5 * 60_000;
/** After its deadline a review is given this long to be ended by the application. */
export const overdueMs = 60_000;

type Event = Heard<EmployeeMessage>;

const same = (a: AssignmentKey | null, b: AssignmentKey) =>
  a !== null && a.application === b.application && a.assignment === b.assignment;
const aboutOffer = ({ offer }: EmployeeContext, event: Event) => "assignment" in event && same(offer, event);
const remembered = ({ recent }: EmployeeContext, { application, assignment }: AssignmentKey) =>
  [...recent, { application, assignment }].slice(-recentBound);
const strikes = (context: EmployeeContext, event: Event) =>
  event.type === "ReviewEnded" && event.strike && aboutOffer(context, event);
const strikeKey = (id: string) => `employee.${encodeToken(id)}`;

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
      Math.max((context.offer?.deadlineAt ?? event.at) - event.at, 0) + overdueMs,
  },
  guards: {
    sameEdge: ({ context, event }) => event.type === "LinkLost" && event.edge === context.edge,
    aboutOffer: ({ context, event }) => aboutOffer(context, event),
    /** Neither in hand nor over: what comes twice is no new offer. */
    newOffer: ({ context: { offer, recent }, event }) =>
      event.type === "OfferReview" &&
      !same(offer, event.offer) &&
      !recent.some((known) => same(known, event.offer)),
    strikes: ({ context, event }) => strikes(context, event),
    locks: ({ context, event }) => strikes(context, event) && context.strikes + 1 >= lockAtStrike,
    absent: ({ context, event }) =>
      event.type === "ReviewEnded" &&
      aboutOffer(context, event) &&
      (event.outcome === "missed" || event.outcome === "released"),
    leaves: ({ context, event }) => aboutOffer(context, event) && (context.leaving || context.edge === null),
  },
  actions: {
    accept: sendTo(({ event }) => reply("replyTo" in event ? event.replyTo : undefined), accepted),
    nothingToUnlock: sendTo(
      ({ event }) => reply("replyTo" in event ? event.replyTo : undefined),
      rejected("NothingToDecide", "This account is not locked: there is nothing to unlock."),
    ),
    standing: sendTo(
      ({ event }) => reply("replyTo" in event ? event.replyTo : undefined),
      ({ context: { strikes, offer } }, { status }: Pick<StandingReply, "status">): StandingReply => ({
        type: "StandingReply",
        status,
        strikes,
        offer,
      }),
    ),
    tellDispatcher: sendTo(
      ({ context }) => remote("dispatcher", context.queue),
      ({ context }, { type }: { type: "EmployeeFree" | "EmployeeGone" }): DispatcherMessage => ({
        type,
        employee: context.id,
      }),
    ),
    refuseOffer: enqueueActions(({ context, event, enqueue }) => {
      if (event.type !== "OfferReview") return;
      enqueue.sendTo(remote("application", event.offer.application), {
        type: "OfferRefused",
        employee: context.id,
        assignment: event.offer.assignment,
        reason: context.offer === null ? "not signed in" : "busy with another review",
      } satisfies ApplicationMessage);
      // Refused once is refused for good: coming again after a sign-in, it is somebody else's by now.
      enqueue.assign({ recent: remembered(context, event.offer) });
    }),
    /** It may grant it; if the review is not ours any more, it tells us so with a ReviewEnded. */
    askForTime: enqueueActions(({ context: { id, offer }, enqueue }) => {
      if (offer === null) return;
      enqueue.sendTo(remote("application", offer.application), {
        type: "ExtendReview",
        employee: id,
        assignment: offer.assignment,
        reason: "The connection was lost.",
      } satisfies ApplicationMessage);
    }),
    moveDeadline: enqueueActions(({ context: { offer }, event, enqueue }) => {
      if (offer !== null && (event.type === "WarnReview" || event.type === "ReviewExtended"))
        enqueue.assign({ offer: { ...offer, deadlineAt: event.deadlineAt } });
    }),
    endOffer: enqueueActions(({ context, enqueue }) => {
      if (context.offer === null) return;
      enqueue.assign({ offer: null, leaving: false, recent: remembered(context, context.offer) });
    }),
    /** This actor alone writes the record of strikes. */
    strike: enqueueActions(({ context, event, enqueue }) => {
      if (event.type !== "ReviewEnded") return;
      const { application, assignment, at } = event;
      const count = context.strikes + 1;
      const strike: Omit<StrikeRecord, "at"> = {
        employee: context.id,
        count,
        level: strikeLevel(count),
        application,
        assignment,
      };
      enqueue.assign({ strikes: count, lastStrike: { application, assignment } });
      enqueue.emit({ type: "StrikeRecorded", ...strike });
      enqueue.sendTo(record(buckets.strikes, strikeKey(context.id)), { type: "StrikeRecord", ...strike, at });
    }),
    signedOut: enqueueActions(({ context, enqueue }, { reason }: { reason: string }) => {
      enqueue.assign({ edge: null, leaving: false });
      enqueue.emit({ type: "EmployeeSignedOut", employee: context.id, reason });
    }),
  },
});
