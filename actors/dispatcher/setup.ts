/** The words that the dispatcher machine is written in. */
import { assign, enqueueActions, setup } from "xstate";
import type { ApplicationMessage } from "../../protocols/application.ts";
import type { DispatcherMessage, PendingReview } from "../../protocols/dispatcher.ts";
import type { Fact } from "../../protocols/event.ts";
import { topics } from "../../protocols/subjects.ts";
import { backOffMs } from "../back-off.ts";
import type { Heard } from "../heard.ts";
import { remote, topic } from "../remote.ts";
import { task } from "../task.ts";
import { type Hand, nextHand, someoneIsFree, taken, untaken } from "./round-robin.ts";

/** What the task `takeReview` is given: the queue whose next review, front priority first, it waits for. */
export interface TakeReviewInput {
  readonly queue: string;
}

/** Given to somebody, not yet answered by the application. */
interface Pending {
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
}

export interface DispatcherContext {
  /** The queue's name. */
  readonly id: string;
  readonly hands: readonly Hand[];
  readonly pending: readonly Pending[];
  /** Of the task, in a row. */
  readonly failures: number;
}

/** An application answers within one turn; after this long it is told again, which changes nothing if it had heard. */
export const resendAfterMs = 10_000;
export const maxTries = 6;
/** Bounds the snapshot, and the sends of one turn. */
export const maxPending = 150;

type TookReview = { readonly type: "xstate.done.actor.takeReview"; readonly output: PendingReview | null };
type Event = Heard<DispatcherMessage | TookReview>;

interface AssignmentKey {
  readonly application: string;
  readonly request: number;
  readonly employee: string;
}
export const samePending = (a: AssignmentKey, b: AssignmentKey) =>
  a.application === b.application && a.request === b.request && a.employee === b.employee;
const answered = ({ pending }: DispatcherContext, event: Event) =>
  event.type === "ReviewAssigned" || event.type === "AssignRefused"
    ? pending.find((p) => samePending(p, event))
    : undefined;
/** The review that the task brought. XState types its results apart from messages, hence the look by hand. */
const broughtBy = (event: unknown) => (event as { readonly output?: PendingReview | null }).output ?? null;

export const dispatcher = setup({
  types: {
    context: {} as DispatcherContext,
    events: {} as Event,
    input: {} as { id: string; at: number },
    emitted: {} as Fact,
  },
  actors: { takeReview: task<PendingReview | null, TakeReviewInput>() },
  delays: {
    resendAfter: resendAfterMs,
    backOff: ({ context }) => backOffMs(context.id, context.failures, { minMs: 1_000, maxMs: 60_000 }),
  },
  guards: {
    wantsReview: ({ context }) => someoneIsFree(context.hands) && context.pending.length < maxPending,
    nothingPending: ({ context }) => context.pending.length === 0,
    isPending: ({ context, event }) => answered(context, event) !== undefined,
    tookOne: ({ event }) => broughtBy(event) !== null,
  },
  actions: {
    /** To the next free hand, or back into the queue where it was. */
    handOut: enqueueActions(({ context, event, enqueue }) => {
      const review = broughtBy(event);
      if (review === null) return;
      const hand = nextHand(context.hands, review.exclude);
      if (hand === null) {
        enqueue.sendTo(topic(topics.review(review.queue, review.priority)), review);
        return;
      }
      const { application, request } = review;
      const { employee, lastAssignedAt } = hand;
      enqueue.assign({
        hands: taken(context.hands, employee, event.at),
        pending: [
          // The same request to the same person, taken twice from the queue, is one.
          ...context.pending.filter((p) => !samePending(p, { application, request, employee })),
          { application, request, employee, since: event.at, tries: 1, lastAssignedAt, gone: false },
        ],
      });
      enqueue.sendTo(remote("application", application), {
        type: "AssignReview",
        employee,
        request,
        queue: context.id,
      } satisfies ApplicationMessage);
    }),
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
  },
});
