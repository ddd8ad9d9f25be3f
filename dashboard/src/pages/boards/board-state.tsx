/** How a board's breaker stands: the word, and a mark of its own for each. */
import type { BoardStanding } from "../../../../protocols/portal.ts";

const language: Record<BoardStanding["state"], { word: string; mark: string; look: string }> = {
  closed: { word: "Closed", mark: "─", look: "border-good bg-good-soft text-good-text" },
  open: { word: "Open", mark: "╳", look: "border-bad bg-bad-soft text-bad-text" },
  "half-open": {
    word: "Half-open",
    mark: "┄",
    look: "border-dashed border-warn bg-warn-soft text-warn-text",
  },
  off: { word: "Switched off", mark: "○", look: "border-off text-ink-soft" },
  "not-allowed": { word: "Kind is off", mark: "▣", look: "border-off text-ink-soft" },
  removed: { word: "Removed", mark: "–", look: "border-off text-ink-soft" },
};

export function BoardState({ state }: { state: BoardStanding["state"] }) {
  const { word, mark, look } = language[state];
  return (
    <span
      data-state={state}
      className={`inline-flex items-center gap-1 rounded-full border px-2 py-px text-[13px] whitespace-nowrap ${look}`}
    >
      <span aria-hidden="true">{mark}</span>
      {word}
    </span>
  );
}
