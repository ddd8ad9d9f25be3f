/**
 * What the edge offers over HTTP: every route with who may call it, what goes in and what comes out. The edge serves from
 * this table, `/api/openapi.json` is made from it, the authorisation test walks it, and the dashboard decodes with it.
 * Times are epoch milliseconds unless they say otherwise. Whatever is refused is answered with a `Problem`.
 */
import { Schema } from "effect";
import { ApplicationReply, ApplicationStatus, FormAnswer } from "../application.ts";
import { ApplierMode, ApplierReply } from "../applier.ts";
import { DeadPage, Dropped, PausedList, ReplayReport, Resumed } from "../dead-letter.ts";
import { standingFields } from "../employee.ts";
import { MatchScore } from "../match-score.ts";
import { Posting } from "../posting.ts";
import { Kpis, LiveMetrics } from "../read-models.ts";
import { Suggestion } from "../suggestion.ts";
import { accountRoutes } from "./accounts.ts";
import { boardRoutes } from "./boards.ts";
import { candidateRoutes } from "./candidates.ts";
import { deskRoutes } from "./desk.ts";
import { historyRoutes } from "./history.ts";
import { incidentRoutes } from "./incidents.ts";
import { opsRoutes } from "./ops.ts";
import { peopleRoutes } from "./people.ts";
import { queueRoutes } from "./queues.ts";
import {
  count,
  Done,
  identifier,
  page,
  paging,
  type Route,
  reason,
  signedIn,
  text,
  type WithObjectRules,
} from "./route.ts";
import { strikeRoutes } from "./strikes.ts";

export { Me, Problem, Role, type Route } from "./route.ts";

export const Health = Schema.Struct({
  /** All that the edge needs answers; the status is 200 then, else 503. */
  ok: Schema.Boolean,
  parts: Schema.Array(
    Schema.Struct({
      name: Schema.String,
      ok: Schema.Boolean,
      /** False for a part that may be missing without the whole being unready. */
      required: Schema.Boolean,
      detail: Schema.String,
    }),
  ),
});
export type Health = typeof Health.Type;

/** A person as the manager's board shows them. */
export const EmployeeRow = Schema.Struct({
  employee: Schema.String,
  name: Schema.String,
  email: Schema.String,
  /** Has a socket open somewhere; null if this edge can't tell. */
  connected: Schema.NullOr(Schema.Boolean),
  ...standingFields,
});
export type EmployeeRow = typeof EmployeeRow.Type;

/** A fact from the EVENTS stream as a line to read. `fact` is the whole of it, with its `type`. */
export const FactLine = Schema.Struct({
  seq: Schema.Int,
  at: Schema.Finite,
  type: Schema.String,
  /** `<kind>.<id>` of who said it. */
  actor: Schema.String,
  /** The application, person or portal that it is about, whichever it names first; else "". */
  about: Schema.String,
  fact: Schema.Record(Schema.String, Schema.Unknown),
});
export type FactLine = typeof FactLine.Type;

/** One application in a list. */
export const ApplicationRow = Schema.Struct({
  application: Schema.String,
  status: ApplicationStatus,
  score: Schema.Finite,
  title: Schema.String,
  company: Schema.String,
  region: Schema.String,
  portal: Schema.String,
  candidate: Schema.String,
  candidateName: Schema.String,
  /** Who has it or had it last. */
  employee: Schema.NullOr(Schema.String),
  /** The portal's confirmation number. */
  reference: Schema.NullOr(Schema.String),
  /** What it waits for, or why it failed; "" if there is nothing to say. */
  reason: Schema.String,
  createdAt: Schema.Finite,
  updatedAt: Schema.Finite,
});
export type ApplicationRow = typeof ApplicationRow.Type;

export const ApplicationPage = page(ApplicationRow);
export type ApplicationPage = typeof ApplicationPage.Type;

export const ApplicationDetail = Schema.Struct({
  /** As the actor says it now. */
  application: ApplicationReply,
  /** Null only if the posting is older than what is kept. */
  posting: Schema.NullOr(Posting),
  /** The JSON Resume document that was or will be sent; null if it is gone. */
  resume: Schema.NullOr(Schema.Json),
  /** Its life so far, oldest first, at most 200. Empty for an employee. */
  history: Schema.Array(FactLine),
});
export type ApplicationDetail = typeof ApplicationDetail.Type;

