/**
 * Reviews that ran out of time, each with what was recorded of it: what a strike rests on, for the person whom it concerns and for
 * the manager who decides. Times are epoch milliseconds.
 */
import { Schema } from "effect";
import { identifier, type Route } from "./route.ts";

const time = Schema.NullOr(Schema.Finite);

export const MissRow = Schema.Struct({
  employee: Schema.String,
  name: Schema.String,
  application: Schema.String,
  assignment: Schema.Int,
  title: Schema.String,
  company: Schema.String,
  /** Whether it counts, and as which; null where it was excused. */
  strike: Schema.NullOr(
    Schema.Struct({
      count: Schema.Int,
      level: Schema.String,
      at: Schema.Finite,
      /** A manager has looked at the account since: it counts no more. */
      clearedAt: time,
      clearedBy: Schema.NullOr(Schema.String),
    }),
  ),
  /** As it was said to the person. */
  reason: Schema.String,
  assignedAt: Schema.Finite,
  warnedAt: time,
  /** The last draft that was saved before the end. */
  lastEditAt: time,
  deadlineAt: Schema.Finite,
  endedAt: time,
  drafts: Schema.Int,
  extensions: Schema.Int,
  /** Of the others who had a review when it ended, how many missed theirs within five minutes of it. */
  othersActive: Schema.Int,
  othersMissed: Schema.Int,
});
export type MissRow = typeof MissRow.Type;

const list = Schema.Struct({ items: Schema.Array(MissRow) });

export const missRoutes = {
  misses: {
    method: "GET",
    path: "/api/misses",
    access: ["manager"],
    summary: "Reviews that ran out of time, with what was recorded of each; the newest 200",
    answer: list,
  },
  personMisses: {
    method: "GET",
    path: "/api/employees/:employee/misses",
    access: ["employee", "manager"],
    object: "an employee's own",
    summary: "The same of one person; an employee sees their own, as `me` too",
    params: Schema.Struct({ employee: identifier }),
    answer: list,
  },
} as const satisfies Record<string, Route>;
