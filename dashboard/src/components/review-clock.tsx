/** How much time a review has left: words, a colour, a mark and a bar. Nothing blinks; under a minute the number grows. */
import { serverNow, useNow } from "../state/clock.ts";
import { clockTime, duration } from "../state/time-text.ts";

export type Urgency = "fine" | "warning" | "critical" | "over";

export function urgency(leftMs: number): Urgency {
  if (leftMs <= 0) return "over";
  if (leftMs <= 60_000) return "critical";
  return leftMs <= 5 * 60_000 ? "warning" : "fine";
}

const looks: Record<Urgency, { text: string; bar: string; mark: string }> = {
  fine: { text: "text-ink", bar: "bg-good", mark: "" },
  warning: { text: "text-warn-text", bar: "bg-warn", mark: "▲" },
  critical: { text: "text-bad-text text-2xl", bar: "bg-bad", mark: "‼" },
  over: { text: "text-bad-text text-2xl", bar: "bg-bad", mark: "✕" },
};

interface Span {
  readonly assignedAt: number;
  readonly deadlineAt: number;
}

/** Re-draws once a second. */
export function useTimeLeft(deadlineAt: number): number {
  useNow();
  return deadlineAt - serverNow();
}

/** The 3 px line at the very top of the page. */
export function TimeBar({ assignedAt, deadlineAt }: Span) {
  const left = useTimeLeft(deadlineAt);
  const share = Math.min(1, Math.max(0, left / Math.max(1, deadlineAt - assignedAt)));
  return (
    <div aria-hidden="true" className="bg-sunken fixed inset-x-0 top-0 z-40 h-[3px]" data-testid="time-bar">
      <div
        className={`h-full origin-left ${looks[urgency(left)].bar}`}
        style={{ transform: `scaleX(${share})` }}
      />
    </div>
  );
}

/** "12:40 · due 14:32:10". The live region is off on purpose: `ClockAnnouncements` speaks at the moments that matter. */
export function ReviewClock({ assignedAt, deadlineAt }: Span) {
  const left = useTimeLeft(deadlineAt);
  const level = urgency(left);
  return (
    <div className="flex items-baseline gap-2" data-testid="review-clock" data-urgency={level}>
      <Ring share={left / Math.max(1, deadlineAt - assignedAt)} level={level} />
      <span
        role="timer"
        aria-live="off"
        aria-label="Time left"
        className={`text-lg font-semibold ${looks[level].text}`}
      >
        {duration(left)} {looks[level].mark}
      </span>
      <span className="text-ink-soft">due {clockTime(deadlineAt)}</span>
    </div>
  );
}

const strokes: Record<Urgency, string> = {
  fine: "stroke-good",
  warning: "stroke-warn",
  critical: "stroke-bad",
  over: "stroke-bad",
};

function Ring({ share, level }: { share: number; level: Urgency }) {
  const round = 2 * Math.PI * 8;
  return (
    <svg aria-hidden="true" width="20" height="20" viewBox="0 0 20 20" className="-rotate-90 self-center">
      <circle cx="10" cy="10" r="8" fill="none" strokeWidth="3" className="stroke-sunken" />
      <circle
        cx="10"
        cy="10"
        r="8"
        fill="none"
        strokeWidth="3"
        className={strokes[level]}
        strokeDasharray={round}
        strokeDashoffset={round * (1 - Math.min(1, Math.max(0, share)))}
      />
    </svg>
  );
}

/** Minutes left at which a screen reader is told; the last two interrupt. */
const spoken = [10, 5, 2, 1, 0.5] as const;

export function ClockAnnouncements({ deadlineAt }: { deadlineAt: number }) {
  const left = useTimeLeft(deadlineAt);
  const passed = spoken.filter((minutes) => left <= minutes * 60_000 && left > 0).at(-1);
  const words = passed === undefined ? "" : passed < 1 ? "30 seconds left" : `${passed} minutes left`;
  return (
    <div className="sr-only">
      <span aria-live="polite">{passed !== undefined && passed > 1 ? words : ""}</span>
      <span aria-live="assertive">{passed !== undefined && passed <= 1 ? words : ""}</span>
    </div>
  );
}
