/**
 * One reviewer: three things kept apart. The line (up, or lost and since when) is told by edges; what the person has set (available,
 * a break, away) only they or a manager change; the load is what they hold. Their misses and strikes are kept here too.
 *
 * Hears  SignIn, SignOut, TakeBreak, EndShift, LinkUp, LinkLost, SetIntent, SetProfile, Unlock, AppealStrike, DecideStrike, Ledger,
 *        Standing, CommandUnanswered (edge, presence) · OfferReview, ReviewShown, WarnReview, ReviewExtended, ReviewEnded
 *        (application) · MissJudged, VoidStrikes (incidents)
 * Tells  dispatcher: EmployeeFree, EmployeeGone, MissReported · application: OfferRefused, StillMine, ReleaseReview
 *        · the record `strikes/employee.<id>` · the asker: Accepted, Rejected, StandingReply, LedgerReply
 * Holds  the reviews in hand and the latest ones that ended or were refused, so that what comes late or twice is recognised
 */
import type { Intent, StandingReply } from "../../protocols/employee.ts";
import { rejected } from "../../protocols/rejection.ts";
import {
  appeal,
  clear,
  considerMiss,
  decide,
  excuseUnheld,
  judge,
  judgedToLock,
  locked,
  sweep,
  tellLedger,
  unheldMiss,
  unlocked,
  voidByIncident,
  weighUnanswered,
} from "./judging.ts";
import { employee, hasRoom, initialContext } from "./setup.ts";

const stands = (status: StandingReply["status"], intent: Intent) =>
  ({ Standing: { actions: { type: "standing", params: { status, intent } } } }) as const;
const signsOut = (reason: string) => ({ type: "signedOut", params: { reason } }) as const;
const wantsBreak = ({ event }: { event: { type: string } }) =>
  event.type === "TakeBreak" || (event as { intent?: string }).intent === "break";
const nextIs = (next: "break" | "offline" | "ending") => ({ type: "noteNext", params: { next } }) as const;

/** Out of hand and into a state of rest, at once. */
const leavesFree = {
  SignOut: { target: "away", actions: ["tellGone", signsOut("Signed out."), "accept"] },
  EndShift: { target: "away", actions: ["tellGone", signsOut("The shift is over."), "accept"] },
  TakeBreak: { target: "break", actions: ["tellGone", "onBreak", "accept"] },
  SetIntent: [
    { guard: wantsBreak, target: "break", actions: ["tellGone", "onBreak", "accept"] },
    { target: "away", actions: ["tellGone", signsOut("A manager has switched it off."), "accept"] },
  ],
} as const;

/** Its time may have been over before it could be given back. */
const overWithoutLine = employee.enqueueActions(({ event, enqueue }) => {
  if (event.type === "ReviewEnded" && event.outcome === "missed") enqueue(considerMiss);
  enqueue("endOffer");
});

/** It ends: the line is looked at again whenever the state is entered. */
const here = { always: { guard: "lineIsLost", target: "losing" } } as const;