/** All that the review desk shows for the review in hand. */
export const ReviewInHand = Schema.Struct({
  application: Schema.String,
  /** Goes with every command about this review: an old one is told apart by it. */
  assignment: Schema.Int,
  title: Schema.String,
  company: Schema.String,
  candidate: Schema.Struct({ id: Schema.String, name: Schema.String }),
  assignedAt: Schema.Finite,
  deadlineAt: Schema.Finite,
  /** Why a person is asked. */
  reviewReason: Schema.String,
  score: MatchScore,
  posting: Schema.NullOr(Posting),
  /** The newest draft, a JSON Resume document. Send back the whole document, with the fields you don't know. */
  resume: Schema.Json,
  resumeVersion: Schema.String,
  /** What the candidate gave us: the draft is compared with it. */
  baseResume: Schema.Json,
  baseVersion: Schema.String,
  /** Questions of the form that the bot could not answer. */
  questions: Schema.Array(Schema.String),
  /** What was written to them so far. */
  answers: Schema.optional(Schema.Array(FormAnswer)),
  /** How often more time can be taken, from the warning on. */
  extensionsLeft: Schema.Int,
  /** What one gives. */
  extendMs: Schema.Finite,
  /** What its last attempt at the form left; each can be opened. */
  evidence: Schema.optional(Schema.Array(Schema.String)),
});
export type ReviewInHand = typeof ReviewInHand.Type;

export const ReviewDesk = Schema.Struct({
  /** Null if nothing is in hand. */
  review: Schema.NullOr(ReviewInHand),
  serverNow: Schema.Finite,
});
export type ReviewDesk = typeof ReviewDesk.Type;

/** Which review a command is about. */
const held = { application: identifier, assignment: Schema.Int };
/** A JSON Resume document; must be an object. */
export const ResumeDocument = Schema.Record(Schema.String, Schema.Json);
export type ResumeDocument = typeof ResumeDocument.Type;

const answers = Schema.Array(
  Schema.Struct({
    question: FormAnswer.fields.question.check(Schema.isMaxLength(2_000)),
    answer: FormAnswer.fields.answer.check(Schema.isMaxLength(20_000)),
  }),
).check(Schema.isMaxLength(100));

/** `basedOn`: the version that the editor began with; where another was saved since, nothing is saved and 409 says so. */
export const DraftBody = Schema.Struct({
  ...held,
  resume: ResumeDocument,
  answers: Schema.optional(answers),
  basedOn: Schema.optional(identifier),
});
export type DraftBody = typeof DraftBody.Type;
export const DraftSaved = Schema.Struct({ ok: Schema.Literal(true), resumeVersion: Schema.String });
export type DraftSaved = typeof DraftSaved.Type;
/** The draft as it stands in the editor, scored; nothing is saved. */
export const Rescored = Schema.Struct({ score: MatchScore, suggestions: Schema.Array(Suggestion) });
export type Rescored = typeof Rescored.Type;
export const CompleteBody = Schema.Struct({ ...held, resume: ResumeDocument, answers });
export type CompleteBody = typeof CompleteBody.Type;
export const HeldBody = Schema.Struct(held);
export type HeldBody = typeof HeldBody.Type;
export const RejectBody = Schema.Struct({ ...held, reason });
export type RejectBody = typeof RejectBody.Type;
export const ResolveBody = Schema.Struct({
  decision: Schema.Literals(["submitted", "retry", "give-up"]),
  reason,
});
export type ResolveBody = typeof ResolveBody.Type;
export const SwitchApplierBody = Schema.Struct({ mode: ApplierMode, reason });
export const UnlockBody = Schema.Struct({ reason });
export type UnlockBody = typeof UnlockBody.Type;
export const EmployeeList = Schema.Struct({ items: Schema.Array(EmployeeRow) });
export type EmployeeList = typeof EmployeeList.Type;
export const FactPage = page(FactLine);
export type FactPage = typeof FactPage.Type;

const KiB = 1024;
/** A résumé document as JSON; a rich one has 20 KiB. */
export const maxResumeBytes = 256 * KiB;

const letterNumber = Schema.Struct({
  letter: Schema.FiniteFromString.check(Schema.isInt(), Schema.isGreaterThan(0)),
});
/** Bounded, so that the answer comes within the time of a request. */
const someLetters = {
  of: Schema.optional(identifier),
  cause: Schema.optional(text(200)),
  most: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 500 })),
  reason,
};

