/**
 * Every figure over time. The definitions are those of the API (`protocols/api/history.ts`); each query groups by the number of the
 * bucket, so that one pass over a range gives all of its dots.
 */
import type { KpiBucket, KpiSeries, WhyHuman } from "../../protocols/api/history.ts";
import type { MissCause } from "../../protocols/read-models.ts";
import type { Database } from "../../supervisors/storage/postgres/open-postgres.ts";
import { type Bucketed, bucketsOf } from "./time-range.ts";
import { graceMs } from "./work-history.ts";

const share = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;

type Decided = Pick<
  KpiBucket,
  | "auto"
  | "humanApproved"
  | "humanRejected"
  | "found"
  | "matched"
  | "sent"
  | "confirmed"
  | "failed"
  | "duplicates"
>;
type Handled = Pick<KpiBucket, "handled" | "handleP50Ms" | "handleP90Ms" | "slaMs" | "strikes"> & {
  readonly inTime: number;
  readonly counted: number;
} & Record<MissCause, number>;
type Assigned = Pick<KpiBucket, "assigned" | "assignP50Ms" | "assignP95Ms">;
type Of<T> = T & { readonly bucket: number };

const nothing: Decided & Handled & Assigned = {
  auto: 0,
  humanApproved: 0,
  humanRejected: 0,
  found: 0,
  matched: 0,
  sent: 0,
  confirmed: 0,
  failed: 0,
  duplicates: 0,
  handled: 0,
  handleP50Ms: null,
  handleP90Ms: null,
  slaMs: null,
  strikes: 0,
  inTime: 0,
  counted: 0,
  person: 0,
  connectivity: 0,
  platform: 0,
  poison: 0,
  assigned: 0,
  assignP50Ms: null,
  assignP95Ms: null,
};

const bucketFrom = (at: number, figures: typeof nothing): KpiBucket => {
  const { inTime, counted, person, connectivity, platform, poison, ...rest } = figures;
  const decided = rest.auto + rest.humanApproved + rest.humanRejected;
  return {
    at,
    ...rest,
    autoRate: share(rest.auto, decided),
    humanRate: share(rest.humanApproved + rest.humanRejected, decided),
    onTimeRate: share(inTime, counted),
    misses: { person, connectivity, platform, poison },
  };
};