export const employeeMachine = employee.createMachine({
  id: "employee@2",
  context: ({ input }) => initialContext(input),
  initial: "away",
  on: {
    // Wherever no free hand hears it.
    OfferReview: { guard: "newOffer", actions: "refuseOffer" },
    SignOut: { actions: "accept" },
    EndShift: { actions: "accept" },
    TakeBreak: { actions: "accept" },
    SetIntent: { actions: "accept" },
    LinkUp: { actions: "lineUp" },
    SetProfile: { actions: "setProfile" },
    AppealStrike: { actions: appeal },
    DecideStrike: { actions: decide },
    ReviewEnded: { guard: unheldMiss, actions: excuseUnheld },
    VoidStrikes: { actions: voidByIncident },
    CommandUnanswered: { actions: weighUnanswered },
    Ledger: { actions: tellLedger },
    MissJudged: [
      {
        guard: judgedToLock,
        target: ".locked",
        actions: [
          judge,
          locked,
          {
            type: "releaseAll",
            params: { reason: "Your account was locked, so this review went on without a strike." },
          },
          "forgetAll",
          "tellGone",
          signsOut("Locked after a violation."),
        ],
      },
      { actions: judge },
    ],
    Unlock: {
      actions: {
        type: "refuse",
        params: rejected("NothingToDecide", "This account is not locked: there is nothing to unlock."),
      },
    },
  },
  states: {
    away: {
      entry: "since",
      on: {
        ...stands("away", "offline"),
        SignIn: { target: "free", actions: ["lineUp", "signedIn"] },
      },
    },
    free: {
      initial: "here",
      entry: "tellFree",
      // Said again now and then: whatever was lost on the way heals by itself.
      after: { sayAgain: { target: "free", reenter: true } },
      states: {
        here,
        /** A line that only flickers changes nothing. */
        losing: { after: { linkGone: { target: "#employee@2.lost", actions: "tellGone" } } },
      },
      on: {
        ...stands("free", "available"),
        ...leavesFree,
        // Another tab, or the same one after a reload.
        SignIn: { target: ".here", actions: "lineUp" },
        LinkUp: { target: ".here", actions: "lineUp" },
        LinkLost: { guard: "sameEdge", target: ".losing", actions: "lineLost" },
        SetProfile: { actions: ["setProfile", "tellFree"] },
        OfferReview: { guard: "newOffer", target: "reviewing", actions: ["takeOffer", "since"] },
      },
    },
    /** Without a line for too long to be offered anything, and not long enough to forget what they had set. */
    lost: {
      after: { restoreOver: { target: "away", actions: signsOut("The connection was lost.") } },
      on: {
        ...stands("away", "available"),
        ...leavesFree,
        SignIn: { target: "free", actions: "lineUp" },
        LinkUp: { target: "free", actions: "lineUp" },
      },
    },
    break: {
      entry: "since",
      on: {
        ...stands("break", "break"),
        ...leavesFree,
        TakeBreak: { actions: "accept" },
        SignIn: { target: "free", actions: ["lineUp", "since", "signedIn"] },
      },
    },
    reviewing: {
      initial: "here",
      // Its end should have come: ask whether it is still ours, rather than stay stuck on it.
      after: { overdue: { target: "reviewing", reenter: true, actions: "askWhether" } },
      states: {
        here,
        losing: {
          after: {
            releaseDue: {
              target: "#employee@2.releasing",
              actions: {
                type: "releaseAll",
                params: { reason: "The connection was lost for five minutes. Your draft was kept." },
              },
            },
          },
        },
      },
      on: {
        ...stands("reviewing", "available"),
        SignIn: {
          target: ".here",
          actions: ["lineUp", { type: "noteNext", params: { next: null } }, "tellRoom"],
        },
        LinkUp: [
          { guard: "lineIsLost", target: ".here", actions: ["lineUp", "tellRoom"] },
          { target: ".here", actions: "lineUp" },
        ],
        LinkLost: { guard: "sameEdge", target: ".losing", actions: "lineLost" },
        SetProfile: { actions: ["setProfile", "tellRoom"] },
        // The review stays in hand; the way out is taken at its end.
        SignOut: { actions: [nextIs("offline"), "accept"] },
        EndShift: { actions: [nextIs("ending"), "accept"] },
        TakeBreak: { actions: [nextIs("break"), "accept"] },
        SetIntent: [
          { guard: wantsBreak, actions: [nextIs("break"), "accept"] },
          { actions: [nextIs("offline"), "accept"] },
        ],
        OfferReview: [
          {
            guard: ({ context, event }) =>
              hasRoom(context) &&
              ![...context.offers, ...context.recent].some(
                ({ application, assignment }) =>
                  application === event.offer.application && assignment === event.offer.assignment,
              ),
            target: "reviewing",
            reenter: true,
            actions: "takeOffer",
          },
          { guard: "newOffer", actions: "refuseOffer" },
        ],
        // One at a time: the next only when this one has been shown.
        ReviewShown: [{ guard: "hasRoom", actions: "tellFree" }, { actions: [] }],
        WarnReview: { guard: "aboutOffer", target: "reviewing", reenter: true, actions: "moveDeadline" },
        ReviewExtended: { guard: "aboutOffer", target: "reviewing", reenter: true, actions: "moveDeadline" },
        ReviewEnded: [
          {
            guard: "othersInHand",
            target: "reviewing",
            reenter: true,
            actions: employee.enqueueActions(({ enqueue, event }) => {
              if (event.type !== "ReviewEnded") return;
              if (event.outcome === "missed") enqueue(considerMiss);
              enqueue("endOffer");
              enqueue(sweep);
              // Whoever has missed one says again that they are there, once the others are done.
              if (event.outcome === "missed") enqueue({ type: "noteNext", params: { next: "offline" } });
              enqueue("tellRoom");
            }),
          },
          {
            guard: "missed",
            target: "away",
            actions: [considerMiss, "endOffer", sweep, signsOut("Missed a review.")],
          },
          {
            guard: ({ context, event }) => aboutIt(context, event) && event.outcome === "released",
            target: "away",
            actions: ["endOffer", { type: "signedOut", params: ({ event }) => ({ reason: event.reason }) }],
          },
          {
            guard: ({ context, event }) => aboutIt(context, event) && context.next === "break",
            target: "break",
            actions: ["endOffer", sweep, "onBreak"],
          },
          {
            guard: ({ context, event }) => aboutIt(context, event) && context.next !== null,
            target: "away",
            actions: ["endOffer", sweep, signsOut("Left after the review.")],
          },
          { guard: "aboutOffer", target: "free", actions: ["endOffer", sweep, "since"] },
        ],
      },
    },
    /** Given back for want of a line; the applications confirm it. */
    releasing: {
      after: { overdue: { target: "releasing", reenter: true, actions: "askWhether" } },
      on: {
        ...stands("reviewing", "available"),
        SignIn: { target: "reviewing", actions: "lineUp" },
        LinkUp: { actions: "lineUp" },
        ReviewEnded: [
          { guard: "othersInHand", actions: overWithoutLine },
          {
            guard: "aboutOffer",
            target: "away",
            actions: [
              overWithoutLine,
              { type: "signedOut", params: ({ event }) => ({ reason: event.reason }) },
            ],
          },
        ],
      },
    },
    locked: {
      entry: "since",
      always: { guard: "belowLock", target: "away", actions: unlocked },
      on: {
        ...stands("locked", "offline"),
        Unlock: { actions: [clear, "accept"] },
      },
    },
  },
});

const aboutIt = (
  { offers }: { offers: readonly { application: string; assignment: number }[] },
  event: { application: string; assignment: number },
) =>
  offers.some(
    ({ application, assignment }) => application === event.application && assignment === event.assignment,
  );
