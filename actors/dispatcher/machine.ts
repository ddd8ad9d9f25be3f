/**
 * The dispatcher of one review queue: takes a review from the queue only while someone has a free hand, and gives it to
 * whoever was assigned least recently. It matches and nothing else; the clock is the application's, the strikes the employee's.
 *
 * Hears  EmployeeFree, EmployeeGone (employee) · ReviewAssigned, AssignRefused (application) · Roster (edge)
 * Tells  application: AssignReview · REVIEWS: a review that nobody is free for any more, put back · the asker: RosterReply
 * Holds  the hands, and what was given but not yet answered, so that it can be said again and an unused hand freed
 */
import { assign, enqueueActions, not, sendTo } from "xstate";
import type { ApplicationMessage } from "../../protocols/application.ts";
import type { RosterReply } from "../../protocols/dispatcher.ts";
import { remote, reply } from "../remote.ts";
import { freed, gone, untaken } from "./round-robin.ts";
import { dispatcher, maxTries, resendAfterMs, samePending } from "./setup.ts";

export const dispatcherMachine = dispatcher.createMachine({
  id: "dispatcher@1",
  context: ({ input }) => ({ id: input.id, hands: [], pending: [], failures: 0 }),
  type: "parallel",
  on: {
    EmployeeFree: {
      actions: assign(({ context, event: { employee } }) => ({
        hands: freed(context.hands, employee),
        pending: context.pending.map((p) => (p.employee === employee ? { ...p, gone: false } : p)),
      })),
    },
    EmployeeGone: {
      actions: assign(({ context, event: { employee } }) => ({
        hands: gone(context.hands, employee),
        pending: context.pending.map((p) => (p.employee === employee ? { ...p, gone: true } : p)),
      })),
    },
    ReviewAssigned: {
      guard: "isPending",
      actions: assign(({ context, event }) => ({
        pending: context.pending.filter((p) => !samePending(p, event)),
      })),
    },
    AssignRefused: { guard: "isPending", actions: "giveHandBack" },
    Roster: {
      actions: sendTo(
        ({ event }) => reply(event.replyTo),
        ({ context }): RosterReply => ({
          type: "RosterReply",
          free: context.hands
            .filter(({ free }) => free)
            .map(({ employee, lastAssignedAt }) => ({ employee, lastAssignedAt })),
        }),
      ),
    },
    // A review whose taking was called off when it was already taken.
    "xstate.done.actor.takeReview": { guard: "tookOne", actions: "handOut" },
  },
  states: {
    matching: {
      initial: "idle",
      states: {
        idle: { always: { guard: "wantsReview", target: "taking" } },
        taking: {
          always: { guard: not("wantsReview"), target: "idle" },
          invoke: {
            id: "takeReview",
            src: "takeReview",
            input: ({ context }) => ({ queue: context.id }),
            // An empty answer means that none came for a while; `idle` asks again at once if a hand is still free.
            onDone: [
              { guard: "tookOne", target: "idle", actions: [assign({ failures: 0 }), "handOut"] },
              { target: "idle", actions: assign({ failures: 0 }) },
            ],
            onError: {
              target: "backingOff",
              actions: assign(({ context }) => ({ failures: context.failures + 1 })),
            },
          },
        },
        /** The queue can't be read: the store is away. */
        backingOff: { after: { backOff: "idle" } },
      },
    },
    answers: {
      initial: "quiet",
      states: {
        quiet: { always: { guard: not("nothingPending"), target: "awaiting" } },
        awaiting: {
          always: { guard: "nothingPending", target: "quiet" },
          after: {
            resendAfter: {
              target: "awaiting",
              reenter: true,
              actions: enqueueActions(({ context, event, enqueue }) => {
                let { hands } = context;
                const pending = context.pending.flatMap((p) => {
                  if (event.at - p.since < resendAfterMs) return [p];
                  if (p.tries < maxTries) {
                    enqueue.sendTo(remote("application", p.application), {
                      type: "AssignReview",
                      employee: p.employee,
                      request: p.request,
                      queue: context.id,
                    } satisfies ApplicationMessage);
                    return [{ ...p, since: event.at, tries: p.tries + 1 }];
                  }
                  // The application is parked; its mail waits there for it, and the hand is needed elsewhere.
                  hands = untaken(hands, p.employee, p.lastAssignedAt, !p.gone);
                  return [];
                });
                enqueue.assign({ pending, hands });
              }),
            },
          },
        },
      },
    },
  },
});
