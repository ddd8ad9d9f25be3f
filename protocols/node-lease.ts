/** The value of `<nodeId>` in the KV bucket `nodes`, renewed every second: who is alive, and what each hosts. */
import { Schema } from "effect";

export const NodeLease = Schema.Struct({
  kinds: Schema.Array(Schema.String),
  startedAt: Schema.String,
  /** Actors parked by their supervisor and in memory here, by address, each with the reason; at most twenty. */
  parked: Schema.Record(Schema.String, Schema.String),
  /** Kinds among them whose policy escalates: the node is not healthy. */
  failing: Schema.Array(Schema.String),
});
export type NodeLease = typeof NodeLease.Type;
