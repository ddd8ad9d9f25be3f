/** What was recorded of a review that ran out of time: the same for the person whom it concerns and for who decides. */
import type { MissRow } from "../../../protocols/api/misses.ts";
import { clockTime, duration } from "../state/time-text.ts";

export function MissEvidence({ miss }: { miss: MissRow }) {
  const { assignedAt, warnedAt, lastEditAt, deadlineAt, endedAt, drafts, extensions } = miss;
  const steps: ReadonlyArray<readonly [string, string, boolean | null]> = [
    ["Assigned", clockTime(assignedAt), true],
    ["Warned", warnedAt === null ? "no warning is recorded" : clockTime(warnedAt), warnedAt !== null],
    [
      "Last draft",
      lastEditAt === null ? "none saved" : `${clockTime(lastEditAt)}, ${drafts} in all`,
      lastEditAt === null ? null : true,
    ],
    ["Extended", extensions === 0 ? "not" : `${extensions}×`, null],
    ["Deadline", clockTime(deadlineAt), null],
    [
      "Ended",
      endedAt === null ? "not yet" : `${clockTime(endedAt)}, after ${duration(endedAt - assignedAt)}`,
      null,
    ],
  ];
  return (
    <div data-testid="miss-evidence" className="space-y-2">
      <dl className="grid grid-cols-[6.5rem_1fr] gap-x-3 gap-y-1">
        {steps.map(([name, words, fine]) => (
          <div key={name} className="contents">
            <dt className="text-ink-soft">{name}</dt>
            <dd>
              {fine !== null && (
                <span aria-hidden="true" className={fine ? "text-good-text" : "text-warn-text"}>
                  {fine ? "✓ " : "▲ "}
                </span>
              )}
              {words}
            </dd>
          </div>
        ))}
      </dl>
      <p className={miss.othersMissed > 0 ? "text-warn-text" : "text-ink-soft"}>
        {miss.othersActive === 0
          ? "Nobody else had a review at that time."
          : `${miss.othersMissed} of ${miss.othersActive} others missed theirs within five minutes of it.`}
      </p>
      {miss.reason && <p className="text-ink-soft">{miss.reason}</p>}
    </div>
  );
}

/** "strike 2 of 4", "excused", "cleared by Lena". */
export function missWord({ strike }: MissRow): { mark: string; word: string; colour: string } {
  if (strike === null) return { mark: "◇", word: "excused", colour: "text-ink-soft" };
  if (strike.clearedAt !== null) return { mark: "✓", word: "cleared by a manager", colour: "text-good-text" };
  return { mark: "●", word: `strike ${strike.count} of 4`, colour: "text-bad-text" };
}