export const routes = {
  health: {
    method: "GET",
    path: "/api/health",
    access: "everyone",
    summary: "What is ready and what is not",
    answer: Health,
  },
  openapi: {
    method: "GET",
    path: "/api/openapi.json",
    access: "everyone",
    summary: "This description",
    answer: Schema.Record(Schema.String, Schema.Json),
  },
  ...accountRoutes,
  live: {
    method: "GET",
    path: "/api/metrics/live",
    access: signedIn,
    summary: "What happens now: portals, jobs per minute, pending reviews",
    answer: LiveMetrics,
  },
  kpis: {
    method: "GET",
    path: "/api/metrics/kpis",
    access: signedIn,
    summary: "Counts since the beginning, and the rate of applications without a person",
    answer: Kpis,
  },
  applications: {
    method: "GET",
    path: "/api/applications",
    access: ["manager", "ops"],
    summary: "Applications, newest first",
    query: Schema.Struct({
      status: Schema.optional(ApplicationStatus),
      ...paging,
    }),
    answer: ApplicationPage,
  },
  application: {
    method: "GET",
    path: "/api/applications/:application",
    access: signedIn,
    object: "held by the employee",
    summary: "One application with its posting, résumé and history; for an employee only while they hold it",
    params: Schema.Struct({ application: identifier }),
    answer: ApplicationDetail,
  },
  resolve: {
    method: "POST",
    path: "/api/applications/:application/resolve",
    access: ["manager"],
    object: "any",
    summary: "Say what became of an uncertain or failed submission",
    params: Schema.Struct({ application: identifier }),
    body: ResolveBody,
    answer: Done,
  },
  send: {
    method: "POST",
    path: "/api/applications/:application/send",
    access: ["manager"],
    object: "any",
    summary: "Send what a dry run has filled and kept ready",
    params: Schema.Struct({ application: identifier }),
    answer: Done,
  },
  applier: {
    method: "GET",
    path: "/api/portals/:portal/applier",
    access: ["manager", "ops"],
    object: "any",
    summary: "Whether the bot sends forms at this portal or only fills them",
    params: Schema.Struct({ portal: identifier }),
    answer: ApplierReply,
  },
  switchApplier: {
    method: "POST",
    path: "/api/portals/:portal/applier",
    access: ["manager"],
    object: "any",
    summary: "Let the bot send forms at this portal, or only fill them",
    params: Schema.Struct({ portal: identifier }),
    body: SwitchApplierBody,
    answer: Done,
  },
  evidence: {
    method: "GET",
    path: "/api/applications/:application/evidence",
    access: ["employee", "manager"],
    object: "held by the employee",
    summary: "A screenshot or other proof of an attempt; `key` is one of the application's own",
    params: Schema.Struct({ application: identifier }),
    query: Schema.Struct({ key: identifier }),
    answer: "bytes",
  },
  review: {
    method: "GET",
    path: "/api/review",
    access: ["employee"],
    summary: "The review in hand with everything the desk shows",
    answer: ReviewDesk,
  },
  saveDraft: {
    method: "PUT",
    path: "/api/review/draft",
    access: ["employee"],
    object: "held by the employee",
    summary: "Save the résumé as it stands, and the answers",
    body: DraftBody,
    maxBody: maxResumeBytes,
    answer: DraftSaved,
  },
  rescore: {
    method: "POST",
    path: "/api/review/rescore",
    access: ["employee"],
    object: "held by the employee",
    summary: "Score the résumé as it stands, with what could be better about it; saves nothing",
    body: DraftBody,
    maxBody: maxResumeBytes,
    answer: Rescored,
  },
  complete: {
    method: "POST",
    path: "/api/review/complete",
    access: ["employee"],
    object: "held by the employee",
    summary: "Done: apply with this résumé and these answers",
    body: CompleteBody,
    maxBody: maxResumeBytes,
    answer: DraftSaved,
  },
  extend: {
    method: "POST",
    path: "/api/review/extend",
    access: ["employee"],
    object: "held by the employee",
    summary: "More time, from the warning on and as often as the queue allows",
    body: HeldBody,
    answer: Done,
  },
  return: {
    method: "POST",
    path: "/api/review/return",
    access: ["employee"],
    object: "held by the employee",
    summary: "Give the review back, without a strike",
    body: HeldBody,
    answer: Done,
  },
  reject: {
    method: "POST",
    path: "/api/review/reject",
    access: ["employee"],
    object: "held by the employee",
    summary: "This job is not for this candidate",
    body: RejectBody,
    answer: Done,
  },
  signIn: {
    method: "POST",
    path: "/api/employees/me/sign-in",
    access: ["employee"],
    summary: "Switch on: offer me reviews",
    answer: Done,
  },
  signOut: {
    method: "POST",
    path: "/api/employees/me/sign-out",
    access: ["employee"],
    summary: "Switch off: no further reviews",
    answer: Done,
  },
  ...peopleRoutes,
  ...strikeRoutes,
  ...incidentRoutes,
  ...queueRoutes,
  employees: {
    method: "GET",
    path: "/api/employees",
    access: ["manager"],
    summary: "All employees and how they stand",
    answer: EmployeeList,
  },
  unlock: {
    method: "POST",
    path: "/api/employees/:employee/unlock",
    access: ["manager"],
    object: "any",
    summary: "The account has been reviewed: it may work again",
    params: Schema.Struct({ employee: identifier }),
    body: UnlockBody,
    answer: Done,
  },
  ...boardRoutes,
  ...candidateRoutes,
  ...historyRoutes,
  ...deskRoutes,
  ...opsRoutes,
  events: {
    method: "GET",
    path: "/api/events",
    access: ["manager", "ops"],
    summary: "Facts, newest first",
    query: Schema.Struct(paging),
    answer: FactPage,
  },
  deadLetters: {
    method: "GET",
    path: "/api/dead-letters",
    access: ["ops"],
    summary: "What actors could not take, oldest first, with its cause; `of` is a kind or one actor",
    query: Schema.Struct({
      of: Schema.optional(identifier),
      cause: Schema.optional(text(200)),
      limit: Schema.optional(count),
      after: Schema.optional(Schema.FiniteFromString.check(Schema.isInt(), Schema.isGreaterThanOrEqualTo(0))),
    }),
    answer: DeadPage,
  },
  replayDeadLetter: {
    method: "POST",
    path: "/api/dead-letters/:letter/replay",
    access: ["ops"],
    object: "any",
    summary: "Send it again, once; `message` takes the place of what was said",
    params: letterNumber,
    body: Schema.Struct({ reason, message: Schema.optional(Schema.Json) }),
    maxBody: 256 * KiB,
    answer: Done,
  },
  dropDeadLetter: {
    method: "POST",
    path: "/api/dead-letters/:letter/drop",
    access: ["ops"],
    object: "any",
    summary: "It is dealt with otherwise: take it away",
    params: letterNumber,
    body: Schema.Struct({ reason }),
    answer: Done,
  },
  replayDeadLetters: {
    method: "POST",
    path: "/api/dead-letters/replay",
    access: ["ops"],
    summary:
      "Send many again in phases, `sample` first, ten times as many in each; stops where one dies again",
    body: Schema.Struct({
      ...someLetters,
      sample: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 100 })),
    }),
    answer: ReplayReport,
  },
  dropDeadLetters: {
    method: "POST",
    path: "/api/dead-letters/drop",
    access: ["ops"],
    summary: "Take many away",
    body: Schema.Struct(someLetters),
    answer: Dropped,
  },
  pausedActors: {
    method: "GET",
    path: "/api/paused-actors",
    access: ["ops"],
    summary: "Actors that their supervisor parked with their mailbox, and why",
    answer: PausedList,
  },
  resumeActor: {
    method: "POST",
    path: "/api/paused-actors/:address/resume",
    access: ["ops"],
    object: "any",
    summary: "Let it go on with its parked mail; `letter` is replayed before, `message` in its place",
    params: Schema.Struct({ address: identifier }),
    body: Schema.Struct({
      reason,
      letter: Schema.optional(Schema.Int.check(Schema.isGreaterThan(0))),
      message: Schema.optional(Schema.Json),
    }),
    maxBody: 256 * KiB,
    answer: Resumed,
  },
} as const satisfies Record<string, Route>;

routes satisfies WithObjectRules<typeof routes>;

export type RouteName = keyof typeof routes;
