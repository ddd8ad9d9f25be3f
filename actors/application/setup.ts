/** The words that the states of the application machine are written in: events, guards, delays and what it says. */
import { enqueueActions, sendTo, setup } from "xstate";
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

type Event = Heard<ApplicationMessage>;

const replyToOf = (event: Event) => ("replyTo" in event ? event.replyTo : undefined);
const until = (due: number | null, { at }: Event) => Math.max(0, (due ?? at) - at);

/** A reviewer's command about the assignment that stands. */
const fromHolder = (context: ApplicationContext, event: Event) =>
  "assignment" in event && event.employee === context.employee && event.assignment === context.assignment;

export const warnAt = ({ deadlineAt, warnBeforeMs }: ApplicationContext) => (deadlineAt ?? 0) - warnBeforeMs;
export const expireAt = ({ deadlineAt, receiptGraceMs }: ApplicationContext) =>
  (deadlineAt ?? 0) + receiptGraceMs;

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
    mayExtend: ({ context, event }) =>
      fromHolder(context, event) && context.extensions < context.maxExtensions,
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
        event.type !== "ExtendReview"
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
        misses: context.misses,
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
      enqueue.assign({ candidate, job, score, resumeVersion, reviewReason, closing: null });
      enqueue.emit({
        type: "ApplicationScored",
        application: context.id,
        candidate: candidate.id,
        candidateName: candidate.name,
        job,
        score,
      });
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
      } satisfies EmployeeMessage);
    }),
    /** Into the queue; the queue is a stream, so that nobody holds it in memory. */
    requestReview: enqueueActions(
      ({ context, enqueue }, params: { atFront: boolean; exclude: string | null }) => {
        const escalated = context.missedBy.length >= context.maxMisses;
        const request: PendingReview = {
          type: "ReviewRequested",
          application: context.id,
          request: context.request + 1,
          queue: context.queue,
          // At the front a review that nobody finishes would hold up all others for ever.
          priority: params.atFront && !escalated ? priorities.front : priorities.ordinary,
          exclude: params.exclude,
          reason: escalated
            ? `escalated: missed by ${context.missedBy.length} people. ${context.reviewReason}`
            : context.reviewReason,
        };
        enqueue.assign({ request: request.request });
        const { type: _type, exclude: _exclude, ...fact } = request;
        enqueue.emit({ type: "ManualReviewRequired", ...fact });
        enqueue.sendTo(topic(topics.review(request.queue, request.priority)), request);
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
        const { id, employee, assignment, assignedAt } = context;
        if (employee === null) return;
        const end = { type: "ReviewEnded", application: id, assignment, outcome, strike, reason } as const;
        enqueue.assign({
          employee: null,
          assignedAt: null,
          deadlineAt: null,
          ended: { employee, assignment, outcome },
        });
        enqueue.emit({ ...end, employee, heldMs: Math.max(0, event.at - (assignedAt ?? event.at)) });
        enqueue.sendTo(remote("employee", employee), end satisfies EmployeeMessage);
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
