/** The words that the states of the application machine are written in: events, guards, delays and what it says. */
import { assign, enqueueActions, sendTo, setup } from "xstate";
import type { ApplicationMessage, ApplicationReply, ApplicationStatus } from "../../protocols/application.ts";
import type { ApplierMessage } from "../../protocols/applier.ts";
import type { CandidateMessage } from "../../protocols/candidate.ts";
import type { DispatcherMessage, PendingReview } from "../../protocols/dispatcher.ts";
import type { EmployeeMessage, Offer, ReviewOutcome } from "../../protocols/employee.ts";
import type { Fact } from "../../protocols/event.ts";
import { accepted } from "../../protocols/rejection.ts";
import { topics } from "../../protocols/subjects.ts";
import type { Heard } from "../heard.ts";
import { remote, reply, topic } from "../remote.ts";
import { reasonsForReview } from "./approval.ts";
import type { ApplicationContext, ApplicationSettings } from "./context.ts";
import { priorities } from "./context.ts";
import { replyWithoutEffect } from "./refusals.ts";
import { type Range, uncovered } from "./time-lost.ts";

type Event = Heard<ApplicationMessage>;

const replyToOf = (event: Event) => ("replyTo" in event ? event.replyTo : undefined);
const until = (due: number | null, { at }: Event) => Math.max(0, (due ?? at) - at);

/** A reviewer's command about the assignment that stands. */
const fromHolder = (context: ApplicationContext, event: Event) =>
  "assignment" in event && event.employee === context.employee && event.assignment === context.assignment;

/** When the next warning is due; never again after the last one. */
export const warnAt = ({ deadlineAt, warnBeforeMs, lastWarnMs, warned }: ApplicationContext) =>
  (deadlineAt ?? 0) - (warned ? lastWarnMs : warnBeforeMs);
export const expireAt = ({ deadlineAt, receiptGraceMs }: ApplicationContext) =>
  (deadlineAt ?? 0) + receiptGraceMs;
type ExtendLive = Extract<ApplicationMessage, { type: "ExtendLive" }> & { readonly at: number };
/** What of an incident fell into this assignment. A dispatcher of before says only how long it lasted. */
export const lostIn = ({ assignedAt }: ApplicationContext, { from, to, at }: ExtendLive): Range | null =>
  from === undefined || to === undefined
    ? null
    : { from: Math.max(from, assignedAt ?? at), to: Math.min(to, at) };
/** What is to be given back for it, milliseconds. */
export const timeLost = (context: ApplicationContext, event: ExtendLive): number => {
  const lost = lostIn(context, event);
  return lost === null ? event.ms : uncovered(lost, context.givenBack ?? []);
};

