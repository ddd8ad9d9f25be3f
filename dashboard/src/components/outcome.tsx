/** How a review ended, as mark, colour and word. */
import type { WorkRow } from "../../../protocols/api/history.ts";
import type { ReviewOutcome } from "../../../protocols/employee.ts";

type Word = { mark: string; word: string; colour: string };

export const outcomeWords: Readonly<Record<ReviewOutcome, Word>> = {
  completed: { mark: "✓", word: "Done", colour: "text-good-text" },
  missed: { mark: "✕", word: "Missed", colour: "text-bad-text" },
  returned: { mark: "↩", word: "Returned", colour: "text-ink-soft" },
  rescinded: { mark: "–", word: "Job closed", colour: "text-ink-soft" },
  released: { mark: "–", word: "Released", colour: "text-ink-soft" },
  "taken-back": { mark: "–", word: "Taken back", colour: "text-ink-soft" },
};
const inHand: Word = { mark: "◐", word: "In hand", colour: "text-busy-text" };
const late: Word = { mark: "✓", word: "Done late", colour: "text-good-text" };
const excused: Word = { mark: "◇", word: "Excused", colour: "text-ink-soft" };

export function Outcome({ row }: { row: WorkRow }) {
  const { mark, word, colour } = wordFor(row);
  return (
    <span className={`whitespace-nowrap ${colour}`}>
      <span aria-hidden="true">{mark} </span>
      {word}
    </span>
  );
}

function wordFor({ outcome, strike, endedAt, deadlineAt }: WorkRow): Word {
  if (outcome === null) return inHand;
  if (outcome === "missed" && !strike) return excused;
  if (outcome === "completed" && endedAt !== null && endedAt > deadlineAt) return late;
  return outcomeWords[outcome];
}
