/**
 * Actors as ops looks at them: what an edge asks a node's desk about them, and what it answers. Looking changes nothing, and
 * what an actor holds of people's words is not shown (`supervisors/inspect/redact.ts`). Times are epoch milliseconds.
 */
import { Schema } from "effect";

export const KindCount = Schema.Struct({
  kind: Schema.String,
  actors: Schema.Int,
  /** Messages that wait or are in hand, markers of open tasks among them. */
  mail: Schema.Int,
  /** Of these actors, how many have a timer: the broker holds the earliest of each. */
  timers: Schema.Int,
  /** Messages set aside for actors that their supervisor has stopped. */
  parked: Schema.Int,
});
export type KindCount = typeof KindCount.Type;

export const ActorLine = Schema.Struct({
  address: Schema.String,
  /** As its machine names it: `reviewing`, or `{"review":"assigned"}` where several run beside each other. */
  state: Schema.String,
  mail: Schema.Int,
  parked: Schema.Int,
  attempts: Schema.Int,
  lastTurnAt: Schema.Finite,
  /** Why it is shown before the others; "" if it is like them. */
  unusual: Schema.String,
});
export type ActorLine = typeof ActorLine.Type;
export const ActorLines = Schema.Struct({ items: Schema.Array(ActorLine), total: Schema.Int });
export type ActorLines = typeof ActorLines.Type;

/** One state of a machine. `path` is its key within its parents', `reviewing.warned`; the machine itself has "". */
export const ChartState = Schema.Struct({
  path: Schema.String,
  key: Schema.String,
  parent: Schema.NullOr(Schema.String),
  type: Schema.Literals(["atomic", "compound", "parallel", "final", "history"]),
  initial: Schema.Boolean,
  /** Tasks that run while it is in this state. */
  tasks: Schema.Array(Schema.String),
});
export type ChartState = typeof ChartState.Type;
export const ChartStep = Schema.Struct({
  from: Schema.String,
  /** Null: it stays where it is. */
  to: Schema.NullOr(Schema.String),
  /** What it hears: a message, "after …" a time, "… done" or "… failed" a task, "" at once. */
  on: Schema.String,
  guard: Schema.NullOr(Schema.String),
});
export type ChartStep = typeof ChartStep.Type;
export const Chart = Schema.Struct({
  version: Schema.String,
  states: Schema.Array(ChartState),
  steps: Schema.Array(ChartStep),
});
export type Chart = typeof Chart.Type;

export const ActorDetail = Schema.Struct({
  ...ActorLine.fields,
  version: Schema.String,
  /** Paths of the states it is in. */
  active: Schema.Array(Schema.String),
  /** Null if this build does not know its version of the machine. */
  chart: Schema.NullOr(Chart),
  paused: Schema.NullOr(Schema.String),
  ignored: Schema.Int,
  partition: Schema.Int,
  owner: Schema.NullOr(Schema.String),
  timers: Schema.Array(Schema.Struct({ event: Schema.String, dueAt: Schema.Finite })),
  tasks: Schema.Array(Schema.String),
  /** Types of the messages that wait for it, the next first, at most twenty. */
  waiting: Schema.Array(Schema.String),
  /** What it holds, without people's words. */
  context: Schema.Json,
});
export type ActorDetail = typeof ActorDetail.Type;

export const inspections = [
  Schema.Struct({ type: Schema.Literal("CountKinds") }),
  /** Those of a kind, the unusual ones first; without a kind those with mail, waiting or set aside. */
  Schema.Struct({
    type: Schema.Literal("ListActors"),
    kind: Schema.optional(Schema.String),
    /** A part of the id. */
    find: Schema.optional(Schema.String),
    limit: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 200 })),
  }),
  Schema.Struct({ type: Schema.Literal("ShowActor"), address: Schema.String }),
] as const;
