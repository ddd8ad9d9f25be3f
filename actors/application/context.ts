/** What an application remembers, and the numbers that it follows. */
import type { FormAnswer, JobReference, SubmissionProof } from "../../protocols/application.ts";
import type { CandidateProfile } from "../../protocols/candidate.ts";
import type { ReviewOutcome } from "../../protocols/employee.ts";
import type { MatchScore } from "../../protocols/match-score.ts";
import {
  type AssignmentTerms,
  defaultQueueSettings,
  type StrikePolicy,
} from "../../protocols/queue-settings.ts";
import type { MissEvidence } from "../../protocols/strike.ts";
import type { Range } from "./time-lost.ts";

/**
 * The clock's numbers are those of the assignment: they come with it from the dispatcher, and are here for one of before that
 * says none. All times in milliseconds.
 */
export interface ApplicationSettings extends AssignmentTerms {
  /** From this score on the machine approves, if the gates passed too. */
  readonly threshold: number;
  /** The review queue, which is the id of its dispatcher. */
  readonly queue: string;
  /** A timer that fires later than this was our fault: it extends and gives no strike. */
  readonly lateToleranceMs: number;
}

export const applicationSettings: ApplicationSettings = {
  ...defaultQueueSettings.terms,
  threshold: 90,
  queue: "main",
  lateToleranceMs: 5_000,
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

  /** When a person was first asked for; null while nobody is. */
  readonly requestedAt: number | null;
  /** 0 is the front; a manager may raise it. */
  readonly priority: number;
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
  /** The second warning was given. */
  readonly lastWarned: boolean;
  /** All that moved the deadline. */
  readonly extensions: number;
  /** Those that the employee took. */
  readonly selfExtended: number;
  /** What happened in this assignment; null between two. */
  readonly trail: MissEvidence | null;
  /** Goes with the offer: how its miss would be judged. */
  readonly policy: StrikePolicy | null;
  /** Incidents that have moved the deadline: each does once. */
  readonly incidents: readonly string[];
  /** The time of this assignment that was given back for them. */
  readonly givenBack?: readonly Range[];
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
  /** The machine has approved it, and nobody was asked since. */
  readonly byMachine?: boolean;
  /** Of the last attempt. Missing in snapshots of before it was kept. */
  readonly evidence?: readonly string[];
  /** A person has looked at the filled form: send it. */
  readonly send?: boolean;
}

/** What came to be since version 1. */
export const sinceVersion1 = {
  requestedAt: null,
  priority: priorities.ordinary,
  lastWarned: false,
  selfExtended: 0,
  trail: null,
  policy: null,
  incidents: [],
} as const;

export const initialContext = (input: { id: string } & Partial<ApplicationSettings>): ApplicationContext => ({
  ...applicationSettings,
  ...input,
  ...sinceVersion1,
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
