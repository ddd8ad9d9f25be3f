/** May the machine approve an application by itself, and if not, why: the sentence that the reviewer reads. */
import type { MatchScore } from "../../protocols/match-score.ts";

/** @returns the reasons for a person to look at it; none if the machine may send it. */
export function reasonsForReview({ score, gates, quality }: MatchScore, threshold: number): string[] {
  const reasons = [
    ...(score >= threshold ? [] : [`The score is ${score}, under ${threshold}.`]),
    ...gates.filter(({ passed }) => !passed).map(({ reason }) => reason),
    ...(quality.passed
      ? []
      : quality.reasons.length > 0
        ? quality.reasons
        : ["The quality gate was not passed."]),
  ];
  return [...new Set(reasons)]; // A failed gate is a reason of the quality report too.
}