export const application = setup({
  types: {
    context: {} as ApplicationContext,
    events: {} as Event,
    input: {} as { id: string; at: number } & Partial<ApplicationSettings>,
    emitted: {} as Fact,
  },
  delays: {
    // All three are armed again whenever the deadline moves; what is past is due at once.
    ackDue: ({ context, event }) => until(context.ackDueAt, event),
    warnDue: ({ context, event }) => until(warnAt(context), event),
    expiryDue: ({ context, event }) => until(expireAt(context), event),
    retryAfter: ({ context }) => context.retryAfterMs,
    escalatedFor: ({ context }) => context.escalatedForMs,
  },
  guards: {
    machineMayApprove: ({ context, event }) =>
      event.type === "Propose" && reasonsForReview(event.score, context.threshold).length === 0,
    currentRequest: ({ context, event }) =>
      event.type === "AssignReview" && event.request === context.request,
    /** The dispatcher asks again because our answer has not reached it yet. */
    sameAssignment: ({ context, event }) =>
      event.type === "AssignReview" &&
      event.request === context.request &&
      event.employee === context.employee,
    byHolder: ({ context, event }) => fromHolder(context, event),
    /** From the warning on, as often as the terms allow. */
    mayExtend: ({ context, event }) =>
      fromHolder(context, event) && context.warned && context.selfExtended < context.selfExtensions,
    /** This miss is that of the last different person that the terms allow, or of one more. */
    missedByTooMany: ({ context: { missedBy, employee, maxMisses } }) =>
      new Set([...missedBy, employee]).size >= maxMisses,
    newIncident: ({ context, event }) =>
      event.type === "ExtendLive" &&
      !context.incidents.includes(event.incident) &&
      timeLost(context, event) > 0,
    /** Over, but not yet in anybody else's hands: the work is still welcome. */
    byLastHolder: ({ context: { ended, assignment }, event }) =>
      "assignment" in event &&
      ended !== null &&
      ended.assignment === assignment &&
      event.assignment === assignment &&
      event.employee === ended.employee &&
      (ended.outcome === "missed" || ended.outcome === "released"),
    /** The job was closed meanwhile: nobody is asked any more. */
    currentAttemptOfClosed: ({ context, event }) =>
      "attempt" in event && event.attempt === context.attempt && (context.closing ?? null) !== null,
    currentAttempt: ({ context, event }) => "attempt" in event && event.attempt === context.attempt,
  },
  actions: {
    accept: sendTo(({ event }) => reply(replyToOf(event)), accepted),
    answer: sendTo(
      ({ event }) => reply(replyToOf(event)),
      (_, params: { type: "Rejected"; reason: string; message: string }) => params,
    ),
    answerWithoutEffect: enqueueActions(({ context, event, enqueue }) => {
      if (
        "employee" in event &&
        "replyTo" in event &&
        event.type !== "OfferRefused" &&
        event.type !== "ReleaseReview" &&
        event.type !== "StillMine" &&
        event.type !== "GiveTo"
      )
        enqueue.sendTo(reply(event.replyTo), replyWithoutEffect(context, event));
    }),
    describe: sendTo(
      ({ event }) => reply(replyToOf(event)),
      ({ context }, { status }: { status: ApplicationStatus }): ApplicationReply => ({
        type: "ApplicationReply",
        application: context.id,
        status,
        candidate: context.candidate,
        job: context.job,
        score: context.score,
        resumeVersion: context.resumeVersion,
        employee: context.employee,
        assignment: context.assignment,
        assignedAt: context.assignedAt,
        deadlineAt: context.deadlineAt,
        reviewReason: context.reviewReason,
        questions: context.questions,
        answers: context.answers,
        misses: context.misses,
        extensionsLeft: context.employee === null ? 0 : context.selfExtensions - context.selfExtended,
        extendMs: context.extendMs,
        proof: context.proof,
        evidence: context.evidence ?? context.proof?.evidence ?? [],
      }),
    ),
    /** The job is closed, and what was not sent ends here. */
    close: enqueueActions(({ context, event, enqueue }, { was }: { was: ApplicationStatus }) => {
      const reason = event.type === "PostingClosed" ? event.reason : (context.closing ?? "");
      enqueue.assign({ closing: reason });
      enqueue.emit({ type: "ApplicationClosed", application: context.id, was, reason });
    }),
    takeProposal: enqueueActions(({ context, event, enqueue }) => {
      if (event.type !== "Propose") return;
      const { candidate, job, score } = event;
      const reviewReason = reasonsForReview(score, context.threshold).join(" ");
      // Proposed again (its job is open again), it goes on with what a reviewer has written.
      const resumeVersion = context.resumeVersion === "" ? candidate.resumeVersion : context.resumeVersion;
      // Nobody has waited while it was closed.
      enqueue.assign({
        ...{ candidate, job, score, resumeVersion, reviewReason },
        ...{ closing: null, requestedAt: null },
      });
      enqueue.emit({
        type: "ApplicationScored",
        application: context.id,
        candidate: candidate.id,
        candidateName: candidate.name,
        job,
        score,
      });
    }),
    takeDraft: enqueueActions(({ context, event, enqueue }) => {
      if (event.type !== "SaveDraft") return;
      const { employee, assignment, resumeVersion, answers = context.answers } = event;
      enqueue.assign({ resumeVersion, answers });
      enqueue.emit({ type: "DraftSaved", application: context.id, employee, assignment, resumeVersion });
    }),
    offerReview: enqueueActions(({ context, enqueue }) => {
      const { id, employee, assignment, job, candidate, score, assignedAt, deadlineAt } = context;
      if (employee === null || assignedAt === null || deadlineAt === null) return;
      const offer: Offer = {
        application: id,
        assignment,
        title: job?.title ?? "",
        company: job?.company ?? "",
        candidateName: candidate?.name ?? "",
        score: score?.score ?? 0,
        assignedAt,
        deadlineAt,
      };
      enqueue.emit({ type: "ReviewAssigned", application: id, employee, offer });
      enqueue.sendTo(remote("employee", employee), {
        type: "OfferReview",
        offer,
        queue: context.queue,
        ...(context.policy === null ? {} : { policy: context.policy }),
      } satisfies EmployeeMessage);
    }),
    /** Into the queue; the queue is a stream, so that nobody holds it in memory. */
    requestReview: enqueueActions(
      ({ context, event, enqueue }, params: { atFront: boolean; exclude: string | null }) => {
        const requestedAt = context.requestedAt ?? event.at;
        const request: PendingReview = {
          type: "ReviewRequested",
          application: context.id,
          request: context.request + 1,
          queue: context.queue,
          priority: params.atFront ? priorities.front : context.priority,
          exclude: params.exclude,
          ...(params.exclude === null ? {} : { excludeUntil: event.at + context.excludeForMs }),
          reason: context.reviewReason,
          requestedAt,
          misses: context.misses,
          title: context.job?.title ?? "",
          company: context.job?.company ?? "",
        };
        enqueue.assign({ request: request.request, requestedAt, byMachine: false });
        const { application, queue, priority, reason } = request;
        enqueue.emit({
          type: "ManualReviewRequired",
          ...{ application, request: request.request, queue, priority, reason },
          again: context.requestedAt !== null,
          afterMachine: context.byMachine === true,
        });
        enqueue.sendTo(topic(topics.review(queue, priority)), request);
      },
    ),
    tellDispatcher: enqueueActions(
      ({ context, event, enqueue }, params: { taken: true } | { taken: false; reason: string }) => {
        if (event.type !== "AssignReview") return;
        const { request, employee, queue } = event;
        const about = { application: context.id, request, employee };
        enqueue.sendTo(
          remote("dispatcher", queue),
          (params.taken
            ? { type: "ReviewAssigned", ...about }
            : { type: "AssignRefused", ...about, reason: params.reason }) satisfies DispatcherMessage,
        );
      },
    ),
    /** The one end of an assignment: exactly one is said of each. */
    endReview: enqueueActions(
      (
        { context, event, enqueue },
        { outcome, strike, reason }: { outcome: ReviewOutcome; strike: boolean; reason: string },
      ) => {
        const { id, employee, assignment, assignedAt, deadlineAt, trail } = context;
        if (employee === null) return;
        const end = { type: "ReviewEnded", application: id, assignment, outcome, strike, reason } as const;
        enqueue.assign({
          employee: null,
          assignedAt: null,
          deadlineAt: null,
          trail: null,
          ended: { employee, assignment, outcome },
        });
        enqueue.emit({ ...end, employee, heldMs: Math.max(0, event.at - (assignedAt ?? event.at)) });
        enqueue.sendTo(remote("employee", employee), {
          ...end,
          ...(outcome === "missed" && trail !== null
            ? { evidence: { ...trail, deadlineAt: deadlineAt ?? trail.deadlineAt, endedAt: event.at } }
            : {}),
        } satisfies EmployeeMessage);
        enqueue.sendTo(remote("dispatcher", context.queue), {
          type: "ReviewOver",
          ...{ application: id, employee, assignment },
        } satisfies DispatcherMessage);
      },
    ),
    countMiss: assign(({ context: { misses, missedBy, maxMisses, ended } }) => ({
      misses: misses + 1,
      missedBy:
        ended === null || missedBy.includes(ended.employee) || missedBy.length >= maxMisses
          ? missedBy
          : [...missedBy, ended.employee],
    })),
    escalate: enqueueActions(({ context, enqueue }) => {
      enqueue.emit({ type: "ReviewEscalated", application: context.id, missedBy: [...context.missedBy] });
    }),
    /** The dispatcher knows by this that the hand is busy. */
    tellGiven: enqueueActions(({ context, enqueue }) => {
      const { id, request, employee } = context;
      if (employee === null) return;
      enqueue.sendTo(remote("dispatcher", context.queue), {
        type: "ReviewAssigned",
        ...{ application: id, request, employee },
      } satisfies DispatcherMessage);
    }),
    /** A manager's hand, in the audit trail; the asker is told that it was done. */
    managed: enqueueActions(
      (
        { context, event, enqueue },
        {
          action,
          detail = "",
        }: { action: Extract<Fact, { type: "ReviewManaged" }>["action"]; detail?: string },
      ) => {
        if (!("by" in event) || !("replyTo" in event || "reason" in event)) return;
        const { by, reason } = event as { by: string; reason: string };
        enqueue.emit({
          type: "ReviewManaged",
          ...{ application: context.id, action, employee: context.employee, detail, by, reason },
        });
        enqueue.sendTo(reply(replyToOf(event)), accepted);
      },
    ),
    /** What a reviewer answered goes into the candidate's book, so that no form asks for it again. */
    teach: enqueueActions(({ context, event, enqueue }) => {
      if (event.type !== "CompleteReview" || event.answers.length === 0 || context.candidate === null) return;
      enqueue.sendTo(remote("candidate", context.candidate.id), {
        type: "LearnAnswers",
        application: context.id,
        company: context.job?.company ?? "",
        answers: event.answers,
      } satisfies CandidateMessage);
    }),
    /** Asks the applier of the job's portal. Each time is an attempt of its own, so that a late report finds no ear. */
    apply: enqueueActions(({ context, enqueue }) => {
      const { id, job, candidate, resumeVersion, answers, send } = context;
      if (job === null || candidate === null) return;
      const attempt = context.attempt + 1;
      enqueue.assign({ attempt });
      enqueue.sendTo(remote("applier", job.portal), {
        type: "Apply",
        request: {
          ...{ application: id, attempt, job, candidate, resumeVersion, answers },
          ...(send === true ? { send } : {}),
        },
      } satisfies ApplierMessage);
    }),
  },
});
