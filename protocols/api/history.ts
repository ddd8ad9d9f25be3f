/**
 * What has been: a person's work, their day and their figures, and the figures of the whole over time. All of it is read from the
 * read models, which are made of facts. A range is `from` (inclusive) to `to` (exclusive), epoch milliseconds: whoever asks
 * knows where their midnight is.
 */
import { Schema } from "effect";
import { ApplicationStatus } from "../application.ts";
import { ReviewOutcome } from "../employee.ts";
import { MissCause } from "../read-models.ts";
import { identifier, page, paging, type Route } from "./route.ts";

const watchers = ["manager", "ops"] as const;
const employee = Schema.Struct({ employee: identifier });
const time = Schema.FiniteFromString.check(
  Schema.isInt(),
  Schema.isBetween({ minimum: 0, maximum: 4_102_444_800_000 }),
);
const range = { from: time, to: time };
/** At most 1,000 buckets; one of a day is 86400000. */
const bucketMs = Schema.FiniteFromString.check(
  Schema.isInt(),
  Schema.isBetween({ minimum: 60_000, maximum: 31 * 86_400_000 }),
);
const rate = Schema.NullOr(Schema.Finite);
const ms = Schema.NullOr(Schema.Finite);

/** One review that somebody had or has. */
export const WorkRow = Schema.Struct({
  application: Schema.String,
  assignment: Schema.Int,
  title: Schema.String,
  company: Schema.String,
  assignedAt: Schema.Finite,
  deadlineAt: Schema.Finite,
  /** Null while it is in hand. */
  endedAt: Schema.NullOr(Schema.Finite),
  outcome: Schema.NullOr(ReviewOutcome),
  /** How long it was in hand, and how long it could have been at first. */
  heldMs: ms,
  allowedMs: Schema.Finite,
  extensions: Schema.Int,
  drafts: Schema.Int,
  strike: Schema.Boolean,
  /** It was missed, and finished before anybody else had it: the work was used. */
  late: Schema.Boolean,
  /** Why it ended so, as it was said to the person. */
  reason: Schema.String,
  /** Where the application stands now; null if it is not known. */
  status: Schema.NullOr(ApplicationStatus),
});
export type WorkRow = typeof WorkRow.Type;

export const DayState = Schema.Literals([
  "offline",
  "available",
  "on-task",
  "break",
  "reconnecting",
  "locked",
]);
export type DayState = typeof DayState.Type;

/** One band of the day: neighbours differ, and there is no gap. */
export const DaySpan = Schema.Struct({
  state: DayState,
  from: Schema.Finite,
  to: Schema.Finite,
  /** What was in hand. */
  application: Schema.NullOr(Schema.String),
});
export type DaySpan = typeof DaySpan.Type;

export const PersonDay = Schema.Struct({
  spans: Schema.Array(DaySpan),
  /** Milliseconds in each state. */
  totals: Schema.Record(DayState, Schema.Finite),
  serverNow: Schema.Finite,
});
export type PersonDay = typeof PersonDay.Type;

/** Of reviews that ended within the range. */
export const PersonFigures = Schema.Struct({
  employee: Schema.String,
  name: Schema.String,
  /** Completed, in time or late. */
  done: Schema.Int,
  late: Schema.Int,
  /** Missed by their own fault, and without. */
  missed: Schema.Int,
  excused: Schema.Int,
  returned: Schema.Int,
  /** All that ended. */
  ended: Schema.Int,
  /** In time / (in time + late + missed by their own fault); 0 to 1, null if there were none. */
  onTimeRate: rate,
  /** Returned / all that ended. */
  returnedRate: rate,
  medianMs: ms,
});
export type PersonFigures = typeof PersonFigures.Type;

export const WhyHuman = Schema.Literals(["unknown question", "captcha or login", "low match", "requirement"]);
export type WhyHuman = typeof WhyHuman.Type;

/** One stretch of time with every figure of it. */
export const KpiBucket = Schema.Struct({
  at: Schema.Finite,
  /** Decided by the machine, and no person was needed after. */
  auto: Schema.Int,
  humanApproved: Schema.Int,
  humanRejected: Schema.Int,
  /** auto / (auto + humanApproved + humanRejected), and the rest of 1. */
  autoRate: rate,
  humanRate: rate,
  found: Schema.Int,
  matched: Schema.Int,
  sent: Schema.Int,
  confirmed: Schema.Int,
  failed: Schema.Int,
  duplicates: Schema.Int,
  /** Reviews completed, how long they took, and how long they might (the mean). */
  handled: Schema.Int,
  handleP50Ms: ms,
  handleP90Ms: ms,
  slaMs: ms,
  /** Reviews assigned, and how long each had waited for it. */
  assigned: Schema.Int,
  assignP50Ms: ms,
  assignP95Ms: ms,
  onTimeRate: rate,
  strikes: Schema.Int,
  misses: Schema.Record(MissCause, Schema.Int),
});
export type KpiBucket = typeof KpiBucket.Type;

