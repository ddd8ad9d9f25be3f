/** Shares of a whole as bars with their numbers. */

interface Props {
  readonly label: string;
  readonly bars: ReadonlyArray<{ readonly name: string; readonly value: number }>;
  /** Under no bars: why, and what would make one. */
  readonly empty: string;
  /** Bars as parts of the first one instead of parts of all. */
  readonly funnel?: boolean;
}

export function BarList({ label, bars, empty, funnel = false }: Props) {
  const all = bars.reduce((sum, { value }) => sum + value, 0);
  const whole = funnel ? (bars[0]?.value ?? 0) : all;
  if (all === 0) return <p className="text-ink-soft">{empty}</p>;
  const top = Math.max(...bars.map(({ value }) => value));
  return (
    <ul aria-label={label} className="space-y-1.5">
      {bars.map(({ name, value }) => (
        <li key={name} className="grid grid-cols-[9rem_1fr_7rem] items-center gap-3">
          <span>{name}</span>
          <span aria-hidden="true" className="bg-sunken h-3 overflow-hidden rounded-sm">
            <span
              className="bg-busy block h-full"
              style={{ width: `${(100 * value) / Math.max(1, top)}%` }}
            />
          </span>
          <span className="text-right">
            {value.toLocaleString("en-GB")}{" "}
            <span className="text-ink-soft">{whole > 0 && `${Math.round((100 * value) / whole)} %`}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
