/** A person's state as shape, colour and word together, so that none of them has to be seen for it to be understood. */

export type PersonState = "available" | "on-task" | "reconnecting" | "break" | "offline" | "locked";

const language: Record<PersonState, { mark: string; word: string; colour: string }> = {
  available: { mark: "●", word: "Available", colour: "text-good" },
  "on-task": { mark: "◐", word: "On task", colour: "text-busy" },
  reconnecting: { mark: "◌", word: "Reconnecting", colour: "text-warn" },
  break: { mark: "◔", word: "Break", colour: "text-warn" },
  offline: { mark: "○", word: "Offline", colour: "text-off" },
  locked: { mark: "▣", word: "Locked", colour: "text-bad" },
};

export function PersonStateMark({ state, large = false }: { state: PersonState; large?: boolean }) {
  const { mark, word, colour } = language[state];
  return (
    <span className={`inline-flex items-center gap-1.5 ${large ? "text-2xl font-semibold" : "font-medium"}`}>
      <span aria-hidden="true" className={colour}>
        {mark}
      </span>
      {word}
    </span>
  );
}
