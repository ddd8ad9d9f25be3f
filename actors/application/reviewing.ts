/**
 * The review clock: one person has it, until they decide, give it back, or time is up. This actor alone writes the assignment,
 * and it decides by its own time of hearing; what reaches it before its expiry wins.
 *
 * A person loses nothing through us: a timer that fires late, a warning that comes late, an incident all move the deadline.
 */
import { assign, enqueueActions } from "xstate";
import type { EmployeeMessage } from "../../protocols/employee.ts";
import { rejected } from "../../protocols/rejection.ts";
import { remote } from "../remote.ts";
import type { ApplicationContext } from "./context.ts";
import { handsOf, toFront } from "./managing.ts";
import { application, expireAt, lostIn, timeLost, warnAt } from "./setup.ts";
import { edited, noted } from "./trail.ts";

/** Moves the deadline to `at + ms` or by `ms`, and says so to the person. */
const extend = (
  by: (now: { at: number; old: number; extendMs: number; warnBeforeMs: number; asked: number }) => number,
  reason: string,
) =>
  application.enqueueActions(({ context, event, enqueue }) => {
    const { employee, assignment, id, extendMs, warnBeforeMs } = context;
    if (employee === null) return;
    const asked =
      event.type === "ExtendLive" ? timeLost(context, event) : "ms" in event ? event.ms : extendMs;
    const deadlineAt = by({
      at: event.at,
      old: context.deadlineAt ?? event.at,
      extendMs,
      warnBeforeMs,
      asked,
    });
    // Warned anew if there is time for it; else this very notice is the warning.
    const warned = deadlineAt - event.at <= warnBeforeMs;
    const extensions = context.extensions + 1;
    const { trail } = warned ? noted(context, "warnedAt", event.at) : context;
    enqueue.assign({
      deadlineAt,
      warned,
      lastWarned: false,
      extensions,
      trail: trail && { ...trail, extensions },
    });
    const why = event.type === "ExtendLive" || event.type === "GiveTime" ? event.reason : reason;
    const about = { type: "ReviewExtended", application: id, assignment, deadlineAt, reason: why } as const;
    enqueue.emit({ ...about, employee });
    enqueue.sendTo(remote("employee", employee), about satisfies EmployeeMessage);
  });

const released = (reason: string) =>
  [
    { type: "endReview", params: { outcome: "released", strike: false, reason } },
    toFront((ended) => ended),
  ] as const;

/** Whether it is a strike is the employee's actor to judge; from a review that was escalated there is none. */
const missed = [
  {
    type: "endReview",
    params: ({ context }: { context: ApplicationContext }) => {
      const escalated = context.missedBy.length >= context.maxMisses;
      return {
        outcome: "missed" as const,
        strike: !escalated,
        reason: escalated
          ? "The time was over. No strike: too many different people have missed this one."
          : "The time was over.",
      };
    },
  },
  "countMiss",
] as const;

const again = { target: "reviewing", reenter: true } as const;

