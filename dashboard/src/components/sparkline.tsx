/** The last values of a figure as a line. The figure itself stands beside it as text; this is only its shape. */

interface Props {
  readonly values: readonly number[];
  readonly label: string;
  /** Fixes the top of the scale, e.g. 1 for a rate; else the largest value is. */
  readonly max?: number;
  readonly width?: number;
}

const height = 32;

export function Sparkline({ values, label, max, width = 96 }: Props) {
  if (values.length < 2) return <span className="text-ink-soft text-xs">collecting…</span>;
  const top = max ?? Math.max(1, ...values);
  const step = width / (values.length - 1);
  const points = values.map(
    (v, i) => `${(i * step).toFixed(1)},${(height - 2 - (v / top) * (height - 4)).toFixed(1)}`,
  );
  const line = points.join(" ");
  return (
    <svg role="img" aria-label={label} width={width} height={height} className="shrink-0 overflow-visible">
      <polygon points={`0,${height} ${line} ${width},${height}`} className="fill-busy opacity-12" />
      <polyline points={line} fill="none" className="stroke-busy" strokeWidth="1.5" strokeLinejoin="round" />
      <circle cx={width} cy={points.at(-1)?.split(",")[1]} r="2.5" className="fill-busy" />
    </svg>
  );
}
