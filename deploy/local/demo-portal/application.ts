/** What the portal keeps of every application that reached it, and of every one it refused. */
import { Schema } from "effect";

export const Application = Schema.Struct({
  /** As shown to the applicant, e.g. "NW-2026-000123". */
  reference: Schema.String,
  jobId: Schema.Finite,
  /** Equal for the board posting and the careers-site posting of one job. */
  openingId: Schema.Finite,
  jobTitle: Schema.String,
  company: Schema.String,
  email: Schema.String,
  name: Schema.String,
  /** ISO 8601. */
  receivedAt: Schema.String,
  /** The connection was cut instead of an answer. A browser that had used the line before sends the form once more, by itself. */
  confirmationLost: Schema.optionalKey(Schema.Boolean),
  /** What was answered, by the label of the question; several ticks are a list. */
  answers: Schema.Record(Schema.String, Schema.Union([Schema.String, Schema.Array(Schema.String)])),
  /** Null if the résumé came as text. `path` is null when the portal keeps nothing on disk. */
  resume: Schema.NullOr(
    Schema.Struct({
      fileName: Schema.String,
      bytes: Schema.Finite,
      sha256: Schema.String,
      path: Schema.NullOr(Schema.String),
    }),
  ),
});
export type Application = typeof Application.Type;

export const Refusal = Schema.Struct({
  jobId: Schema.Finite,
  company: Schema.String,
  email: Schema.String,
  at: Schema.String,
  /** The application that was there first. */
  reference: Schema.String,
});
export type Refusal = typeof Refusal.Type;
