/** What an application actor (one per candidate and job) hears. */
import { Schema } from "effect";
import { CandidateProfile } from "./candidate.ts";
import { MatchScore } from "./match-score.ts";
import { AssignmentTerms, StrikePolicy } from "./queue-settings.ts";

/** The job as an application needs it; the whole posting stays in the read model. */
export const JobReference = Schema.Struct({
  id: Schema.String,
  title: Schema.String,
  company: Schema.String,
  region: Schema.String,
  /** The portal whose applier fills the form. */
  portal: Schema.String,
  url: Schema.String,
  applyUrl: Schema.String,
});
export type JobReference = typeof JobReference.Type;

/** An answer for one form question, given by a reviewer. */
export const FormAnswer = Schema.Struct({ question: Schema.String, answer: Schema.String });

/** What proves a submission: keys in the object store `evidence` and the portal's own words. */
export const SubmissionProof = Schema.Struct({
  reference: Schema.String,
  confirmation: Schema.String,
  evidence: Schema.Array(Schema.String),
  resumeVersion: Schema.String,
  submittedAt: Schema.Finite,
});
export type SubmissionProof = typeof SubmissionProof.Type;

const replyTo = Schema.optional(Schema.String);
/** Every command of a reviewer names who speaks and which assignment is meant. */
const command = { employee: Schema.String, assignment: Schema.Int, replyTo };
/** Every command of a manager names who, and why. */
const managed = { by: Schema.String, reason: Schema.String, replyTo };
/** The numbers that hold for an assignment; its own settings where a build of before says none. */
const numbers = {
  terms: Schema.optional(AssignmentTerms),
  policy: Schema.optional(StrikePolicy),
  /** Multiplies the time, for whoever needs more. */
  timeFactor: Schema.optional(Schema.Finite),
};
/** Every report of an applier names the attempt that it belongs to. */
const report = { attempt: Schema.Int };

