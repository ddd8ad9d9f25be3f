/** O5, timers: the reviews that end and the warnings that are due in the next half hour, before they come; and how late timers fire. */
import type { TimersView } from "../../../../protocols/api/ops.ts";
import { call } from "../../api/call.ts";
import { Panel } from "../../components/panel.tsx";
import { useNow } from "../../state/clock.ts";
import { usePolled } from "../../state/polled.ts";
import { ago, moment } from "../../state/time-text.ts";

const ask = () => call("timers");
const askSystem = () => call("system");

export function TimersPage() {
  const polled = usePolled(ask, 3_000);
  const system = usePolled(askSystem, 5_000);
  const now = useNow();
  const view = polled.value;
  const starts = [...(system.value?.nodes ?? [])].sort((a, b) => b.startedAt.localeCompare(a.startedAt));
  return (
    <div className="mx-auto w-full max-w-[80rem] space-y-5 p-5">
      <h1 className="sr-only">Timers and deploys</h1>
      <Panel
        title="Timers"
        testId="timers"
        asOf={polled.at}
        problem={polled.problem}
        detail={view ? summary(view) : "asking…"}
      >
        {view && (
          <div className="space-y-6 p-4">
            <Ahead title="Reviews that end (T=0)" counts={view.ends} look="fill-bad" />
            <Ahead title="Warnings that are due" counts={view.warnings} look="fill-warn" />
            {view.overdue > 0 && (
              <p className="text-warn-text">
                <span aria-hidden="true">▲ </span>
                {view.overdue} {view.overdue === 1 ? "review is" : "reviews are"} past the deadline and not
                ended yet.
              </p>
            )}
          </div>
        )}
      </Panel>
      <Panel
        title="Deploys"
        detail="nodes that are alive, the newest start first"
        asOf={system.at}
        problem={system.problem}
      >
        <ul className="divide-line divide-y">
          {starts.map(({ startedAt, kinds }) => (
            <li key={startedAt} className="px-4 py-2">
              {moment(Date.parse(startedAt), now)}{" "}
              <span className="text-ink-soft">
                ({ago(now - Date.parse(startedAt))}) · hosts {kinds.length} kinds
              </span>
            </li>
          ))}
          {system.value && starts.length === 0 && (
            <li className="text-bad-text px-4 py-2">
              No node is alive: nothing is decided until one starts.
            </li>
          )}
        </ul>
      </Panel>
    </div>
  );
}

const summary = ({ pending, driftP99Ms, fired, late }: TimersView) =>
  `${pending.toLocaleString("en-GB")} ${pending === 1 ? "actor has" : "actors have"} one · drift p99 ${driftP99Ms === null ? "not measured yet" : `${driftP99Ms} ms`} · ${late} of ${fired.toLocaleString("en-GB")} fired later than 250 ms`;

const [wide, high] = [600, 90];

/** One column a minute; the axis says when, the number above a column how many. */
function Ahead({ title, counts, look }: { title: string; counts: readonly number[]; look: string }) {
  const all = counts.reduce((sum, n) => sum + n, 0);
  const top = Math.max(3, ...counts);
  const step = wide / counts.length;
  return (
    <figure>
      <figcaption className="mb-1 font-medium">
        {title} <span className="text-ink-soft font-normal">{all} in the next 30 min</span>
      </figcaption>
      <svg
        role="img"
        aria-label={`${title}, by minute: ${
          counts
            .map((n, i) => (n > 0 ? `${n} in ${i + 1} min` : ""))
            .filter(Boolean)
            .join(", ") || "none"
        }`}
        viewBox={`0 -14 ${wide} ${high + 30}`}
        className="w-full"
      >
        <line x1="0" x2={wide} y1={high} y2={high} className="stroke-line-strong" />
        {counts.map((n, i) => {
          const tall = (high * n) / top;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a minute is its place
            <g key={i}>
              <rect
                x={i * step + 2}
                y={high - Math.max(tall, 1)}
                width={step - 4}
                height={Math.max(tall, 1)}
                className={n > 0 ? look : "fill-line"}
              />
              {n > 0 && (
                <text
                  x={i * step + step / 2}
                  y={high - tall - 4}
                  textAnchor="middle"
                  fontSize="10"
                  className="fill-ink"
                >
                  {n}
                </text>
              )}
            </g>
          );
        })}
        {[0, 5, 10, 15, 20, 25, 30].map((minute) => (
          <text
            key={minute}
            x={minute * step}
            y={high + 13}
            textAnchor={minute === 0 ? "start" : minute === 30 ? "end" : "middle"}
            fontSize="10"
            className="fill-ink-soft"
          >
            {minute === 0 ? "now" : `+${minute}`}
          </text>
        ))}
      </svg>
    </figure>
  );
}
