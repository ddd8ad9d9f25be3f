/** Incidents: our own trouble, declared by people or noticed by itself. What an actor `incidents.<queue>` hears and answers. */
import { Schema } from "effect";

export const Incident = Schema.Struct({
  id: Schema.String,
  kind: Schema.Literals(["declared", "correlated"]),
  from: Schema.Finite,
  /** Null while it lasts. */
  to: Schema.NullOr(Schema.Finite),
  reason: Schema.String,
  /** Null for one that was noticed by itself. */
  by: Schema.NullOr(Schema.String),
  /** Strikes that it took back. */
  voided: Schema.Int,
});
export type Incident = typeof Incident.Type;

/** A miss in the memory of the incidents' actor. */
export const KnownMiss = Schema.Struct({
  employee: Schema.String,
  application: Schema.String,
  assignment: Schema.Int,
  from: Schema.Finite,
  to: Schema.Finite,
  /** It gave a strike. */
  struck: Schema.Boolean,
});
export type KnownMiss = typeof KnownMiss.Type;

const replyTo = Schema.optional(Schema.String);

export const IncidentsMessage = Schema.Union([
  /** dispatcher, for an employee: they missed this; was it us? `live` is how many had a review then. */
  Schema.Struct({
    type: Schema.Literal("JudgeMiss"),
    employee: Schema.String,
    application: Schema.String,
    assignment: Schema.Int,
    from: Schema.Finite,
    to: Schema.Finite,
    /** Excused already; it only counts among those who missed at once. */
    excused: Schema.Boolean,
    live: Schema.Int,
    correlatedPeople: Schema.Int,
    correlatedShare: Schema.Finite,
    correlatedWithinMs: Schema.Finite,
  }),
  /** edge, for ops or a manager: from now, or a range that is over. Live deadlines move by what of it lies behind them. */
  Schema.Struct({
    type: Schema.Literal("DeclareIncident"),
    incident: Schema.String,
    from: Schema.Finite,
    to: Schema.NullOr(Schema.Finite),
    by: Schema.String,
    reason: Schema.String,
    replyTo,
  }),
  Schema.Struct({
    type: Schema.Literal("CloseIncident"),
    incident: Schema.String,
    by: Schema.String,
    replyTo,
  }),
  /** edge: all incidents, newest first, and the misses that a declaration of this range would touch. */
  Schema.Struct({
    type: Schema.Literal("ListIncidents"),
    from: Schema.optional(Schema.Finite),
    to: Schema.optional(Schema.Finite),
    replyTo: Schema.String,
  }),
]).pipe(Schema.toTaggedUnion("type"));
export type IncidentsMessage = typeof IncidentsMessage.Type;

export const IncidentsReply = Schema.Struct({
  type: Schema.Literal("IncidentsReply"),
  incidents: Schema.Array(Incident),
  touched: Schema.Array(KnownMiss),
});
export type IncidentsReply = typeof IncidentsReply.Type;
