/** A person's day as one band: on task, available, break, reconnecting, offline, locked. */
import { useCallback } from "react";
import type { DayState } from "../../../protocols/api/history.ts";
import { call } from "../api/call.ts";
import { useNow } from "../state/clock.ts";
import { asQuery, midnight } from "../state/days.ts";
import { usePolled } from "../state/polled.ts";
import { shortTime } from "../state/time-text.ts";
import { type StateLook, StateTimeline } from "./state-timeline.tsx";

const looks: Readonly<Record<DayState, StateLook>> = {
  "on-task": { word: "on task", fill: "fill-busy", height: 1 },
  available: { word: "available", fill: "fill-good", height: 0.6 },
  break: { word: "break", fill: "fill-warn", height: 0.4 },
  reconnecting: { word: "reconnecting", fill: "fill-warn", height: 0.8 },
  offline: { word: "offline", fill: "fill-off", height: 0.12 },
  locked: { word: "locked", fill: "fill-bad", height: 0.3 },
};

/** @param employee `me` for oneself */
export function DayTimeline({ employee, label }: { employee: string; label: string }) {
  const now = useNow();
  const start = midnight(now);
  const ask = useCallback(
    () => call("personDay", { params: { employee }, query: asQuery({ from: start, to: Date.now() }) }),
    [employee, start],
  );
  const { value, problem } = usePolled(ask, 20_000);
  if (!value) return <p className="text-ink-soft">{problem || "Fetching the day…"}</p>;
  // Before the first sign-in there is nothing worth a picture.
  const from = value.spans.find(({ state }) => state !== "offline")?.from ?? start;
  const first = Math.max(start, Math.min(from, now - 3_600_000));
  return (
    <div>
      <StateTimeline
        label={label}
        pieces={value.spans.map((span) => ({ from: span.from, state: span.state }))}
        from={first}
        until={now}
        looks={looks}
        legend
      />
      <p aria-hidden="true" className="text-ink-soft flex justify-between text-[12px]">
        <span>{shortTime(first)}</span>
        <span>now</span>
      </p>
    </div>
  );
}
