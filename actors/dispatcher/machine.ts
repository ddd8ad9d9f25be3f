/**
 * The dispatcher of one review queue: takes reviews from the queue while someone has a free hand, and gives each to who comes next
 * of those that may have it. It matches and nothing else; the clock is the application's, the strikes the employee's.
 *
 * Hears  EmployeeFree, EmployeeGone, MissReported (employee) · ReviewAssigned, AssignRefused, ReviewOver (application)
 *        · ExtendLive (incidents) · ChangeSettings, PauseDispatch, Roster, PlaceInLine (edge)
 * Tells  application: AssignReview, ExtendLive · incidents: JudgeMiss · the asker: RosterReply, PlaceReply, Accepted,
 *        Rejected
 * Holds  the hands; a bounded window of reviews that nobody may have yet; what was given but not yet answered, so that it can be
 *        said again and an unused hand freed; who is at work; the queue's numbers
 */
import { assign, not } from "xstate";
import { defaultQueueSettings, type QueueSettings } from "../../protocols/queue-settings.ts";
import { lineOf } from "./line.ts";
import { dispatcherWords } from "./setup.ts";
import { maxWindow } from "./window.ts";

/** Reviews beyond the free hands, in case some may not have what comes. */
const slack = 4;

export const createDispatcherMachine = (defaults: QueueSettings = defaultQueueSettings) =>
  dispatcherWords(defaults).createMachine({
    id: "dispatcher@3",
    context: ({ input }) => ({
      id: input.id,
      hands: [],
      window: [],
      pending: [],
      live: [],
      settings: null,
      version: 0,
      paused: null,
      failures: 0,
    }),
    type: "parallel",
    on: {
      EmployeeFree: { actions: ["noteFree", "match"] },
      EmployeeGone: { actions: "noteGone" },
      ReviewAssigned: { actions: "noteAssigned" },
      ReviewOver: { actions: "noteOver" },
      AssignRefused: { guard: "isPending", actions: ["giveHandBack", "match"] },
      MissReported: { actions: "askAboutMiss" },
      ExtendLive: { actions: "extendLive" },
      ChangeSettings: [
        { guard: "madeFromThese", actions: ["changeSettings", "match"] },
        { actions: "refuseSettings" },
      ],
      PauseDispatch: { actions: ["pause", "match"] },
      Roster: { actions: "tellRoster" },
      PlaceInLine: { actions: "tellPlace" },
      // Reviews whose taking was called off when they were already taken.
      "xstate.done.actor.takeReview": { guard: "tookSome", actions: ["takeIn", "match"] },
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
              input: ({ context: { id, hands, window, settings } }) => ({
                queue: id,
                most: Math.min(
                  lineOf(hands, (settings ?? defaults).strategy).length + slack,
                  maxWindow - window.length,
                ),
                agingEveryMs: (settings ?? defaults).agingEveryMs,
              }),
              // An empty answer means that none came for a while; `idle` asks again at once if a hand is still free.
              onDone: [
                { guard: "tookSome", target: "idle", actions: ["takeIn", "match"] },
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
      /** Time alone can change who may have what. */
      window: {
        initial: "empty",
        states: {
          empty: { always: { guard: not("windowIsEmpty"), target: "waiting" } },
          waiting: {
            always: { guard: "windowIsEmpty", target: "empty" },
            after: {
              lookAgain: [
                {
                  guard: "someoneIsFree",
                  target: "waiting",
                  reenter: true,
                  actions: "match",
                },
                { target: "waiting", reenter: true },
              ],
            },
          },
        },
      },
      answers: {
        initial: "quiet",
        states: {
          quiet: { always: { guard: not("nothingPending"), target: "awaiting" } },
          awaiting: {
            always: { guard: "nothingPending", target: "quiet" },
            after: { resendAfter: { target: "awaiting", reenter: true, actions: ["sayAgain", "match"] } },
          },
        },
      },
    },
  });

export const dispatcherMachine = createDispatcherMachine();
