/** Reviews that ran out of time, out of the read models: what was recorded of each, and how it went for the others then. */
import type { MissRow } from "../protocols/api/misses.ts";
import type { Database } from "../supervisors/storage/postgres/open-postgres.ts";
import type { Handlers } from "./handlers.ts";
import { personAskedFor } from "./person-asked-for.ts";

const most = 200;

interface Stored {
  readonly employee: string;
  readonly name: string | null;
  readonly application: string;
  readonly assignment: number;
  readonly title: string;
  readonly company: string;
  readonly count: number | null;
  readonly level: string | null;
  readonly at: Date | null;
  readonly clearedAt: Date | null;
  readonly clearedBy: string | null;
  readonly reason: string;
  readonly assignedAt: Date;
  readonly warnedAt: Date | null;
  readonly lastEditAt: Date | null;
  readonly deadlineAt: Date;
  readonly endedAt: Date | null;
  readonly drafts: number;
  readonly extensions: number;
  readonly othersActive: string;
  readonly othersMissed: string;
}

/** @param employee null for everybody */
async function missRows(sql: Database, employee: string | null): Promise<MissRow[]> {
  const rows = await sql<Stored[]>`
    with missed as (
      select * from review where outcome = 'missed' ${employee === null ? sql`` : sql`and employee = ${employee}`}
      order by begun desc limit ${most}
    )
    select m.employee, a.name, m.application, m.assignment, m.title, m.company, s.count, s.level, s.at,
      s.cleared_at as "clearedAt", s.cleared_by as "clearedBy", m.reason, m.assigned_at as "assignedAt",
      m.warned_at as "warnedAt", m.deadline_at as "deadlineAt", m.ended_at as "endedAt", m.drafts, m.extensions,
      (select max(f.at) from fact f where f.about = m.application and f.type = 'DraftSaved'
        and (f.fact->>'assignment')::int = m.assignment) as "lastEditAt",
      o.active as "othersActive", o.missed as "othersMissed"
    from missed m
    left join account a on a.id = m.employee
    left join strike s on s.employee = m.employee and s.application = m.application and s.assignment = m.assignment
    cross join lateral (
      select count(distinct r.employee) as active,
        count(distinct r.employee) filter (where r.outcome = 'missed'
          and r.ended_at between m.ended_at - interval '5 minutes' and m.ended_at + interval '5 minutes') as missed
      from review r
      where r.employee <> m.employee and r.assigned_at <= m.ended_at
        and (r.ended_at is null or r.ended_at >= m.ended_at - interval '5 minutes')
        and r.assigned_at > m.ended_at - interval '1 day'
    ) o
    order by m.begun desc`;
  return rows.map(({ count, level, at, clearedAt, clearedBy, othersActive, othersMissed, ...row }) => ({
    ...row,
    name: row.name ?? row.employee,
    strike:
      count === null || at === null
        ? null
        : { count, level: level ?? "", at: at.getTime(), clearedAt: clearedAt?.getTime() ?? null, clearedBy },
    assignedAt: row.assignedAt.getTime(),
    warnedAt: row.warnedAt?.getTime() ?? null,
    lastEditAt: row.lastEditAt?.getTime() ?? null,
    deadlineAt: row.deadlineAt.getTime(),
    endedAt: row.endedAt?.getTime() ?? null,
    othersActive: Number(othersActive),
    othersMissed: Number(othersMissed),
  }));
}

export const missHandlers = (sql: Database): Pick<Handlers, "misses" | "personMisses"> => ({
  misses: async () => ({ items: await missRows(sql, null) }),
  personMisses: async ({ me, params: { employee } }) => ({
    items: await missRows(sql, (await personAskedFor(sql, me, employee)).id),
  }),
});