export const ApplicationMessage = Schema.Union([
  /** matcher: this candidate and this job, with the score. */
  Schema.Struct({
    type: Schema.Literal("Propose"),
    candidate: CandidateProfile,
    job: JobReference,
    score: MatchScore,
  }),
  /** dispatcher: this employee has a free hand. */
  Schema.Struct({
    type: Schema.Literal("AssignReview"),
    employee: Schema.String,
    request: Schema.Int,
    queue: Schema.String,
    ...numbers,
  }),
  /** employee: not me (away, locked, busy). */
  Schema.Struct({ type: Schema.Literal("OfferRefused"), ...command, reason: Schema.String }),
  /** edge: more time, from the warning on. */
  Schema.Struct({ type: Schema.Literal("ExtendReview"), ...command, reason: Schema.String }),
  /** employee: its end should have come; is it still mine? Whoever does not hold it is told so. */
  Schema.Struct({ type: Schema.Literal("StillMine"), ...command }),
  /** employee: I can't go on with it (the line, a lock). */
  Schema.Struct({ type: Schema.Literal("ReleaseReview"), ...command, reason: Schema.String }),
  /** edge: the desk has fetched it. */
  Schema.Struct({ type: Schema.Literal("OpenReview"), ...command }),
  /** edge: a screen has shown the warning. */
  Schema.Struct({ type: Schema.Literal("AcknowledgeWarning"), ...command }),
  /** dispatcher: an incident took this much from everybody. */
  Schema.Struct({
    type: Schema.Literal("ExtendLive"),
    incident: Schema.String,
    /** How long it lasted, and from when to when: only what of it fell into the assignment is given back. */
    ms: Schema.Finite,
    from: Schema.optional(Schema.Finite),
    to: Schema.optional(Schema.Finite),
    reason: Schema.String,
  }),
  /** edge, for a manager: out of their hands, without a strike, to the front of the queue. */
  Schema.Struct({ type: Schema.Literal("TakeBack"), ...managed }),
  /** edge, for a manager: more time. */
  Schema.Struct({ type: Schema.Literal("GiveTime"), ...managed, ms: Schema.Finite }),
  /** edge, for a manager: to this person, whoever is next. They may refuse it (away, busy), and it goes to the front. */
  Schema.Struct({ type: Schema.Literal("GiveTo"), ...managed, employee: Schema.String, ...numbers }),
  /** edge, for a manager: 0 is the front. */
  Schema.Struct({ type: Schema.Literal("SetPriority"), ...managed, priority: Schema.Int }),
  /** edge, for a manager: back into the queue, whoever missed it before. */
  Schema.Struct({ type: Schema.Literal("Requeue"), ...managed }),
  /** edge, for a manager: nobody is to work on it any more. */
  Schema.Struct({ type: Schema.Literal("DropReview"), ...managed }),
  /** edge: the client has shown the review. */
  Schema.Struct({ type: Schema.Literal("AcknowledgeReview"), ...command }),
  /** edge: an autosaved draft was stored as this résumé version. */
  Schema.Struct({
    type: Schema.Literal("SaveDraft"),
    ...command,
    resumeVersion: Schema.String,
    /** What is written to the form's questions so far. */
    answers: Schema.optional(Schema.Array(FormAnswer)),
  }),
  /** edge: done; send it with this résumé version. */
  Schema.Struct({
    type: Schema.Literal("CompleteReview"),
    ...command,
    resumeVersion: Schema.String,
    answers: Schema.Array(FormAnswer),
  }),
  /** edge: this job is not for this candidate. */
  Schema.Struct({ type: Schema.Literal("RejectPosting"), ...command, reason: Schema.String }),
  /** edge: I give it back. */
  Schema.Struct({ type: Schema.Literal("ReturnReview"), ...command }),
  /** applier: the portal confirmed it. */
  Schema.Struct({ type: Schema.Literal("SubmissionConfirmed"), ...report, proof: SubmissionProof }),
  /** applier: the portal said that this e-mail has applied already. */
  Schema.Struct({ type: Schema.Literal("SubmissionDuplicate"), ...report, detail: Schema.String }),
  /** applier: it can't be done as it is (form changed, refused values). */
  Schema.Struct({
    type: Schema.Literal("SubmissionFailed"),
    ...report,
    reason: Schema.String,
    evidence: Schema.Array(Schema.String),
  }),
  /** applier: the form asks what only a person can answer. */
  Schema.Struct({
    type: Schema.Literal("SubmissionNeedsPerson"),
    ...report,
    questions: Schema.Array(Schema.String),
    evidence: Schema.Array(Schema.String),
  }),
  /** applier: filled, and not sent, since its portal is in dry run. */
  Schema.Struct({
    type: Schema.Literal("SubmissionReady"),
    ...report,
    evidence: Schema.Array(Schema.String),
  }),
  /** applier: the button may have been pressed; nobody knows. Never pressed again by itself. */
  Schema.Struct({ type: Schema.Literal("SubmissionUncertain"), ...report, detail: Schema.String }),
  /** applier: full; ask again later. */
  Schema.Struct({ type: Schema.Literal("ApplierBusy"), ...report, retryAfterMs: Schema.Finite }),
  /** edge, for a manager: what became of an uncertain or failed submission. */
  Schema.Struct({
    type: Schema.Literal("Resolve"),
    decision: Schema.Literals(["submitted", "retry", "give-up"]),
    by: Schema.String,
    reason: Schema.String,
    replyTo,
  }),
  /** matcher: the job is closed; what was not sent stops. */
  Schema.Struct({ type: Schema.Literal("PostingClosed"), reason: Schema.String }),
  /** applier: taken out of its queue as asked; nothing was pressed. */
  Schema.Struct({ type: Schema.Literal("SubmissionWithdrawn"), ...report }),
  /** edge, for a manager: send what stands ready. */
  Schema.Struct({ type: Schema.Literal("Send"), by: Schema.String, replyTo }),
  /** edge: everything about this application. Answered by `ApplicationReply`. */
  Schema.Struct({ type: Schema.Literal("Describe"), replyTo: Schema.String }),
]).pipe(Schema.toTaggedUnion("type"));
export type ApplicationMessage = typeof ApplicationMessage.Type;

export const ApplicationStatus = Schema.Literals([
  "new",
  "waiting",
  "assigning",
  "escalated",
  "reviewing",
  "applying",
  "ready",
  "uncertain",
  "submitted",
  "duplicate",
  "failed",
  "rejected",
  "closed",
]);
export type ApplicationStatus = typeof ApplicationStatus.Type;

export const ApplicationReply = Schema.Struct({
  type: Schema.Literal("ApplicationReply"),
  application: Schema.String,
  status: ApplicationStatus,
  candidate: Schema.NullOr(CandidateProfile),
  job: Schema.NullOr(JobReference),
  score: Schema.NullOr(MatchScore),
  /** The draft that is newest; equals the candidate's base version until somebody has saved one. */
  resumeVersion: Schema.String,
  employee: Schema.NullOr(Schema.String),
  assignment: Schema.Int,
  assignedAt: Schema.NullOr(Schema.Finite),
  deadlineAt: Schema.NullOr(Schema.Finite),
  /** Why a person is asked. */
  reviewReason: Schema.String,
  /** Questions of the form that the bot could not answer. */
  questions: Schema.Array(Schema.String),
  /** What a reviewer has written to them, approved or not. */
  answers: Schema.optional(Schema.Array(FormAnswer)),
  misses: Schema.Int,
  /** Extensions that the holder may still take. */
  extensionsLeft: Schema.optional(Schema.Int),
  /** What one gives. */
  extendMs: Schema.optional(Schema.Finite),
  proof: Schema.NullOr(SubmissionProof),
  /** What the last attempt left: pictures of the form and its field map. */
  evidence: Schema.optional(Schema.Array(Schema.String)),
});
export type ApplicationReply = typeof ApplicationReply.Type;
