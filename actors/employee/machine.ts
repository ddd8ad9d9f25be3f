/**
 * One reviewer: away, free, working on exactly one review, or locked until a manager has looked at the account.
 *
 * Hears  SignIn, SignOut, Unlock, Standing (edge) · LinkLost (presence) · OfferReview, WarnReview, ReviewExtended,
 *        ReviewEnded (application)
 * Tells  dispatcher: EmployeeFree, EmployeeGone · application: OfferRefused, ExtendReview · the record `strikes/employee.<id>`
 *        · the asker: Accepted, Rejected, StandingReply
 * Holds  the offer in hand and the latest ones that ended or were refused, so that what comes late or twice is recognised; the strikes
 */
import { assign, enqueueActions } from "xstate";
import { encodeToken } from "../../protocols/address.ts";
import type { StrikeRecord } from "../../protocols/employee.ts";
import { buckets } from "../../protocols/subjects.ts";
import { record } from "../remote.ts";
import { employee } from "./setup.ts";
import { strikeLevel } from "./strikes.ts";

export const employeeMachine = employee.createMachine({
  id: "employee@1",
  context: ({ input }) => ({
    id: input.id,
    queue: input.queue ?? "main",
    edge: null,
    leaving: false,
    offer: null,
    recent: [],
    strikes: 0,
    lastStrike: null,
  }),
  initial: "away",
  on: {
    // Wherever no free hand hears it.
    OfferReview: { guard: "newOffer", actions: "refuseOffer" },
    SignOut: { actions: "accept" },
    Unlock: { actions: "nothingToUnlock" },
  },
  states: {
    away: {
      on: {
        Standing: { actions: { type: "standing", params: { status: "away" } } },
        SignIn: {
          target: "free",
          actions: [
            assign(({ event }) => ({ edge: event.edge })),
            enqueueActions(({ context, enqueue }) => {
              enqueue.emit({ type: "EmployeeSignedIn", employee: context.id });
            }),
          ],
        },
      },
    },
    free: {
      entry: { type: "tellDispatcher", params: { type: "EmployeeFree" } },
      // Said again now and then: whatever was lost on the way heals by itself.
      after: { sayAgain: { target: "free", reenter: true } },
      on: {
        Standing: { actions: { type: "standing", params: { status: "free" } } },
        // Another tab, or the same one after a reload.
        SignIn: { actions: assign(({ event }) => ({ edge: event.edge })) },
        SignOut: {
          target: "away",
          actions: [
            { type: "tellDispatcher", params: { type: "EmployeeGone" } },
            { type: "signedOut", params: { reason: "Signed out." } },
            "accept",
          ],
        },
        LinkLost: {
          guard: "sameEdge",
          target: "away",
          actions: [
            { type: "tellDispatcher", params: { type: "EmployeeGone" } },
            { type: "signedOut", params: { reason: "The connection was lost." } },
          ],
        },
        OfferReview: {
          guard: "newOffer",
          target: "reviewing",
          actions: assign(({ event }) => ({ offer: event.offer, leaving: false })),
        },
      },
    },
    reviewing: {
      // Its end should have come: ask whether it is still ours, rather than stay stuck on it.
      after: { overdue: { target: "reviewing", reenter: true, actions: "askForTime" } },
      on: {
        Standing: { actions: { type: "standing", params: { status: "reviewing" } } },
        SignIn: { actions: assign(({ event }) => ({ edge: event.edge, leaving: false })) },
        // The review stays in hand; the way out is taken at its end.
        SignOut: { actions: [assign({ leaving: true }), "accept"] },
        LinkLost: { guard: "sameEdge", actions: [assign({ edge: null }), "askForTime"] },
        WarnReview: { guard: "aboutOffer", target: "reviewing", reenter: true, actions: "moveDeadline" },
        ReviewExtended: { guard: "aboutOffer", target: "reviewing", reenter: true, actions: "moveDeadline" },
        ReviewEnded: [
          {
            guard: "locks",
            target: "locked",
            actions: [
              "strike",
              "endOffer",
              enqueueActions(({ context, enqueue }) => {
                enqueue.emit({ type: "EmployeeLocked", employee: context.id, strikes: context.strikes });
              }),
              { type: "signedOut", params: { reason: "Locked after a violation." } },
            ],
          },
          {
            guard: "strikes",
            target: "away",
            actions: ["strike", "endOffer", { type: "signedOut", params: { reason: "Missed a review." } }],
          },
          {
            // Whoever did not see or finish it is asked to say again that they are there.
            guard: "absent",
            target: "away",
            actions: ["endOffer", { type: "signedOut", params: ({ event }) => ({ reason: event.reason }) }],
          },
          {
            guard: "leaves",
            target: "away",
            actions: ["endOffer", { type: "signedOut", params: { reason: "Left after the review." } }],
          },
          { guard: "aboutOffer", target: "free", actions: "endOffer" },
        ],
      },
    },
    locked: {
      on: {
        Standing: { actions: { type: "standing", params: { status: "locked" } } },
        Unlock: {
          target: "away",
          actions: [
            enqueueActions(({ context, event: { at, by, reason }, enqueue }) => {
              // A clean slate: the history stays in the bucket and in the read model.
              enqueue.assign({ strikes: 0 });
              enqueue.emit({ type: "EmployeeUnlocked", employee: context.id, by, reason });
              const { application, assignment } = context.lastStrike ?? { application: "", assignment: 0 };
              enqueue.sendTo(record(buckets.strikes, `employee.${encodeToken(context.id)}`), {
                type: "StrikeRecord",
                ...({
                  employee: context.id,
                  count: 0,
                  level: strikeLevel(0),
                  application,
                  assignment,
                  at,
                } satisfies StrikeRecord),
              });
            }),
            "accept",
          ],
        },
      },
    },
  },
});