export const reviewing = application.createStateConfig({
  after: {
    ackDue: [
      { guard: ({ context }) => context.acknowledged, actions: [] },
      { guard: ({ context, event }) => event.at < context.ackDueAt, ...again },
      {
        // We slept: the acknowledgement may lie in the mailbox behind this timer.
        guard: ({ context, event }) => event.at > context.ackDueAt + context.lateToleranceMs,
        ...again,
        actions: assign(({ context, event }) => ({ ackDueAt: event.at + context.ackWithinMs })),
      },
      { target: "waiting", actions: released("No screen has shown it in time.") },
    ],
    warnDue: [
      {
        guard: ({ context }) => context.warned && (context.lastWarned || context.lastWarnMs === 0),
        actions: [],
      },
      { guard: ({ context, event }) => event.at < warnAt(context), ...again },
      {
        guard: ({ context, event }) =>
          !context.warned && event.at > warnAt(context) + context.lateToleranceMs,
        ...again,
        actions: extend(
          ({ at, warnBeforeMs }) => at + warnBeforeMs,
          "Our warning came late, so you have its full time from now on.",
        ),
      },
      {
        // Once more for the last minute.
        ...again,
        actions: enqueueActions(({ context, event, enqueue }) => {
          const { id, employee, assignment, deadlineAt } = context;
          if (employee === null || deadlineAt === null) return;
          const warning = { application: id, assignment, deadlineAt };
          if (context.warned) enqueue.assign({ lastWarned: true });
          else enqueue.assign({ warned: true, ...noted(context, "warnedAt", event.at) });
          enqueue.emit({ type: "ReviewWarned", ...warning, employee });
          enqueue.sendTo(remote("employee", employee), {
            type: "WarnReview",
            ...warning,
          } satisfies EmployeeMessage);
        }),
      },
    ],
    expiryDue: [
      { guard: ({ context, event }) => event.at < expireAt(context), ...again },
      {
        guard: ({ context }) => !context.acknowledged,
        target: "waiting",
        actions: released("No screen has ever shown it."),
      },
      {
        guard: ({ context, event }) =>
          !context.warned || event.at > expireAt(context) + context.lateToleranceMs,
        ...again,
        actions: extend(
          ({ at, extendMs }) => at + extendMs,
          "Our clock rang late, so the time was extended.",
        ),
      },
      { guard: "missedByTooMany", target: "escalated", actions: [...missed, "escalate"] },
      { target: "waiting", actions: [...missed, toFront((ended) => ended)] },
    ],
  },
  on: {
    Describe: { actions: { type: "describe", params: { status: "reviewing" } } },
    PostingClosed: {
      target: "closed",
      actions: [
        {
          type: "endReview",
          params: ({ event }) => ({
            outcome: "rescinded",
            strike: false,
            reason: `The job is closed, so there is nothing to send any more. ${event.reason}`,
          }),
        },
        { type: "close", params: { was: "reviewing" } },
      ],
    },
    AssignReview: [
      { guard: "sameAssignment", actions: { type: "tellDispatcher", params: { taken: true } } },
      { actions: { type: "tellDispatcher", params: { taken: false, reason: "Someone has it already." } } },
    ],
    AcknowledgeReview: {
      guard: "byHolder",
      actions: [
        enqueueActions(({ context, event, enqueue }) => {
          enqueue.assign({ acknowledged: true, ...noted(context, "deliveredAt", event.at) });
          // Told each time: whoever asks again may have lost the answer.
          enqueue.sendTo(remote("employee", event.employee), {
            type: "ReviewShown",
            application: context.id,
            assignment: context.assignment,
          } satisfies EmployeeMessage);
        }),
        "accept",
      ],
    },
    OpenReview: {
      guard: "byHolder",
      actions: [
        enqueueActions(({ context, event, enqueue }) => {
          const { employee, assignment } = event;
          if (context.trail?.openedAt === null)
            enqueue.emit({ type: "ReviewOpened", application: context.id, employee, assignment });
          enqueue.assign({ acknowledged: true, ...noted(context, "openedAt", event.at) });
        }),
        "accept",
      ],
    },
    AcknowledgeWarning: {
      guard: "byHolder",
      actions: [
        enqueueActions(({ context, event, enqueue }) => {
          const { employee, assignment } = event;
          if (context.trail?.warningSeenAt === null && context.warned)
            enqueue.emit({ type: "WarningSeen", application: context.id, employee, assignment });
          if (context.warned) enqueue.assign(noted(context, "warningSeenAt", event.at));
        }),
        "accept",
      ],
    },
    SaveDraft: {
      guard: "byHolder",
      actions: [
        // Who saves has seen it.
        assign(({ context, event }) => ({ acknowledged: true, ...edited(context, event.at) })),
        "takeDraft",
        "accept",
      ],
    },
    CompleteReview: {
      guard: "byHolder",
      target: "applying",
      actions: [
        {
          type: "endReview",
          params: { outcome: "completed", strike: false, reason: "Approved, and on its way." },
        },
        "teach",
        assign(({ event }) => ({
          resumeVersion: event.resumeVersion,
          answers: event.answers,
          requestedAt: null,
        })),
        enqueueActions(({ context, event, enqueue }) => {
          const { employee, resumeVersion } = event;
          enqueue.emit({
            type: "ApplicationApproved",
            application: context.id,
            by: "employee",
            employee,
            resumeVersion,
          });
        }),
        "accept",
      ],
    },
    RejectPosting: {
      guard: "byHolder",
      target: "rejected",
      actions: [
        {
          type: "endReview",
          params: { outcome: "completed", strike: false, reason: "The job was turned down." },
        },
        enqueueActions(({ context, event: { employee, reason }, enqueue }) => {
          enqueue.emit({ type: "ApplicationRejected", application: context.id, by: employee, reason });
        }),
        "accept",
      ],
    },
    ReturnReview: {
      guard: "byHolder",
      target: "waiting",
      actions: [
        { type: "endReview", params: { outcome: "returned", strike: false, reason: "Given back." } },
        toFront((ended) => ended),
        "accept",
      ],
    },
    OfferRefused: {
      guard: "byHolder",
      target: "waiting",
      actions: [
        {
          type: "endReview",
          params: ({ event }) => ({
            outcome: "released",
            strike: false,
            reason: `Not taken: ${event.reason}`,
          }),
        },
        toFront(() => null),
      ],
    },
    ReleaseReview: {
      guard: "byHolder",
      target: "waiting",
      actions: [
        {
          type: "endReview",
          params: ({ event }) => ({ outcome: "released", strike: false, reason: event.reason }),
        },
        toFront((ended) => ended),
      ],
    },
    StillMine: { guard: "byHolder", actions: [] },
    ExtendReview: [
      {
        guard: "mayExtend",
        ...again,
        actions: [
          extend(({ old, extendMs }) => old + extendMs, "You took more time."),
          assign(({ context }) => ({ selfExtended: context.selfExtended + 1 })),
          "accept",
        ],
      },
      {
        guard: "byHolder",
        actions: {
          type: "answer",
          params: ({ context }) =>
            context.warned
              ? rejected("NothingToDecide", "The extra time for this review is used up.")
              : rejected("NotYet", "There is time enough: more can be taken from the warning on."),
        },
      },
    ],
    ExtendLive: [
      {
        guard: "newIncident",
        ...again,
        actions: [
          extend(({ old, asked }) => old + asked, ""),
          assign(({ context, event }) => {
            const lost = lostIn(context, event);
            return {
              incidents: [...context.incidents, event.incident].slice(-20),
              givenBack: [...(context.givenBack ?? []), ...(lost === null ? [] : [lost])].slice(-20),
            };
          }),
        ],
      },
      { actions: [] },
    ],
    ...handsOf.reviewing(extend(({ old, asked }) => old + asked, "")),
  },
});
