/** The live figures over the range: active scrapers, jobs found a minute, pending reviews. */
import { useCallback } from "react";
import type { LiveBucket } from "../../../../protocols/api/history.ts";
import { call } from "../../api/call.ts";
import { SeriesChart } from "../../components/chart/series-chart.tsx";
import { usePolled } from "../../state/polled.ts";
import { KpiPanel } from "./kpi-panel.tsx";
import { type Range, type Span, timeName } from "./range.ts";

export function LiveOverTime({ range, span }: { range: Range; span: Span }) {
  const { from, to, bucketMs } = range.query;
  const ask = useCallback(() => call("liveHistory", { query: { from, to, bucketMs } }), [from, to, bucketMs]);
  const items = usePolled(ask, 30_000).value?.items ?? [];
  const times = items.map(({ at }) => timeName(at, span));
  const line = (name: string, stroke: string, pick: (bucket: LiveBucket) => number | null) => ({
    name,
    stroke,
    values: items.map(pick),
  });
  const whole = (value: number) => (value < 10 ? value.toFixed(1) : String(Math.round(value)));
  return (
    <>
      <KpiPanel
        title="Reviews pending and people online"
        range={range}
        definition="As they stood at the end of each piece of time: reviews that wait for somebody or are with one, and employees who are signed in."
      >
        <SeriesChart
          label="Pending reviews and people online"
          times={times}
          format={whole}
          series={[
            line("pending reviews", "stroke-warn", ({ pendingReviews }) => pendingReviews),
            line("people online", "stroke-good", ({ employeesOnline }) => employeesOnline),
          ]}
        />
      </KpiPanel>
      <KpiPanel
        title="Jobs found and active scrapers"
        range={range}
        definition="New jobs a minute, after what was known already is left out; and boards that were looked at lately and are not blocked."
      >
        <SeriesChart
          label="Jobs found per minute and active scrapers"
          times={times}
          format={whole}
          series={[
            line("jobs/min", "stroke-busy", ({ jobsFoundPerMinute }) => jobsFoundPerMinute),
            line("active scrapers", "stroke-good", ({ activeScrapers }) => activeScrapers),
          ]}
          behind={(i) => (items[i]?.totalScrapers == null ? "" : `of ${items[i].totalScrapers} boards`)}
        />
      </KpiPanel>
    </>
  );
}
