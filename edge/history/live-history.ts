/** The live figures over time: a measurement is kept per minute, and holds until the next one. */
import type { LiveBucket } from "../../protocols/api/history.ts";
import type { LiveMetrics } from "../../protocols/read-models.ts";
import type { Database } from "../../supervisors/storage/postgres/open-postgres.ts";
import { type Bucketed, bucketsOf } from "./time-range.ts";

const unknown = {
  activeScrapers: null,
  totalScrapers: null,
  jobsFoundPerMinute: null,
  pendingReviews: null,
  employeesOnline: null,
};

export const liveHistory = async (sql: Database, range: Bucketed): Promise<LiveBucket[]> => {
  const count = bucketsOf(range);
  const [since, until] = [new Date(range.from), new Date(range.to)];
  const [before, measured] = await Promise.all([
    sql<{ live: LiveMetrics }[]>`select live from live_minute where at < ${since} order by at desc limit 1`,
    sql<{ bucket: number; live: LiveMetrics }[]>`
      select distinct on (bucket) bucket, live from (
        select at, live, floor(extract(epoch from at - ${since}::timestamptz) * 1000 / ${range.bucketMs})::int as bucket
        from live_minute where at >= ${since} and at < ${until}
      ) as inside order by bucket, at desc`,
  ]);
  const last = new Map(measured.map(({ bucket, live }) => [bucket, live]));
  let now: Omit<LiveBucket, "at"> = before[0]?.live ?? unknown;
  const buckets: LiveBucket[] = [];
  for (let n = 0; n < count; n++) {
    const at = range.from + n * range.bucketMs;
    if (at > Date.now()) break; // What has not been yet is no zero.
    now = last.get(n) ?? now;
    buckets.push({ at, ...now });
  }
  return buckets;
};
