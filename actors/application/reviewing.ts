/**
 * The review clock: one person has it, until they decide, give it back, or time is up. This actor alone writes the assignment,
 * and it decides by its own time of hearing; what reaches it before its expiry wins.
 *
 * A person loses nothing through us: a timer that fires late, a warning that comes late, a lost edge all move the deadline.
 */
import { assign, enqueueActions } from "xstate";
import type { EmployeeMessage } from "../../protocols/employee.ts";
import { remote } from "../remote.ts";
import { application, expireAt, warnAt } from "./setup.ts";

/** Moves the deadline, and says so to the person. */
const extendTo = (deadline: "from-now" | "after-warning" | "add", reason: string) =>
  application.enqueueActions(({ context, event, enqueue }) => {
    const { employee, assignment, id } = context;
    if (employee === null) return;
    const old = context.deadlineAt ?? event.at;
    const deadlineAt =
      deadline === "from-now"
        ? event.at + context.extendMs
        : deadline === "after-warning"
          ? event.at + context.warnBeforeMs
          : old + context.extendMs;
    // Warned anew if there is time for it; else this very notice is the warning.
    const warned = deadlineAt - event.at <= context.warnBeforeMs;
    enqueue.assign({ deadlineAt, warned, extensions: context.extensions + (deadline === "add" ? 1 : 0) });
    const about = { type: "ReviewExtended", application: id, assignment, deadlineAt, reason } as const;
    enqueue.emit({ ...about, employee });
    enqueue.sendTo(remote("employee", employee), about satisfies EmployeeMessage);
  });

export const reviewing = application.createStateConfig({
  after: {
    ackDue: [
      { guard: ({ context }) => context.acknowledged, actions: [] },
      { guard: ({ context, event }) => event.at < context.ackDueAt, target: "reviewing", reenter: true },
      {
        // We slept: the acknowledgement may lie in the mailbox behind this timer.
        guard: ({ context, event }) => event.at > context.ackDueAt + context.lateToleranceMs,
        target: "reviewing",
        reenter: true,
        actions: assign(({ context, event }) => ({ ackDueAt: event.at + context.ackWithinMs })),
      },
      {
        target: "waiting",
        actions: [
          {
            type: "endReview",
            params: { outcome: "released", strike: false, reason: "No screen has shown it in time." },
          },
          {
            type: "requestReview",
            params: ({ context }) => ({ atFront: true, exclude: context.ended?.employee ?? null }),
          },
        ],
      },
    ],
    warnDue: [
      { guard: ({ context }) => context.warned, actions: [] },
      { guard: ({ context, event }) => event.at < warnAt(context), target: "reviewing", reenter: true },
      {
        guard: ({ context, event }) => event.at > warnAt(context) + context.lateToleranceMs,
        target: "reviewing",
        reenter: true,
        actions: extendTo("after-warning", "Our warning came late, so you have its full time from now on."),
      },
      {
        actions: enqueueActions(({ context: { id, employee, assignment, deadlineAt }, enqueue }) => {
          if (employee === null || deadlineAt === null) return;
          const warning = { application: id, assignment, deadlineAt };
          enqueue.assign({ warned: true });
          enqueue.emit({ type: "ReviewWarned", ...warning, employee });
          enqueue.sendTo(remote("employee", employee), {
            type: "WarnReview",
            ...warning,
          } satisfies EmployeeMessage);
        }),
      },
    ],
    expiryDue: [
      { guard: ({ context, event }) => event.at < expireAt(context), target: "reviewing", reenter: true },
      {
        guard: ({ context }) => !context.acknowledged,
        target: "waiting",
        actions: [
          {
            type: "endReview",
            params: { outcome: "released", strike: false, reason: "No screen has ever shown it." },
          },
          {
            type: "requestReview",
            params: ({ context }) => ({ atFront: true, exclude: context.ended?.employee ?? null }),
          },
        ],
      },
      {
        guard: ({ context, event }) =>
          !context.warned || event.at > expireAt(context) + context.lateToleranceMs,
        target: "reviewing",
        reenter: true,
        actions: extendTo("from-now", "Our clock rang late, so the time was extended."),
      },
      {
        target: "waiting",
        actions: [
          {
            type: "endReview",
            params: ({ context }) => {
              const escalated = context.missedBy.length >= context.maxMisses;
              return {
                outcome: "missed",
                strike: !escalated,
                reason: escalated
                  ? "The time was over. No strike: too many different people have missed this one."
                  : "The time was over.",
              };
            },
          },
          assign(({ context: { misses, missedBy, maxMisses, ended } }) => ({
            misses: misses + 1,
            missedBy:
              ended === null || missedBy.includes(ended.employee) || missedBy.length >= maxMisses
                ? missedBy
                : [...missedBy, ended.employee],
          })),
          {
            type: "requestReview",
            params: ({ context }) => ({ atFront: true, exclude: context.ended?.employee ?? null }),
          },
        ],
      },
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
    AcknowledgeReview: { guard: "byHolder", actions: [assign({ acknowledged: true }), "accept"] },
    SaveDraft: {
      guard: "byHolder",
      actions: [
        // Who saves has seen it.
        assign(({ event }) => ({ acknowledged: true, resumeVersion: event.resumeVersion })),
        application.enqueueActions(({ context, event, enqueue }) => {
          if (event.type !== "SaveDraft") return;
          const { employee, assignment, resumeVersion } = event;
          enqueue.emit({ type: "DraftSaved", application: context.id, employee, assignment, resumeVersion });
        }),
        "accept",
      ],
    },
    CompleteReview: {
      guard: "byHolder",
      target: "applying",
      actions: [
        { type: "endReview", params: { outcome: "completed", strike: false, reason: "Completed." } },
        "teach",
        assign(({ event }) => ({ resumeVersion: event.resumeVersion, answers: event.answers })),
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
        { type: "requestReview", params: ({ event }) => ({ atFront: true, exclude: event.employee }) },
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
        { type: "requestReview", params: { atFront: true, exclude: null } },
      ],
    },
    ExtendReview: [
      {
        guard: "mayExtend",
        target: "reviewing",
        reenter: true,
        actions: extendTo("add", "The connection was lost, so the time was extended."),
      },
      // Used up: the clock runs on, and the person still holds it.
      { guard: "byHolder", actions: [] },
    ],
  },
});