export const KpiSeries = Schema.Struct({
  buckets: Schema.Array(KpiBucket),
  /** The same over the whole range. */
  total: KpiBucket,
  /** Applications that went to a person, by the first reason; the most frequent first. */
  whyHuman: Schema.Array(Schema.Struct({ why: WhyHuman, applications: Schema.Int })),
  /** Assignments per person, and most / median of them. */
  spread: Schema.Struct({ people: Schema.Int, most: Schema.Int, median: Schema.Finite, ratio: rate }),
});
export type KpiSeries = typeof KpiSeries.Type;

/** The live figures as they stood at the end of a stretch of time; null before the first measurement. */
export const LiveBucket = Schema.Struct({
  at: Schema.Finite,
  activeScrapers: Schema.NullOr(Schema.Finite),
  totalScrapers: Schema.NullOr(Schema.Finite),
  jobsFoundPerMinute: Schema.NullOr(Schema.Finite),
  pendingReviews: Schema.NullOr(Schema.Finite),
  employeesOnline: Schema.NullOr(Schema.Finite),
});
export type LiveBucket = typeof LiveBucket.Type;

/** The charts that can be had as a table. */
export const Chart = Schema.Literals([
  "decisions",
  "why-human",
  "handle-time",
  "misses",
  "funnel",
  "assign-time",
]);
export type Chart = typeof Chart.Type;

const workQuery = {
  ...paging,
  outcome: Schema.optional(ReviewOutcome),
  from: Schema.optional(time),
  to: Schema.optional(time),
};

export const historyRoutes = {
  workHistory: {
    method: "GET",
    path: "/api/employees/:employee/history",
    access: ["employee", "manager"],
    object: "an employee's own",
    summary: "The reviews that a person had, newest first; an employee sees their own, as `me` too",
    params: employee,
    query: Schema.Struct(workQuery),
    answer: page(WorkRow),
  },
  workHistoryCsv: {
    method: "GET",
    path: "/api/employees/:employee/history.csv",
    access: ["employee", "manager"],
    object: "an employee's own",
    summary: "The same as a table, at most 10,000 rows",
    params: employee,
    query: Schema.Struct(workQuery),
    answer: "bytes",
  },
  personDay: {
    method: "GET",
    path: "/api/employees/:employee/day",
    access: ["employee", "manager"],
    object: "an employee's own",
    summary: "A person's states over at most two days, without a gap; the future is left out",
    params: employee,
    query: Schema.Struct(range),
    answer: PersonDay,
  },
  personFigures: {
    method: "GET",
    path: "/api/employees/:employee/figures",
    access: ["employee", "manager"],
    object: "an employee's own",
    summary: "What a person did within a range: done, late, missed, on time, median, returned",
    params: employee,
    query: Schema.Struct(range),
    answer: PersonFigures,
  },
  teamFigures: {
    method: "GET",
    path: "/api/history/people",
    access: ["manager"],
    summary: "The same for everybody who had a review within the range, by name",
    query: Schema.Struct(range),
    answer: Schema.Struct({ items: Schema.Array(PersonFigures) }),
  },
  kpiSeries: {
    method: "GET",
    path: "/api/history/kpis",
    access: watchers,
    summary: "Every figure over time, with the numbers behind it",
    query: Schema.Struct({ ...range, bucketMs }),
    answer: KpiSeries,
  },
  kpiCsv: {
    method: "GET",
    path: "/api/history/kpis.csv",
    access: watchers,
    summary: "One chart as a table",
    query: Schema.Struct({ ...range, bucketMs, chart: Chart }),
    answer: "bytes",
  },
  liveHistory: {
    method: "GET",
    path: "/api/history/live",
    access: watchers,
    summary: "The live figures over time, to the minute",
    query: Schema.Struct({ ...range, bucketMs }),
    answer: Schema.Struct({ items: Schema.Array(LiveBucket) }),
  },
} as const satisfies Record<string, Route>;
