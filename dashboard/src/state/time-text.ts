/** How times are written: durations as mm:ss, moments as 24-hour clock times of the reader's zone. */

/** Milliseconds -> "12:40"; below zero counts as 0:00. Hours are added only if there are any. */
export function duration(ms: number): string {
  const total = Math.max(0, Math.ceil(ms / 1_000));
  const [h, m, s] = [Math.floor(total / 3_600), Math.floor((total % 3_600) / 60), total % 60];
  const two = (n: number) => String(n).padStart(2, "0");
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const shortClock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

/** Epoch ms -> "14:32:10". */
export const clockTime = (at: number): string => clock.format(at);
/** Epoch ms -> "14:32". */
export const shortTime = (at: number): string => shortClock.format(at);

/** Epoch ms -> "14:32" today, "21 Nov 09:10" before. */
export function moment(at: number, now: number): string {
  return new Date(at).toDateString() === new Date(now).toDateString()
    ? clockTime(at)
    : `${day.format(at)} ${shortTime(at)}`;
}

/** How long ago, coarse: "just now", "42 s ago", "3 min ago", "2 h ago". */
export function ago(ms: number): string {
  const s = Math.round(ms / 1_000);
  if (s < 3) return "just now";
  if (s < 60) return `${s} s ago`;
  if (s < 3_600) return `${Math.round(s / 60)} min ago`;
  return s < 86_400 ? `${Math.round(s / 3_600)} h ago` : `${Math.round(s / 86_400)} d ago`;
}
