/** What a person did within some days, in a few numbers. */
import { useCallback } from "react";
import { call } from "../api/call.ts";
import { useNow } from "../state/clock.ts";
import { asQuery, lastDays, midnight } from "../state/days.ts";
import { usePolled } from "../state/polled.ts";
import { duration } from "../state/time-text.ts";
import { percent } from "./percent.ts";

interface Props {
  /** `me` for oneself. */
  readonly employee: string;
  readonly days: number;
  readonly title: string;
}

export function PersonFigures({ employee, days, title }: Props) {
  const today = midnight(useNow());
  const ask = useCallback(
    () =>
      call("personFigures", {
        params: { employee },
        query: asQuery({ from: lastDays(today, days).from, to: Date.now() }),
      }),
    [employee, days, today],
  );
  const { value, problem } = usePolled(ask, 15_000);
  const figures: ReadonlyArray<readonly [string, string]> = value
    ? [
        ["done", String(value.done)],
        ["late", String(value.late)],
        ["missed", String(value.missed)],
        ["excused", String(value.excused)],
        ["on time", percent(value.onTimeRate)],
        ["median", value.medianMs === null ? "–" : duration(value.medianMs)],
        ["returned", percent(value.returnedRate)],
      ]
    : [];
  return (
    <div data-testid="person-figures">
      <h3 className="eyebrow mb-1">{title}</h3>
      {!value && <p className="text-ink-soft">{problem || "Fetching…"}</p>}
      <dl className="flex flex-wrap gap-x-6 gap-y-1">
        {figures.map(([name, figure]) => (
          <div key={name} className="flex items-baseline gap-1.5">
            <dd className="text-lg font-semibold">{figure}</dd>
            <dt className="text-ink-soft">{name}</dt>
          </div>
        ))}
      </dl>
    </div>
  );
}
