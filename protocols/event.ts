/**
 * The facts in the EVENTS stream: what happened, in the past tense, one readable JSON object each, on
 * `callboard.event.<type>.<id of the actor that says it>`. Machines `emit` them; the runtime adds who, when and the trace.
 */
import { Schema } from "effect";
import { ApplicationStatus, JobReference, SubmissionProof } from "./application.ts";
import { ApplierMode } from "./applier.ts";
import { CandidateProfile } from "./candidate.ts";
import { EmployeeProfile, Offer, ReviewOutcome } from "./employee.ts";
import { Incident } from "./incident.ts";
import { MatchScore } from "./match-score.ts";
import { Board } from "./portal.ts";
import { Posting } from "./posting.ts";
import { QueueSettings } from "./queue-settings.ts";
import { Kpis, LiveMetrics } from "./read-models.ts";
import { StrikeDecision, StrikeEntry } from "./strike.ts";

const application = { application: Schema.String };
/** Who did it, and why. */
const handled = { by: Schema.String, reason: Schema.String };
/** What somebody did with a board. */
const done = { portal: Schema.String, by: Schema.String };

const facts = [
  // portal
  Schema.Struct({
    type: Schema.Literal("PortalPolled"),
    portal: Schema.String,
    company: Schema.String,
    found: Schema.Int,
    rejected: Schema.Int,
  }),
  Schema.Struct({
    type: Schema.Literal("PortalBlocked"),
    portal: Schema.String,
    reason: Schema.String,
    retryAfterMs: Schema.Finite,
  }),
  Schema.Struct({ type: Schema.Literal("PortalChanged"), portal: Schema.String, reason: Schema.String }),
  Schema.Struct({
    type: Schema.Literal("PostingRejected"),
    portal: Schema.String,
    externalId: Schema.String,
    reason: Schema.String,
  }),
  /** One probe is let through; what it brings decides. */
  Schema.Struct({ type: Schema.Literal("PortalProbed"), portal: Schema.String }),
  /** The breaker has closed: by a look that went well, or by a person. */
  Schema.Struct({
    type: Schema.Literal("PortalRecovered"),
    portal: Schema.String,
    /** Looks that failed before it, in a row. */
    failures: Schema.Int,
    by: Schema.NullOr(Schema.String),
  }),
  /** An operator has switched off this kind of portal: it was not asked. */
  Schema.Struct({ type: Schema.Literal("PortalNotAllowed"), portal: Schema.String, reason: Schema.String }),
  // What people did with boards: the audit trail.
  Schema.Struct({
    type: Schema.Literal("BoardAdded"),
    portal: Schema.String,
    board: Board,
    pollEveryMs: Schema.Finite,
    by: Schema.String,
  }),
  Schema.Struct({ type: Schema.Literal("BoardSwitchedOff"), ...done }),
  Schema.Struct({ type: Schema.Literal("BoardSwitchedOn"), ...done }),
  Schema.Struct({ type: Schema.Literal("BoardRemoved"), ...done }),
  Schema.Struct({ type: Schema.Literal("LookRequested"), ...done }),
  // catalog
  Schema.Struct({ type: Schema.Literal("JobListed"), job: Schema.String, posting: Posting }),
  Schema.Struct({
    type: Schema.Literal("JobSeenAgain"),
    job: Schema.String,
    portal: Schema.String,
    externalId: Schema.String,
    url: Schema.String,
  }),
  /** Known already; its text, pay or places are others now. */
  Schema.Struct({ type: Schema.Literal("JobUpdated"), job: Schema.String, posting: Posting }),
  /** Gone from every board that showed it. */
  Schema.Struct({ type: Schema.Literal("JobClosed"), job: Schema.String, reason: Schema.String }),
  /** A closed job is listed again, by the same posting or a repost. */
  Schema.Struct({ type: Schema.Literal("JobReopened"), job: Schema.String, posting: Posting }),
  // candidate
  Schema.Struct({ type: Schema.Literal("CandidateRegistered"), profile: CandidateProfile }),
  Schema.Struct({
    type: Schema.Literal("AnswersLearned"),
    candidate: Schema.String,
    application: Schema.String,
    questions: Schema.Array(Schema.String),
  }),
  /** A manager gave them another base version; `before` is the one it takes the place of. */
  Schema.Struct({
    type: Schema.Literal("ResumeReplaced"),
    candidate: Schema.String,
    resumeVersion: Schema.String,
    before: Schema.String,
    by: Schema.String,
  }),
  // matcher
  Schema.Struct({
    type: Schema.Literal("JobMatched"),
    job: Schema.String,
    considered: Schema.Int,
    proposed: Schema.Int,
  }),
  // application
  Schema.Struct({
    type: Schema.Literal("ApplicationScored"),
    ...application,
    candidate: Schema.String,
    candidateName: Schema.String,
    job: JobReference,
    score: MatchScore,
  }),
  Schema.Struct({
    type: Schema.Literal("ApplicationApproved"),
    ...application,
    by: Schema.Literals(["machine", "employee"]),
    employee: Schema.NullOr(Schema.String),
    resumeVersion: Schema.String,
  }),
  Schema.Struct({
    type: Schema.Literal("ManualReviewRequired"),
    ...application,
    request: Schema.Int,
    queue: Schema.String,
    priority: Schema.Int,
    reason: Schema.String,
    /** A person had been asked for it already, and nobody has decided since. Earlier builds do not say. */
    again: Schema.optional(Schema.Boolean),
    /** The machine had approved it, and could not do it alone. */
    afterMachine: Schema.optional(Schema.Boolean),
  }),
  Schema.Struct({
    type: Schema.Literal("ReviewAssigned"),
    ...application,
    employee: Schema.String,
    offer: Offer,
  }),
  Schema.Struct({
    type: Schema.Literal("ReviewWarned"),
    ...application,
    employee: Schema.String,
    assignment: Schema.Int,
    deadlineAt: Schema.Finite,
  }),
  Schema.Struct({
    type: Schema.Literal("ReviewExtended"),
    ...application,
    employee: Schema.String,
    assignment: Schema.Int,
    deadlineAt: Schema.Finite,
    reason: Schema.String,
  }),
  Schema.Struct({
    type: Schema.Literal("ReviewEnded"),
    ...application,
    employee: Schema.String,
    assignment: Schema.Int,
    outcome: ReviewOutcome,
    strike: Schema.Boolean,
    reason: Schema.String,
    /** How long the employee had it, milliseconds. */
    heldMs: Schema.Finite,
  }),
  /** The desk has fetched it. */
  Schema.Struct({
    type: Schema.Literal("ReviewOpened"),
    ...application,
    employee: Schema.String,
    assignment: Schema.Int,
  }),
  /** A screen has shown the warning. */
  Schema.Struct({
    type: Schema.Literal("WarningSeen"),
    ...application,
    employee: Schema.String,
    assignment: Schema.Int,
  }),
  /** Finished after its time and before it was handed on: the work is used. */
  Schema.Struct({
    type: Schema.Literal("ReviewCompletedLate"),
    ...application,
    employee: Schema.String,
    assignment: Schema.Int,
  }),
  /** Too many different people have missed it: a manager decides. */
  Schema.Struct({
    type: Schema.Literal("ReviewEscalated"),
    ...application,
    missedBy: Schema.Array(Schema.String),
  }),
  /** A manager's hand on a review. */
  Schema.Struct({
    type: Schema.Literal("ReviewManaged"),
    ...application,
    action: Schema.Literals(["take-back", "give-time", "give-to", "set-priority", "requeue", "drop"]),
    employee: Schema.NullOr(Schema.String),
    detail: Schema.String,
    ...handled,
  }),
  Schema.Struct({
    type: Schema.Literal("DraftSaved"),
    ...application,
    employee: Schema.String,
    assignment: Schema.Int,
    resumeVersion: Schema.String,
  }),
  Schema.Struct({ type: Schema.Literal("ApplicationSubmitted"), ...application, proof: SubmissionProof }),
  Schema.Struct({ type: Schema.Literal("ApplicationDuplicate"), ...application, detail: Schema.String }),
  Schema.Struct({
    type: Schema.Literal("ApplicationFailed"),
    ...application,
    reason: Schema.String,
    evidence: Schema.Array(Schema.String),
  }),
  Schema.Struct({ type: Schema.Literal("ApplicationUncertain"), ...application, detail: Schema.String }),
  /** Filled and not sent: a person may send it. */
  Schema.Struct({
    type: Schema.Literal("ApplicationReady"),
    ...application,
    evidence: Schema.Array(Schema.String),
  }),
  Schema.Struct({
    type: Schema.Literal("ApplicationRejected"),
    ...application,
    by: Schema.String,
    reason: Schema.String,
  }),
  /** The job was closed before the application was sent. */
  Schema.Struct({
    type: Schema.Literal("ApplicationClosed"),
    ...application,
    /** Where it stood. */
    was: ApplicationStatus,
    reason: Schema.String,
  }),
  // applier
  Schema.Struct({
    type: Schema.Literal("ApplierModeChanged"),
    portal: Schema.String,
    mode: ApplierMode,
    by: Schema.String,
    reason: Schema.String,
  }),
  Schema.Struct({
    type: Schema.Literal("ApplierBlocked"),
    portal: Schema.String,
    reason: Schema.String,
    retryAfterMs: Schema.Finite,
  }),
  // employee
  Schema.Struct({ type: Schema.Literal("EmployeeSignedIn"), employee: Schema.String }),
  Schema.Struct({
    type: Schema.Literal("EmployeeSignedOut"),
    employee: Schema.String,
    reason: Schema.String,
  }),
  Schema.Struct({
    type: Schema.Literal("StrikeRecorded"),
    employee: Schema.String,
    application: Schema.String,
    assignment: Schema.Int,
    count: Schema.Int,
    level: Schema.Literals(["recorded", "warning", "violation"]),
  }),
  Schema.Struct({ type: Schema.Literal("EmployeeLocked"), employee: Schema.String, strikes: Schema.Int }),
  Schema.Struct({
    type: Schema.Literal("EmployeeUnlocked"),
    employee: Schema.String,
    by: Schema.String,
    reason: Schema.String,
  }),
  /** A strike that was none: it never counted, and the reason says why. */
  Schema.Struct({ type: Schema.Literal("MissExcused"), employee: Schema.String, entry: StrikeEntry }),
  /** With all that is known about it; the short form is StrikeRecorded. */
  Schema.Struct({ type: Schema.Literal("StrikeIssued"), employee: Schema.String, entry: StrikeEntry }),
  Schema.Struct({ type: Schema.Literal("StrikeAppealed"), employee: Schema.String, entry: StrikeEntry }),
  Schema.Struct({
    type: Schema.Literal("StrikeDecided"),
    employee: Schema.String,
    decision: StrikeDecision,
    entry: StrikeEntry,
  }),
  /** By an incident, its expiry, a clean streak, or cleared as the account was unlocked: the entry's state says which. */
  Schema.Struct({ type: Schema.Literal("StrikeVoided"), employee: Schema.String, entry: StrikeEntry }),
  Schema.Struct({
    type: Schema.Literal("EmployeeProfileSet"),
    employee: Schema.String,
    profile: EmployeeProfile,
    ...handled,
  }),
  /** `by` is null where they did it themselves. */
  Schema.Struct({
    type: Schema.Literal("EmployeeOnBreak"),
    employee: Schema.String,
    by: Schema.NullOr(Schema.String),
  }),
  Schema.Struct({ type: Schema.Literal("EmployeeLinkLost"), employee: Schema.String }),
  Schema.Struct({
    type: Schema.Literal("EmployeeLinkBack"),
    employee: Schema.String,
    /** How long it was gone, milliseconds. */
    goneMs: Schema.Finite,
  }),
  // incidents
  Schema.Struct({ type: Schema.Literal("IncidentOpened"), queue: Schema.String, incident: Incident }),
  Schema.Struct({
    type: Schema.Literal("IncidentClosed"),
    queue: Schema.String,
    incident: Incident,
    by: Schema.NullOr(Schema.String),
  }),
  // dispatcher
  Schema.Struct({
    type: Schema.Literal("QueueSettingsChanged"),
    queue: Schema.String,
    version: Schema.Int,
    before: QueueSettings,
    after: QueueSettings,
    ...handled,
  }),
  Schema.Struct({ type: Schema.Literal("DispatchPaused"), queue: Schema.String, ...handled }),
  Schema.Struct({ type: Schema.Literal("DispatchResumed"), queue: Schema.String, ...handled }),
  // ops, by a node's desk
  Schema.Struct({
    type: Schema.Literal("DeadLetterReplayed"),
    ...handled,
    letter: Schema.Int,
    dead: Schema.String,
    cause: Schema.String,
    edited: Schema.Boolean,
  }),
  Schema.Struct({
    type: Schema.Literal("DeadLetterDropped"),
    ...handled,
    letter: Schema.Int,
    dead: Schema.String,
    cause: Schema.String,
  }),
  Schema.Struct({
    type: Schema.Literal("ActorResumed"),
    ...handled,
    address: Schema.String,
    mail: Schema.Int,
  }),
  // archivist
  Schema.Struct({ type: Schema.Literal("ArchiveBehind"), reason: Schema.String }),
  // pulse
  Schema.Struct({ type: Schema.Literal("PulseMeasured"), live: LiveMetrics, kpis: Kpis }),
] as const;

export const Fact = Schema.Union(facts);
export type Fact = typeof Fact.Type;

/** What the runtime adds to every fact that it stores. */
export const Provenance = Schema.Struct({
  /** The actor that said it, `<kind>.<id>`. */
  actor: Schema.String,
  /** ISO time of the turn. */
  at: Schema.String,
  /** The trace that runs through all messages of one application (32 hex digits). */
  trace: Schema.String,
});
export type Provenance = typeof Provenance.Type;
export type StoredFact = Fact & Provenance;
