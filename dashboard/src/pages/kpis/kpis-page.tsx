/** M5, KPIs: a range, each figure over time with the numbers behind it, the period before as a ghost, definitions and tables. */
import { useCallback, useState } from "react";
import type { KpiBucket, KpiSeries } from "../../../../protocols/api/history.ts";
import { call } from "../../api/call.ts";
import { BarList } from "../../components/chart/bar-list.tsx";
import { SeriesChart } from "../../components/chart/series-chart.tsx";
import { Notice } from "../../components/notice.tsx";
import { percent } from "../../components/percent.ts";
import { useNow } from "../../state/clock.ts";
import { usePolled } from "../../state/polled.ts";
import { duration } from "../../state/time-text.ts";
import { KpiPanel } from "./kpi-panel.tsx";
import { KpiTotals } from "./kpi-totals.tsx";
import { LiveOverTime } from "./live-over-time.tsx";
import { type Range, rangeOf, type Span, spans, timeName } from "./range.ts";

export function KpisPage() {
  const [span, setSpan] = useState<Span>(spans[0]);
  const [compare, setCompare] = useState(true);
  const minute = Math.floor(useNow() / 60_000) * 60_000;
  const ask = useCallback(async () => {
    const range = rangeOf(span, minute + 60_000);
    const [series, before] = await Promise.all([
      call("kpiSeries", { query: range.query }),
      compare ? call("kpiSeries", { query: range.before }) : null,
    ]);
    return { series, before, range };
  }, [span, minute, compare]);
  const { value, problem } = usePolled(ask, 15_000);
  const [last, setLast] = useState(value);
  if (value && value !== last) setLast(value);
  const shown = value ?? last;
  return (
    <div
      className="mx-auto w-full max-w-[100rem] space-y-4 p-5"
      data-testid="kpis"
      data-ready={shown !== null}
    >
      <div className="flex flex-wrap items-center gap-4">
        <h1 className="text-lg font-semibold">KPIs</h1>
        <fieldset className="flex gap-1">
          <legend className="sr-only">Range</legend>
          {spans.map((one) => (
            <button
              key={one.name}
              type="button"
              aria-pressed={one === span}
              onClick={() => setSpan(one)}
              className="aria-pressed:bg-accent-soft aria-pressed:text-accent-text rounded-md px-3 py-1 font-medium"
            >
              {one.name}
            </button>
          ))}
        </fieldset>
        <label className="flex items-center gap-2">
          <input
            type="checkbox"
            className="accent-accent size-4"
            checked={compare}
            onChange={(event) => setCompare(event.target.checked)}
          />
          Compare with the period before
        </label>
      </div>
      {problem && <Notice tone="warn">{problem}</Notice>}
      {shown ? <Charts {...shown} span={span} /> : <p className="text-ink-soft">Adding up what was said…</p>}
    </div>
  );
}

interface Shown {
  readonly series: KpiSeries;
  readonly before: KpiSeries | null;
  readonly range: Range;
}

const causes = {
  person: "their own",
  connectivity: "connection",
  platform: "our side",
  poison: "the task",
} as const;

