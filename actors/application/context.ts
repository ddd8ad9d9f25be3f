/** What an application remembers, and the numbers that it follows. */
import type { FormAnswer, JobReference, SubmissionProof } from "../../protocols/application.ts";
import type { CandidateProfile } from "../../protocols/candidate.ts";
import type { ReviewOutcome } from "../../protocols/employee.ts";
import type { MatchScore } from "../../protocols/match-score.ts";

/** All times in milliseconds. */
export interface ApplicationSettings {
  /** From this score on the machine approves, if the gates passed too. */
  readonly threshold: number;
  /** The review queue, which is the id of its dispatcher. */
  readonly queue: string;
  readonly reviewMinMs: number;
  readonly reviewMaxMs: number;
  /** How long before the deadline the employee is warned. Warned later than that, they get this long from the warning on. */
  readonly warnBeforeMs: number;
  /** Covers the way of a finished review to us, not the person. */
  readonly receiptGraceMs: number;
  /** Within this a client must have shown the review, else it counts as not delivered. */
  readonly ackWithinMs: number;
  /** A timer that fires later than this was our fault: it extends and gives no strike. */
  readonly lateToleranceMs: number;
  /** What the employee gets when our failure took time from them. */
  readonly extendMs: number;
  /** Extensions of one assignment that a lost link may bring; without a bound, pulling the cable would stop the clock. */
  readonly maxExtensions: number;
  /** After this many different people missed it, a review is escalated and gives no more strikes. */
  readonly maxMisses: number;
}

export const applicationSettings: ApplicationSettings = {
  threshold: 90,
  queue: "main",
  reviewMinMs: 15 * 60_000,
  reviewMaxMs: 20 * 60_000,
  warnBeforeMs: 5 * 60_000,
  receiptGraceMs: 2_000,
  ackWithinMs: 30_000,
  lateToleranceMs: 5_000,
  extendMs: 5 * 60_000,
  maxExtensions: 2,
  maxMisses: 3,
};

/** A new review waits behind those that come back. */
export const priorities = { front: 0, ordinary: 1 } as const;

export interface ApplicationContext extends ApplicationSettings {
  readonly id: string;
  readonly candidate: CandidateProfile | null;
  readonly job: JobReference | null;
  readonly score: MatchScore | null;
  /** The newest draft; the candidate's own version until somebody has saved one. */
  readonly resumeVersion: string;
  readonly answers: readonly (typeof FormAnswer.Type)[];
  /** Why a person is asked. */
  readonly reviewReason: string;
  readonly questions: readonly string[];

  /** Counts what was put into the queue; an older one that comes again is refused. */
  readonly request: number;
  /** The fencing number: raised at each assignment. */
  readonly assignment: number;
  /** Who has it now. */
  readonly employee: string | null;
  readonly assignedAt: number | null;
  readonly deadlineAt: number | null;
  readonly ackDueAt: number;
  readonly acknowledged: boolean;
  readonly warned: boolean;
  readonly extensions: number;
  /** The latest assignment that is over, so that what comes late is recognised. */
  readonly ended: {
    readonly employee: string;
    readonly assignment: number;
    readonly outcome: ReviewOutcome;
  } | null;
  readonly misses: number;
  /** Different people who missed it, at most `maxMisses`. */
  readonly missedBy: readonly string[];

  /** Counts what the applier was asked; a report about an older one is ignored. */
  readonly attempt: number;
  readonly retryAfterMs: number;
  readonly proof: SubmissionProof | null;
  /** The job was closed while the applier had it, and why; states that were stored before lack it. */
  readonly closing?: string | null;
  /** Of the last attempt. Missing in snapshots of before it was kept. */
  readonly evidence?: readonly string[];
  /** A person has looked at the filled form: send it. */
  readonly send?: boolean;
}

export const initialContext = (input: { id: string } & Partial<ApplicationSettings>): ApplicationContext => ({
  ...applicationSettings,
  ...input,
  candidate: null,
  job: null,
  score: null,
  resumeVersion: "",
  answers: [],
  reviewReason: "",
  questions: [],
  request: 0,
  assignment: 0,
  employee: null,
  assignedAt: null,
  deadlineAt: null,
  ackDueAt: 0,
  acknowledged: false,
  warned: false,
  extensions: 0,
  ended: null,
  misses: 0,
  missedBy: [],
  attempt: 0,
  retryAfterMs: 0,
  proof: null,
  closing: null,
});
