/**
 * Lines over time, hand-made: the period before as a ghost behind them, a line for what they are measured against, and the numbers
 * behind each dot in words, for the pointer and for the arrow keys.
 */
import { type ReactNode, useState } from "react";

export interface Series {
  readonly name: string;
  /** One per bucket; null where nothing was measured. */
  readonly values: readonly (number | null)[];
  /** Of an SVG line and of its text. */
  readonly stroke: string;
  readonly dash?: string;
  readonly ghost?: readonly (number | null)[] | undefined;
}

interface Props {
  readonly label: string;
  readonly series: readonly Series[];
  readonly format: (value: number) => string;
  /** When each bucket begins, as it is written. */
  readonly times: readonly string[];
  /** The numbers behind the dots of one bucket, e.g. "20 of 22 decisions". */
  readonly behind?: (index: number) => string;
  /** Fixes the top of the scale. */
  readonly max?: number;
  /** A line to be measured against. */
  readonly limit?: { readonly at: number; readonly name: string } | null;
  readonly children?: ReactNode;
}

const [wide, high, left, bottom] = [560, 130, 46, 16];

export function SeriesChart({ label, series, format, times, behind, max, limit, children }: Props) {
  const [at, setAt] = useState<number | null>(null);
  const all = series.flatMap(({ values, ghost }) => [...values, ...(ghost ?? [])]).filter((v) => v !== null);
  const top = max ?? Math.max(1e-9, limit?.at ?? 0, ...all) * 1.05;
  const count = Math.max(1, times.length);
  const x = (i: number) => left + ((wide - left - 8) * (i + 0.5)) / count;
  const y = (value: number) => high - (high - 6) * Math.min(1, value / top);
  const shown = at ?? lastMeasured(series);
  const move = (by: number) => setAt(Math.max(0, Math.min(count - 1, (shown ?? 0) + by)));
  return (
    <div>
      <div
        role="img"
        aria-label={`${label}. ${readout(series, times, shown, format, behind)}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: read from bucket to bucket with the arrow keys
        tabIndex={0}
        onKeyDown={(event) => {
          if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
          event.preventDefault();
          move(event.key === "ArrowLeft" ? -1 : 1);
        }}
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const px = ((event.clientX - box.left) / box.width) * wide;
          setAt(
            Math.max(0, Math.min(count - 1, Math.round(((px - left) * count) / (wide - left - 8) - 0.5))),
          );
        }}
        onPointerLeave={() => setAt(null)}
      >
        <svg aria-hidden="true" viewBox={`0 0 ${wide} ${high + bottom}`} className="w-full">
          {[0, 0.5, 1].map((share) => (
            <g key={share}>
              <line x1={left} x2={wide} y1={y(top * share)} y2={y(top * share)} className="stroke-line" />
              <text
                x={left - 6}
                y={y(top * share) + 4}
                textAnchor="end"
                fontSize="10"
                className="fill-ink-soft"
              >
                {format(top * share)}
              </text>
            </g>
          ))}
          {limit && (
            <g>
              <line
                x1={left}
                x2={wide}
                y1={y(limit.at)}
                y2={y(limit.at)}
                strokeDasharray="6 4"
                className="stroke-line-strong"
              />
              <text x={wide} y={y(limit.at) - 3} textAnchor="end" fontSize="10" className="fill-ink-soft">
                {limit.name}
              </text>
            </g>
          )}
          {shown !== null && (
            <line x1={x(shown)} x2={x(shown)} y1="0" y2={high} className="stroke-line-strong" />
          )}
          {series.map((one) => (
            <g key={one.name} fill="none">
              {one.ghost && (
                <path d={path(one.ghost, x, y)} strokeWidth="1.5" className="stroke-off opacity-45" />
              )}
              <path
                d={path(one.values, x, y)}
                strokeWidth="1.8"
                strokeDasharray={one.dash}
                className={one.stroke}
              />
              {one.values.map((value, i) =>
                value === null ? null : (
                  <circle
                    // biome-ignore lint/suspicious/noArrayIndexKey: a bucket is its place
                    key={i}
                    cx={x(i)}
                    cy={y(value)}
                    r={i === shown ? 4 : 2}
                    className={`fill-surface ${one.stroke}`}
                    strokeWidth="1.5"
                  />
                ),
              )}
            </g>
          ))}
          {times.map((time, i) =>
            i % Math.ceil(count / 8) === 0 ? (
              <text
                key={time}
                x={x(i)}
                y={high + 13}
                textAnchor="middle"
                fontSize="10"
                className="fill-ink-soft"
              >
                {time}
              </text>
            ) : null,
          )}
        </svg>
      </div>
      <p className="min-h-5 text-[13px]" data-testid="behind">
        {readout(series, times, shown, format, behind)}
      </p>
      {children}
    </div>
  );
}

/** A stroke for each run of measured buckets; one that stands alone is its dot. */
function path(
  values: readonly (number | null)[],
  x: (i: number) => number,
  y: (v: number) => number,
): string {
  let drawing = false;
  return values
    .map((value, i) => {
      if (value === null) {
        drawing = false;
        return "";
      }
      const step = `${drawing ? "L" : "M"}${x(i).toFixed(1)},${y(value).toFixed(1)}`;
      drawing = true;
      return step;
    })
    .join(" ");
}

function lastMeasured(series: readonly Series[]): number | null {
  const last = Math.max(...series.map(({ values }) => values.findLastIndex((value) => value !== null)));
  return last < 0 ? null : last;
}

function readout(
  series: readonly Series[],
  times: readonly string[],
  at: number | null,
  format: (value: number) => string,
  behind?: (index: number) => string,
): string {
  if (at === null) return "Nothing was measured in this range.";
  const figures = series.map(({ name, values, ghost }) => {
    const [now, before] = [values[at] ?? null, ghost?.[at] ?? null];
    return `${name} ${now === null ? "–" : format(now)}${before === null ? "" : ` (before: ${format(before)})`}`;
  });
  const numbers = behind?.(at) ?? "";
  return `${times[at] ?? ""}: ${figures.join(", ")}${numbers && ` · ${numbers}`}`;
}