function Charts({ series, before, range, span }: Shown & { span: Span }) {
  const { buckets, total } = series;
  const times = buckets.map(({ at }) => timeName(at, span));
  const values = (pick: (bucket: KpiBucket) => number | null) => buckets.map(pick);
  const ghost = (pick: (bucket: KpiBucket) => number | null) => before?.buckets.map(pick);
  const line = (name: string, stroke: string, pick: (bucket: KpiBucket) => number | null, dash?: string) => ({
    ...{ name, stroke, values: values(pick), ghost: ghost(pick) },
    ...(dash === undefined ? {} : { dash }),
  });
  const at = (i: number, words: (bucket: KpiBucket) => string) => (buckets[i] ? words(buckets[i]) : "");
  const inMinutes = (ms: number) => duration(ms);
  return (
    <>
      <KpiTotals total={total} before={before?.total ?? null} />
      <div className="grid gap-4 lg:grid-cols-2">
        <KpiPanel
          title="How applications were sent"
          csv="decisions"
          range={range}
          definition="Auto-apply rate: auto-applied ÷ (auto-applied + approved by people + rejected by people). The manual intervention rate is the rest of 100 %: decisions that needed a person ÷ all decisions."
        >
          <SeriesChart
            label="Auto-apply rate and manual intervention rate"
            times={times}
            max={1}
            format={(v) => `${Math.round(100 * v)} %`}
            series={[
              line("machine", "stroke-good", ({ autoRate }) => autoRate),
              line("people", "stroke-busy", ({ humanRate }) => humanRate, "5 3"),
            ]}
            behind={(i) =>
              at(
                i,
                (b) =>
                  `${b.auto} by machine, ${b.humanApproved} approved and ${b.humanRejected} rejected by people`,
              )
            }
          />
        </KpiPanel>
        <KpiPanel
          title="Why a human was needed"
          csv="why-human"
          range={range}
          definition="Applications that went to a person, by the first reason for which the machine did not decide."
        >
          <BarList
            label="Why a human was needed"
            bars={series.whyHuman.map(({ why, applications }) => ({ name: why, value: applications }))}
            empty="No application needed a person in this range."
          />
        </KpiPanel>
        <KpiPanel
          title="Handle time against the clock"
          csv="handle-time"
          range={range}
          definition="How long a completed review was in hand: half of them took at most p50, nine of ten at most p90. The dashed line is the time they had on average."
        >
          <SeriesChart
            label="Handle time"
            times={times}
            format={inMinutes}
            limit={total.slaMs === null ? null : { at: total.slaMs, name: "time allowed" }}
            series={[
              line("p50", "stroke-busy", ({ handleP50Ms }) => handleP50Ms),
              line("p90", "stroke-warn", ({ handleP90Ms }) => handleP90Ms, "5 3"),
            ]}
            behind={(i) => at(i, ({ handled }) => `${handled} completed`)}
          />
        </KpiPanel>
        <KpiPanel
          title="Time to assign"
          csv="assign-time"
          range={range}
          definition="From the moment a review waits until it is with somebody: half waited at most p50, 19 of 20 at most p95."
        >
          <SeriesChart
            label="Time to assign"
            times={times}
            format={inMinutes}
            series={[
              line("p50", "stroke-busy", ({ assignP50Ms }) => assignP50Ms),
              line("p95", "stroke-warn", ({ assignP95Ms }) => assignP95Ms, "5 3"),
            ]}
            behind={(i) => at(i, ({ assigned }) => `${assigned} assigned`)}
          />
        </KpiPanel>
        <KpiPanel
          title="Misses by cause"
          csv="misses"
          range={range}
          definition="Reviews that ran out of time, by what made them: the person, their connection, our platform, or a task that three people missed. Only the first may give a strike."
        >
          <BarList
            label="Misses by cause"
            bars={(Object.keys(causes) as (keyof typeof causes)[]).map((cause) => ({
              name: causes[cause],
              value: total.misses[cause],
            }))}
            empty="Nothing was missed in this range."
          />
        </KpiPanel>
        <KpiPanel
          title="Funnel"
          csv="funnel"
          range={range}
          definition="From jobs found to applications that a portal has confirmed. One job may suit several candidates, so matched may be more than found."
        >
          <BarList
            label="Funnel"
            funnel
            bars={[
              { name: "found", value: total.found },
              { name: "matched", value: total.matched },
              { name: "sent", value: total.sent },
              { name: "confirmed", value: total.confirmed },
              { name: "failed", value: total.failed },
              { name: "duplicates", value: total.duplicates },
            ]}
            empty="No job was found in this range. Look whether boards are watched under Boards."
          />
        </KpiPanel>
        <KpiPanel
          title="Spread of work"
          range={range}
          definition="Assignments per person: the most that one had, divided by the median. 1.0 is even. Only the shares are shown, no names."
        >
          <p>
            <span className="text-2xl font-semibold">{series.spread.ratio?.toFixed(2) ?? "–"}</span>{" "}
            <span className="text-ink-soft">
              most {series.spread.most}, median {series.spread.median}, {series.spread.people} people · on
              time {percent(total.onTimeRate)}
            </span>
          </p>
        </KpiPanel>
        <LiveOverTime range={range} span={span} />
      </div>
    </>
  );
}
