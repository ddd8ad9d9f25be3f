/** Where an application is. A dashed frame means that it is not over; a solid one, that it is. */
import type { ApplicationStatus as Status } from "../../../protocols/application.ts";

const language: Record<Status, { word: string; mark: string; look: string }> = {
  new: { word: "New", mark: "○", look: "border-dashed border-off" },
  waiting: { word: "Waiting for a person", mark: "○", look: "border-dashed border-warn" },
  assigning: { word: "Being assigned", mark: "◔", look: "border-dashed border-warn" },
  escalated: {
    word: "Needs a manager",
    mark: "▲",
    look: "border-dashed border-warn bg-warn-soft text-warn-text",
  },
  reviewing: { word: "In review", mark: "◐", look: "border-dashed border-busy" },
  applying: { word: "Applying", mark: "◐", look: "border-dashed border-busy" },
  ready: { word: "Ready, not sent", mark: "◇", look: "border-dashed border-warn" },
  uncertain: { word: "Uncertain", mark: "▲", look: "border-dashed border-warn bg-warn-soft text-warn-text" },
  submitted: { word: "Submitted", mark: "✓", look: "border-good bg-good-soft text-good-text" },
  duplicate: { word: "Had applied before", mark: "=", look: "border-off" },
  failed: { word: "Failed", mark: "✕", look: "border-bad bg-bad-soft text-bad-text" },
  rejected: { word: "Rejected", mark: "–", look: "border-off" },
  closed: { word: "Job closed", mark: "–", look: "border-off" },
};

export const statusWord = (status: Status): string => language[status].word;

export function ApplicationStatus({ status }: { status: Status }) {
  const { word, mark, look } = language[status];
  return (
    <span
      data-status={status}
      className={`inline-flex items-center gap-1 rounded-full border px-2 py-px text-[13px] whitespace-nowrap ${look}`}
    >
      <span aria-hidden="true">{mark}</span>
      {word}
    </span>
  );
}
