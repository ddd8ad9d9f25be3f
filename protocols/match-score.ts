/**
 * What the matcher says about one résumé and one posting: the score, why, and whether a machine may approve it.
 * Told by the matcher to the application actor, kept with it, and shown part by part in the dashboard.
 */
import { Schema } from "effect";

/** A requirement of the posting together with the line of the résumé that shows it. */
export const FoundRequirement = Schema.Struct({
  /** The posting's own words. */
  requirement: Schema.String,
  /** The résumé's own words. */
  evidence: Schema.String,
  /** What they have in common. Absent in scores before ats-2. */
  how: Schema.optional(Schema.Literals(["keyword", "meaning"])),
});
export type FoundRequirement = typeof FoundRequirement.Type;

/** `weight` is this part's share of the score (all weights add up to 100), `value` how well it was met, 0 to 1. */
const part = { weight: Schema.Finite, value: Schema.Finite };

export const RequirementsPart = Schema.Struct({
  ...part,
  found: Schema.Array(FoundRequirement),
  missing: Schema.Array(Schema.String),
});
export type RequirementsPart = typeof RequirementsPart.Type;

export const ExplainedPart = Schema.Struct({ ...part, detail: Schema.String });
export type ExplainedPart = typeof ExplainedPart.Type;

/** One yes-or-no condition for approval by machine. `reason` is a sentence for a person, passed or not. */
export const Gate = Schema.Struct({ name: Schema.String, passed: Schema.Boolean, reason: Schema.String });
export type Gate = typeof Gate.Type;

export const MatchScore = Schema.Struct({
  /** 0 to 100, one decimal. 90 means: a reviewer would send this résumé unchanged. */
  score: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 100 })),
  /** Which rules made it; scores of different versions are not compared. */
  version: Schema.String,
  parts: Schema.Struct({
    mustHaves: RequirementsPart,
    niceToHaves: RequirementsPart,
    title: ExplainedPart,
    experience: ExplainedPart,
    semantic: ExplainedPart,
  }),
  gates: Schema.Array(Gate),
  /** Second gate beside the score: the machine approves only if this passed too. */
  quality: Schema.Struct({ passed: Schema.Boolean, reasons: Schema.Array(Schema.String) }),
});
export type MatchScore = typeof MatchScore.Type;
