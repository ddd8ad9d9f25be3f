/** A person's day as bands of time: what they said they are, what they had in hand, and when their line was broken. */
import type { DaySpan, DayState } from "../../protocols/api/history.ts";
import type { Database } from "../../supervisors/storage/postgres/open-postgres.ts";
import type { Range } from "./time-range.ts";

/** What changed at this time: what the person meant to do, or whether their line held. */
export interface DayMark {
  readonly at: number;
  readonly intent?: Exclude<DayState, "on-task" | "reconnecting">;
  readonly lineHolds?: boolean;
}
export interface DayTask {
  readonly from: number;
  /** Null while it is in hand. */
  readonly to: number | null;
  readonly application: string;
}

/** What a fact about a person says of their state; others say nothing. */
const markOf: Readonly<Record<string, Omit<DayMark, "at">>> = {
  EmployeeSignedIn: { intent: "available" },
  EmployeeOnBreak: { intent: "break" },
  EmployeeSignedOut: { intent: "offline" },
  EmployeeLocked: { intent: "locked" },
  EmployeeUnlocked: { intent: "offline" },
  EmployeeLinkLost: { lineHolds: false },
  EmployeeLinkBack: { lineHolds: true },
};
const intents = Object.keys(markOf).filter((type) => markOf[type]?.intent !== undefined);
const lines = Object.keys(markOf).filter((type) => markOf[type]?.lineHolds !== undefined);

/**
 * @param marks in order; the last ones before the range tell how it began
 * @param tasks in any order; while one is in hand the person is on it, unless their line is broken
 * @returns bands from `from` to `to`, without a gap; equal neighbours are one
 */
export const spansOf = (
  marks: readonly DayMark[],
  tasks: readonly DayTask[],
  { from, to }: Range,
): DaySpan[] => {
  const inside = (at: number) => Math.min(Math.max(at, from), to);
  const edges = new Set([from, to]);
  for (const { at } of marks) edges.add(inside(at));
  for (const task of tasks) {
    edges.add(inside(task.from));
    edges.add(inside(task.to ?? to));
  }
  const times = [...edges].sort((a, b) => a - b);
  const spans: DaySpan[] = [];
  let mark = 0;
  let intent: NonNullable<DayMark["intent"]> = "offline";
  let lineHolds = true;
  for (const [i, start] of times.entries()) {
    const end = times[i + 1];
    if (end === undefined) break;
    for (let next = marks[mark]; next !== undefined && next.at <= start; next = marks[++mark]) {
      intent = next.intent ?? intent;
      lineHolds = next.lineHolds ?? lineHolds;
    }
    const task = tasks.find((one) => one.from <= start && (one.to ?? to) >= end);
    const isHere = task !== undefined || intent === "available" || intent === "break";
    const state: DayState = isHere && !lineHolds ? "reconnecting" : task === undefined ? intent : "on-task";
    const now = { state, application: task?.application ?? null };
    const last = spans.at(-1);
    if (last?.state === now.state && last.application === now.application)
      spans[spans.length - 1] = { ...last, to: end };
    else spans.push({ ...now, from: start, to: end });
  }
  return spans;
};

export const totalsOf = (spans: readonly DaySpan[]): Record<DayState, number> => {
  const totals = { offline: 0, available: 0, "on-task": 0, break: 0, reconnecting: 0, locked: 0 };
  for (const { state, from, to } of spans) totals[state] += to - from;
  return totals;
};

export const personDay = async (sql: Database, employee: string, range: Range) => {
  const now = Date.now();
  const { from, to } = { from: range.from, to: Math.max(range.from, Math.min(range.to, now)) };
  const read = (types: readonly string[], where: ReturnType<typeof sql>) => sql<{ at: Date; type: string }[]>`
    select at, type from fact where about = ${employee} and type = any(${[...types]}) and ${where}`;
  const [intentBefore, lineBefore, during, tasks] = await Promise.all([
    read(intents, sql`at < ${new Date(from)} order by seq desc limit 1`),
    read(lines, sql`at < ${new Date(from)} order by seq desc limit 1`),
    read(
      [...intents, ...lines],
      sql`at >= ${new Date(from)} and at < ${new Date(to)} order by seq limit 5000`,
    ),
    sql<{ from: Date; to: Date | null; application: string }[]>`
      select assigned_at as from, ended_at as to, application from review
      where employee = ${employee} and assigned_at < ${new Date(to)} and (ended_at is null or ended_at >= ${new Date(from)})
      order by assigned_at limit 2000`,
  ]);
  const marks = [...intentBefore, ...lineBefore, ...during].map(({ at, type }) => ({
    at: at.getTime(),
    ...markOf[type],
  }));
  const spans =
    to <= from
      ? []
      : spansOf(
          marks,
          tasks.map((task) => ({ ...task, from: task.from.getTime(), to: task.to?.getTime() ?? null })),
          { from, to },
        );
  return { spans, totals: totalsOf(spans), serverNow: now };
};
