/** What the edge offers ops to look at: subsystems, actors, breakers, deadlines ahead. Reading only; times are epoch milliseconds. */
import { Schema } from "effect";
import { ApplierMode } from "../applier.ts";
import { ActorDetail, ActorLines, KindCount } from "../inspection.ts";
import { BoardStanding } from "../portal.ts";
import { count, type Route, text } from "./route.ts";

const figure = Schema.Struct({ value: Schema.Finite, unit: Schema.String });

/** One part of the system over the last minute. What was not measured yet is null. */
export const Subsystem = Schema.Struct({
  name: Schema.String,
  state: Schema.Literals(["ok", "warn", "down", "unknown"]),
  /** Why it is not ok, for people; "" if it is. */
  why: Schema.String,
  rate: Schema.NullOr(figure),
  errors: Schema.NullOr(figure),
  p95Ms: Schema.NullOr(Schema.Finite),
  queue: Schema.NullOr(figure),
  /** Of `rate`, oldest first, over at most an hour. */
  series: Schema.Array(Schema.Finite),
  /** Since when it is in this state, as this edge saw it. */
  since: Schema.Finite,
});
export type Subsystem = typeof Subsystem.Type;

export const SystemView = Schema.Struct({
  items: Schema.Array(Subsystem),
  nodes: Schema.Array(Schema.Struct({ startedAt: Schema.String, kinds: Schema.Array(Schema.String) })),
  measuredAt: Schema.Finite,
});
export type SystemView = typeof SystemView.Type;

export const KindRow = Schema.Struct({
  ...KindCount.fields,
  /** Actors in memory, messages per second and failed turns in the last hour; null before the second measurement. */
  resident: Schema.NullOr(Schema.Finite),
  perSecond: Schema.NullOr(Schema.Finite),
  failures: Schema.NullOr(Schema.Finite),
  series: Schema.Array(Schema.Finite),
});
export type KindRow = typeof KindRow.Type;

/** What an actor said, newest first. */
export const SaidLine = Schema.Struct({
  seq: Schema.Int,
  at: Schema.Finite,
  type: Schema.String,
  about: Schema.String,
});

export const ActorShown = Schema.Struct({ actor: ActorDetail, said: Schema.Array(SaidLine) });
export type ActorShown = typeof ActorShown.Type;

export const BreakerState = Schema.Literals(["closed", "open", "half-open", "off", "not-allowed"]);
export const Breaker = Schema.Struct({
  standing: BoardStanding,
  /** Its states in the last six hours, oldest first; before the first it was closed or not there. */
  history: Schema.Array(Schema.Struct({ at: Schema.Finite, state: BreakerState })),
  /** The bot that fills forms at this portal; null if it has not been asked in time. */
  applier: Schema.NullOr(
    Schema.Struct({ mode: Schema.NullOr(ApplierMode), waiting: Schema.Int, trouble: Schema.String }),
  ),
});
export type Breaker = typeof Breaker.Type;

export const TimersView = Schema.Struct({
  /** Actors that have a timer. */
  pending: Schema.Int,
  /** How late timers fired since the nodes started; null before the first. */
  driftP99Ms: Schema.NullOr(Schema.Finite),
  fired: Schema.Int,
  /** Of these, how many later than 250 ms. */
  late: Schema.Int,
  /** Reviews that end, and warnings that are due, in each of the next thirty minutes. */
  ends: Schema.Array(Schema.Int),
  warnings: Schema.Array(Schema.Int),
  overdue: Schema.Int,
  serverNow: Schema.Finite,
});
export type TimersView = typeof TimersView.Type;

const ops = ["ops"] as const;

export const opsRoutes = {
  system: {
    method: "GET",
    path: "/api/system",
    access: ops,
    summary: "Each part of the system over the last minute: rate, errors, p95, queue",
    answer: SystemView,
  },
  actorKinds: {
    method: "GET",
    path: "/api/actors",
    access: ops,
    summary: "How many actors of each kind, and what they do",
    answer: Schema.Struct({ items: Schema.Array(KindRow) }),
  },
  actors: {
    method: "GET",
    path: "/api/actors/of/:kind",
    access: ops,
    object: "any",
    summary: "Actors of a kind, the unusual ones first; of the kind `any` only those with mail",
    params: Schema.Struct({ kind: text(60) }),
    query: Schema.Struct({ find: Schema.optional(text(200)), limit: Schema.optional(count) }),
    answer: ActorLines,
  },
  actor: {
    method: "GET",
    path: "/api/actors/:address",
    access: ops,
    object: "any",
    summary: "One actor with its statechart, what it holds (without people's words) and what it said",
    params: Schema.Struct({ address: text(400) }),
    answer: ActorShown,
  },
  breakers: {
    method: "GET",
    path: "/api/breakers",
    access: ops,
    summary: "The breaker of each board with its last six hours, and the bot that fills forms there",
    answer: Schema.Struct({ items: Schema.Array(Breaker), serverNow: Schema.Finite }),
  },
  timers: {
    method: "GET",
    path: "/api/timers",
    access: ops,
    summary: "Timers that wait, how late they fire, and the reviews that end in the next half hour",
    answer: TimersView,
  },
} as const satisfies Record<string, Route>;
