/** Why the machine did not decide: the score taken apart, and the conditions that it did not pass. */
import type { MatchScore } from "../../../../protocols/match-score.ts";

const names = {
  mustHaves: "Must-haves",
  niceToHaves: "Nice-to-haves",
  title: "Title",
  experience: "Experience",
  semantic: "Meaning",
} as const;

export function ScoreParts({ score }: { score: MatchScore }) {
  // A failed gate is a reason of the quality report too.
  const failed = [
    ...new Set([
      ...score.gates.filter((gate) => !gate.passed).map((gate) => gate.reason),
      ...score.quality.reasons,
    ]),
  ];
  return (
    <section aria-label="Score" data-testid="score-parts">
      <h3 className="eyebrow mb-1">Match</h3>
      <p className="mb-2">
        <span className="text-2xl font-semibold">{score.score.toFixed(1)}</span>
        <span className="text-ink-soft"> of 100</span>
      </p>
      <ul className="space-y-1.5">
        {(Object.keys(names) as Array<keyof typeof names>).map((key) => {
          const part = score.parts[key];
          const detail =
            "found" in part ? `${part.found.length} found, ${part.missing.length} missing` : part.detail;
          return (
            <li key={key}>
              <div className="flex justify-between gap-2">
                <span>{names[key]}</span>
                <span className="text-ink-soft">
                  {(part.value * part.weight).toFixed(0)} of {part.weight}
                </span>
              </div>
              <div aria-hidden="true" className="bg-sunken h-1 overflow-hidden rounded-full">
                <div
                  className={`h-full ${part.value >= 0.9 ? "bg-good" : "bg-warn"}`}
                  style={{ width: `${Math.round(part.value * 100)}%` }}
                />
              </div>
              <p className="text-ink-soft text-[13px]">{detail}</p>
            </li>
          );
        })}
      </ul>
      {failed.length > 0 && (
        <ul className="mt-2 list-disc space-y-1 pl-4 text-[13px]">
          {failed.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
