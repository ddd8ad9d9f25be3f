/**
 * With the applier. Its report about the current attempt decides; one about an older attempt is ignored. What nobody knows
 * (`uncertain`) is never pressed again by itself, and what failed waits for a manager.
 */
import { assign, enqueueActions } from "xstate";
import type { ApplierMessage } from "../../protocols/applier.ts";
import { rejected } from "../../protocols/rejection.ts";
import { deadLetter, remote } from "../remote.ts";
import { application } from "./setup.ts";

const minute = 60_000;

const confirmed = {
  guard: "currentAttempt",
  target: "submitted",
  actions: application.enqueueActions(({ context, event, enqueue }) => {
    if (event.type !== "SubmissionConfirmed") return;
    enqueue.assign({ proof: event.proof, evidence: event.proof.evidence });
    enqueue.emit({ type: "ApplicationSubmitted", application: context.id, proof: event.proof });
  }),
} as const;

const duplicate = {
  guard: "currentAttempt",
  target: "duplicate",
  actions: application.enqueueActions(({ context, event, enqueue }) => {
    if (event.type === "SubmissionDuplicate")
      enqueue.emit({ type: "ApplicationDuplicate", application: context.id, detail: event.detail });
  }),
} as const;

/** The state is named from the root, since one of those who use it lies deeper. */
const closes = {
  target: "#application@2.closed",
  actions: { type: "close", params: { was: "applying" } },
} as const;

export const applying = application.createStateConfig({
  initial: "asked",
  states: {
    asked: { entry: "apply" },
    /** The applier had no room. */
    pausing: {
      after: { retryAfter: "asked" },
      on: { PostingClosed: closes },
    },
  },
  on: {
    Describe: { actions: { type: "describe", params: { status: "applying" } } },
    SubmissionConfirmed: confirmed,
    SubmissionDuplicate: duplicate,
    SubmissionFailed: {
      guard: "currentAttempt",
      target: "failed",
      actions: enqueueActions(({ context, event: { reason, evidence }, enqueue }) => {
        const failed = { type: "ApplicationFailed", application: context.id, reason, evidence } as const;
        enqueue.assign({ evidence });
        enqueue.emit(failed);
        enqueue.sendTo(deadLetter("application", context.id), failed);
      }),
    },
    SubmissionNeedsPerson: [
      { ...closes, guard: "currentAttemptOfClosed" },
      {
        guard: "currentAttempt",
        target: "waiting",
        actions: [
          assign(({ event }) => ({
            questions: event.questions,
            evidence: event.evidence,
            reviewReason: `The form asks what only a person can answer: ${event.questions.join(" · ")}`,
          })),
          { type: "requestReview", params: { atFront: false, exclude: null } },
        ],
      },
    ],
    // It may be at the button already: only the applier knows, and its report decides.
    PostingClosed: {
      actions: enqueueActions(({ context, event, enqueue }) => {
        enqueue.assign({ closing: event.reason });
        enqueue.sendTo(remote("applier", context.job?.portal ?? ""), {
          type: "Withdraw",
          application: context.id,
          attempt: context.attempt,
        } satisfies ApplierMessage);
      }),
    },
    SubmissionWithdrawn: { ...closes, guard: "currentAttempt" },
    SubmissionReady: [
      { ...closes, guard: "currentAttemptOfClosed" },
      {
        guard: "currentAttempt",
        target: "ready",
        actions: enqueueActions(({ context, event, enqueue }) => {
          enqueue.assign({ evidence: event.evidence });
          enqueue.emit({ type: "ApplicationReady", application: context.id, evidence: event.evidence });
        }),
      },
    ],
    SubmissionUncertain: {
      guard: "currentAttempt",
      target: "uncertain",
      actions: enqueueActions(({ context, event, enqueue }) => {
        enqueue.emit({ type: "ApplicationUncertain", application: context.id, detail: event.detail });
      }),
    },
    ApplierBusy: [
      { ...closes, guard: "currentAttemptOfClosed" },
      {
        guard: "currentAttempt",
        target: ".pausing",
        actions: assign(({ event }) => ({
          retryAfterMs: Math.min(Math.max(event.retryAfterMs, 1_000), 60 * minute),
        })),
      },
    ],
  },
});

/** A manager says what became of it. */
const resolve = [
  {
    guard: ({ event }: { event: { decision: string } }) => event.decision === "retry",
    target: "applying",
    actions: "accept",
  },
  {
    guard: ({ event }: { event: { decision: string } }) => event.decision === "submitted",
    target: "submitted",
    actions: [
      application.enqueueActions(({ context, event, enqueue }) => {
        if (event.type !== "Resolve") return;
        const proof = {
          reference: `confirmed by ${event.by}`,
          confirmation: event.reason,
          evidence: [],
          resumeVersion: context.resumeVersion,
          submittedAt: event.at,
        };
        enqueue.assign({ proof });
        enqueue.emit({ type: "ApplicationSubmitted", application: context.id, proof });
      }),
      "accept",
    ],
  },
  {
    target: "rejected",
    actions: [
      application.enqueueActions(({ context, event, enqueue }) => {
        if (event.type === "Resolve")
          enqueue.emit({
            type: "ApplicationRejected",
            application: context.id,
            by: event.by,
            reason: event.reason,
          });
      }),
      "accept",
    ],
  },
] as const;

export const uncertain = application.createStateConfig({
  on: {
    Describe: { actions: { type: "describe", params: { status: "uncertain" } } },
    Resolve: resolve,
    // The applier found out after all.
    SubmissionConfirmed: confirmed,
    SubmissionDuplicate: duplicate,
  },
});

/** Filled and proven, not sent: a dry run ends here until a person sends it or gives it up. */
export const ready = application.createStateConfig({
  on: {
    Describe: { actions: { type: "describe", params: { status: "ready" } } },
    Send: { target: "applying", actions: [assign({ send: true }), "accept"] },
    Resolve: resolve,
    PostingClosed: { target: "closed", actions: { type: "close", params: { was: "ready" } } },
  },
});

export const failed = application.createStateConfig({
  on: {
    Describe: { actions: { type: "describe", params: { status: "failed" } } },
    Resolve: resolve,
    PostingClosed: { target: "closed", actions: { type: "close", params: { was: "failed" } } },
  },
});

export const nothingToDecide = {
  type: "answer",
  params: rejected(
    "NothingToDecide",
    "This application neither failed nor is uncertain: there is nothing to decide.",
  ),
} as const;
