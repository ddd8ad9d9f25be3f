/** The reviews that a person had, and what they add up to. */
import type { PersonFigures, WorkRow } from "../../protocols/api/history.ts";
import type { Database } from "../../supervisors/storage/postgres/open-postgres.ts";
import { numberedPage } from "../queries.ts";
import { csvOf, isoTime } from "./csv.ts";
import type { Range } from "./time-range.ts";

export interface WorkQuery {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
  readonly outcome?: string | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

type Stored = Omit<WorkRow, "assignedAt" | "deadlineAt" | "endedAt"> & {
  readonly number: string;
  readonly assignedAt: Date;
  readonly deadlineAt: Date;
  readonly endedAt: Date | null;
};

const rowsBefore = async (
  sql: Database,
  employee: string,
  query: WorkQuery,
  before: number,
  limit: number,
): Promise<(WorkRow & { number: number })[]> => {
  const rows = await sql<Stored[]>`
    select r.begun as number, r.application, r.assignment, r.title, r.company, r.assigned_at as "assignedAt",
      r.deadline_at as "deadlineAt", r.ended_at as "endedAt", r.outcome, r.held_ms as "heldMs", r.allowed_ms as "allowedMs",
      r.extensions, r.drafts, r.strike, r.completed_late_at is not null as late, r.reason, (select a.status from application a where a.id = r.application limit 1) as status
    from review r
    where r.employee = ${employee} and r.begun < ${before}
      ${query.outcome === undefined ? sql`` : sql`and r.outcome = ${query.outcome}`}
      ${query.from === undefined ? sql`` : sql`and r.assigned_at >= ${new Date(query.from)}`}
      ${query.to === undefined ? sql`` : sql`and r.assigned_at < ${new Date(query.to)}`}
    order by r.begun desc limit ${limit}`;
  return rows.map((row) => ({
    ...row,
    number: Number(row.number),
    assignedAt: row.assignedAt.getTime(),
    deadlineAt: row.deadlineAt.getTime(),
    endedAt: row.endedAt?.getTime() ?? null,
  }));
};

export const workPage = async (sql: Database, employee: string, query: WorkQuery) => {
  const { items, next } = await numberedPage(query, (before, limit) =>
    rowsBefore(sql, employee, query, before, limit),
  );
  return { items: items.map(({ number: _, ...row }): WorkRow => row), next };
};

const mostRows = 10_000;

export const workCsv = async (sql: Database, employee: string, query: WorkQuery): Promise<string> => {
  const rows = await rowsBefore(sql, employee, query, Number.MAX_SAFE_INTEGER, mostRows);
  return csvOf(
    [
      "assigned",
      "title",
      "company",
      "outcome",
      "ended",
      "held seconds",
      "allowed seconds",
      "extensions",
      "strike",
      "reason",
      "application",
    ],
    rows.map((row) => [
      isoTime(row.assignedAt),
      row.title,
      row.company,
      row.late ? "completed late" : (row.outcome ?? "in hand"),
      isoTime(row.endedAt),
      row.heldMs === null ? null : Math.round(row.heldMs / 1_000),
      Math.round(row.allowedMs / 1_000),
      row.extensions,
      row.strike,
      row.reason,
      row.application,
    ]),
  );
};

const ratio = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;

/** A review may end this long after its deadline and still be in time: what the network takes. */
export const graceMs = 2_000;

/** @param only one person, or everybody who had a review that ended in the range */
export const figuresOfPeople = async (
  sql: Database,
  { from, to }: Range,
  only?: string,
): Promise<PersonFigures[]> => {
  const rows = await sql<(Omit<PersonFigures, "onTimeRate" | "returnedRate"> & { name: string })[]>`
    select employee, coalesce((select name from account where id = employee), employee) as name, count(*)::int as ended,
      (count(*) filter (where is_done))::int as done,
      (count(*) filter (where is_done and is_late))::int as late,
      (count(*) filter (where outcome = 'missed' and strike and not is_done))::int as missed,
      (count(*) filter (where outcome = 'missed' and not strike and not is_done))::int as excused,
      (count(*) filter (where outcome = 'returned'))::int as returned,
      percentile_cont(0.5) within group (order by held_ms) filter (where is_done) as "medianMs"
    from (
      select *, outcome = 'completed' or completed_late_at is not null as is_done,
        completed_late_at is not null or ended_at > deadline_at + ${graceMs} * interval '1 millisecond' as is_late
      from review where ended_at >= ${new Date(from)} and ended_at < ${new Date(to)}
        ${only === undefined ? sql`` : sql`and employee = ${only}`}
    ) as ended
    group by employee order by name, employee limit 1000`;
  return rows.map((row) => ({
    ...row,
    onTimeRate: ratio(row.done - row.late, row.done + row.missed),
    returnedRate: ratio(row.returned, row.ended),
  }));
};