/** All of one range, in buckets of `bucketMs` from `from` on. */
const bucketsIn = async (
  sql: Database,
  { from, to, bucketMs }: Bucketed,
): Promise<Map<number, typeof nothing>> => {
  const [since, until] = [new Date(from), new Date(to)];
  const bucketOf = (column: string) =>
    sql`floor(extract(epoch from ${sql(column)} - ${since}::timestamptz) * 1000 / ${bucketMs})::int as bucket`;
  const [decided, handled, assigned] = await Promise.all([
    sql<Of<Decided>[]>`
      select ${bucketOf("at")},
        (count(*) filter (where type = 'ApplicationApproved' and fact->>'by' = 'machine' and not exists (
          select 1 from fact later where later.about = f.about and later.seq > f.seq and later.type = 'ManualReviewRequired')))::int as auto,
        (count(*) filter (where type = 'ApplicationApproved' and fact->>'by' = 'employee'))::int as "humanApproved",
        (count(*) filter (where type = 'ApplicationRejected'))::int as "humanRejected",
        (count(*) filter (where type = 'JobListed'))::int as found,
        (count(*) filter (where type = 'ApplicationScored'))::int as matched,
        (count(*) filter (where type = 'ApplicationApproved'))::int as sent,
        (count(*) filter (where type = 'ApplicationSubmitted'))::int as confirmed,
        (count(*) filter (where type = 'ApplicationFailed'))::int as failed,
        (count(*) filter (where type = 'ApplicationDuplicate'))::int as duplicates
      from fact f
      where type in ('ApplicationApproved', 'ApplicationRejected', 'JobListed', 'ApplicationScored', 'ApplicationSubmitted',
        'ApplicationFailed', 'ApplicationDuplicate') and at >= ${since} and at < ${until}
      group by bucket`,
    sql<Of<Handled>[]>`
      select ${bucketOf("ended_at")},
        (count(*) filter (where is_done))::int as handled,
        percentile_cont(0.5) within group (order by held_ms) filter (where is_done) as "handleP50Ms",
        percentile_cont(0.9) within group (order by held_ms) filter (where is_done) as "handleP90Ms",
        (avg(allowed_ms) filter (where is_done))::float8 as "slaMs",
        (count(*) filter (where strike))::int as strikes,
        (count(*) filter (where is_done and not is_late))::int as "inTime",
        (count(*) filter (where is_done or (outcome = 'missed' and strike)))::int as counted,
        (count(*) filter (where cause = 'person'))::int as person,
        (count(*) filter (where cause = 'connectivity'))::int as connectivity,
        (count(*) filter (where cause = 'platform'))::int as platform,
        (count(*) filter (where cause = 'poison'))::int as poison
      from (
        select *, outcome = 'completed' or completed_late_at is not null as is_done,
          completed_late_at is not null or ended_at > deadline_at + ${graceMs} * interval '1 millisecond' as is_late
        from review where ended_at >= ${since} and ended_at < ${until}
      ) as ended
      group by bucket`,
    sql<Of<Assigned>[]>`
      select ${bucketOf("assigned_at")}, count(*)::int as assigned,
        percentile_cont(0.5) within group (order by waited) filter (where waited is not null) as "assignP50Ms",
        percentile_cont(0.95) within group (order by waited) filter (where waited is not null) as "assignP95Ms"
      from (
        select assigned_at, greatest(0, extract(epoch from assigned_at - requested_at) * 1000)::float8 as waited
        from review where assigned_at >= ${since} and assigned_at < ${until}
      ) as given
      group by bucket`,
  ]);
  const buckets = new Map<number, typeof nothing>();
  for (const { bucket, ...figures } of [...decided, ...handled, ...assigned])
    buckets.set(bucket, { ...(buckets.get(bucket) ?? nothing), ...figures });
  return buckets;
};

export const kpiSeries = async (sql: Database, range: Bucketed): Promise<KpiSeries> => {
  const count = bucketsOf(range);
  const { from, to } = range;
  const [buckets, whole, whyHuman, given] = await Promise.all([
    bucketsIn(sql, range),
    bucketsIn(sql, { from, to, bucketMs: to - from }),
    sql<{ why: WhyHuman; applications: number }[]>`
      select why, count(*)::int as applications from (
        select distinct on (about) case
          when fact->>'reason' ilike '%captcha%' or fact->>'reason' ilike '%log in%' or fact->>'reason' ilike '%login%' then 'captcha or login'
          when fact->>'reason' like 'The form asks%' then 'unknown question'
          when fact->>'reason' like '%The score is%' then 'low match'
          else 'requirement' end as why
        from fact where type = 'ManualReviewRequired' and at >= ${new Date(from)} and at < ${new Date(to)}
        order by about, seq
      ) as first group by why order by applications desc, why`,
    sql<{ people: number; most: number; median: number }[]>`
      select count(*)::int as people, coalesce(max(n), 0)::int as most,
        coalesce(percentile_cont(0.5) within group (order by n), 0)::float8 as median
      from (select count(*) as n from review where assigned_at >= ${new Date(from)} and assigned_at < ${new Date(to)} group by employee) as by_person`,
  ]);
  const { people, most, median } = given[0] ?? { people: 0, most: 0, median: 0 };
  return {
    buckets: Array.from({ length: count }, (_, n) =>
      bucketFrom(from + n * range.bucketMs, buckets.get(n) ?? nothing),
    ),
    total: bucketFrom(from, whole.get(0) ?? nothing),
    whyHuman,
    spread: {
      people,
      most,
      median,
      ratio: median === 0 ? null : Math.round((most / median) * 1_000) / 1_000,
    },
  };
};
