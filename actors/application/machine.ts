/**
 * One application: one candidate and one job, from the score to the portal's confirmation, with a person's review between
 * where the machine may not decide alone.
 *
 * Hears  Propose, PostingClosed (matcher) · AssignReview, ExtendLive (dispatcher) · OfferRefused, ReleaseReview, StillMine (employee)
 *        · AcknowledgeReview, OpenReview, AcknowledgeWarning, ExtendReview, SaveDraft, CompleteReview, RejectPosting, ReturnReview,
 *        TakeBack, GiveTime, GiveTo, SetPriority, Requeue, DropReview, Resolve, Send, Describe (edge) · Submission…, ApplierBusy (applier)
 * Tells  REVIEWS: ReviewRequested · dispatcher: ReviewAssigned, AssignRefused, ReviewOver · employee: OfferReview, ReviewShown,
 *        WarnReview, ReviewExtended, ReviewEnded · applier: Apply · the asker: Accepted, Rejected, ApplicationReply
 * Holds  the assignment with its fencing number: every command names it, so that a late one can't land on someone else's
 */
import { enqueueActions } from "xstate";
import type { ApplicationStatus } from "../../protocols/application.ts";
import type { EmployeeMessage } from "../../protocols/employee.ts";
import { remote } from "../remote.ts";
import { applying, failed, nothingToDecide, ready, uncertain } from "./applying.ts";
import { beginAssignment } from "./assigning.ts";
import { initialContext } from "./context.ts";
import { handsOf, nothingToManage } from "./managing.ts";
import { reviewing } from "./reviewing.ts";
import { application } from "./setup.ts";

const describes = (status: ApplicationStatus) =>
  ({ actions: { type: "describe", params: { status } } }) as const;
const answersToManager = Object.fromEntries(
  (["TakeBack", "GiveTime", "GiveTo", "SetPriority", "Requeue", "DropReview"] as const).map((type) => [
    type,
    { actions: nothingToManage },
  ]),
);
const withoutEffect = { actions: "answerWithoutEffect" } as const;

const proposed = [
  {
    guard: "machineMayApprove",
    target: "applying",
    actions: [
      "takeProposal",
      application.enqueueActions(({ context: { id, resumeVersion }, enqueue }) => {
        enqueue.assign({ byMachine: true });
        enqueue.emit({
          type: "ApplicationApproved",
          application: id,
          by: "machine",
          employee: null,
          resumeVersion,
        });
      }),
    ],
  },
  {
    target: "waiting",
    actions: ["takeProposal", { type: "requestReview", params: { atFront: false, exclude: null } }],
  },
] as const;

const requestAgain = { type: "requestReview", params: { atFront: true, exclude: null } } as const;

/** From whoever had it last, as long as nobody else has it. */
const late = {
  // Completed late: its miss stands as it was said, and the work is used.
  CompleteReview: {
    guard: "byLastHolder",
    target: "applying",
    actions: [
      "teach",
      application.assign(({ context: { ended }, event }) =>
        event.type === "CompleteReview"
          ? {
              resumeVersion: event.resumeVersion,
              answers: event.answers,
              requestedAt: null,
              ended: ended && { ...ended, outcome: "completed" as const },
            }
          : {},
      ),
      application.enqueueActions(({ context: { id }, event, enqueue }) => {
        if (event.type !== "CompleteReview") return;
        const { employee, assignment, resumeVersion } = event;
        enqueue.emit({ type: "ReviewCompletedLate", application: id, employee, assignment });
        enqueue.emit({
          type: "ApplicationApproved",
          application: id,
          by: "employee",
          employee,
          resumeVersion,
        });
      }),
      "accept",
    ],
  },
  // The last keystrokes before the end were still under way: they go to the next reviewer.
  SaveDraft: {
    guard: "byLastHolder",
    actions: ["takeDraft", "accept"],
  },
} as const;

export const applicationMachine = application.createMachine({
  id: "application@2",
  context: ({ input: { at: _at, ...input } }) => initialContext(input),
  initial: "new",
  // What a state does not hear itself is answered here.
  on: {
    AssignReview: {
      actions: { type: "tellDispatcher", params: { taken: false, reason: "Nobody is needed any more." } },
    },
    AcknowledgeReview: withoutEffect,
    SaveDraft: withoutEffect,
    CompleteReview: withoutEffect,
    RejectPosting: withoutEffect,
    ReturnReview: withoutEffect,
    ExtendReview: withoutEffect,
    OpenReview: withoutEffect,
    AcknowledgeWarning: withoutEffect,
    Resolve: { actions: nothingToDecide },
    Send: { actions: nothingToDecide },
    ...answersToManager,
    StillMine: {
      // An employee who believes to hold what they don't is told, so that nobody stays stuck on it.
      actions: enqueueActions(({ context, event, enqueue }) => {
        enqueue.sendTo(remote("employee", event.employee), {
          type: "ReviewEnded",
          application: context.id,
          assignment: event.assignment,
          outcome: "released",
          strike: false,
          reason: "This review is not with you any more.",
        } satisfies EmployeeMessage);
      }),
    },
  },
  states: {
    new: {
      on: {
        Describe: describes("new"),
        Propose: proposed,
      },
    },
    /** In the queue. */
    waiting: {
      on: {
        ...handsOf.waiting,
        Describe: describes("waiting"),
        // The dispatcher learns of it when it takes the request out of the queue: nobody is needed any more.
        PostingClosed: { target: "closed", actions: { type: "close", params: { was: "waiting" } } },
        AssignReview: [
          {
            guard: "currentRequest",
            target: "reviewing",
            actions: [beginAssignment, { type: "tellDispatcher", params: { taken: true } }, "offerReview"],
          },
          { actions: { type: "tellDispatcher", params: { taken: false, reason: "An old request." } } },
        ],
        ...late,
      },
    },
    /** Too many different people have missed it: it waits for a manager, but not for ever. */
    escalated: {
      after: {
        escalatedFor: { target: "waiting", actions: requestAgain },
      },
      on: {
        ...handsOf.waiting,
        Describe: describes("escalated"),
        SetPriority: { target: "waiting", actions: handsOf.waiting.SetPriority.actions },
        Requeue: { target: "waiting", actions: handsOf.waiting.Requeue.actions },
        PostingClosed: { target: "closed", actions: { type: "close", params: { was: "escalated" } } },
        ...late,
      },
    },
    reviewing,
    applying,
    ready,
    uncertain,
    failed,
    submitted: { on: { Describe: describes("submitted") } },
    duplicate: { on: { Describe: describes("duplicate") } },
    rejected: { on: { Describe: describes("rejected") } },
    /** Its job was closed before it was sent. */
    closed: { on: { Describe: describes("closed"), Propose: proposed } },
  },
});
