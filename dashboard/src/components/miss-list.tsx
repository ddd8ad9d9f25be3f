/** Reviews that ran out of time, newest first; each opens with its evidence. */
import type { MissRow } from "../../../protocols/api/misses.ts";
import { useNow } from "../state/clock.ts";
import { moment } from "../state/time-text.ts";
import { MissEvidence, missWord } from "./miss-evidence.tsx";

interface Props {
  readonly misses: readonly MissRow[];
  /** Whether the first one is open at once. */
  readonly openFirst?: boolean;
}

export function MissList({ misses, openFirst = false }: Props) {
  const now = useNow();
  return (
    <ul className="divide-line divide-y">
      {misses.map((miss, i) => {
        const { mark, word, colour } = missWord(miss);
        return (
          <li key={`${miss.application} ${miss.assignment}`} data-testid="miss">
            <details open={openFirst && i === 0}>
              <summary className="hover:bg-sunken cursor-pointer px-4 py-2">
                <span className={colour}>
                  <span aria-hidden="true">{mark} </span>
                  {word}
                </span>{" "}
                <span className="text-ink-soft">{moment(miss.endedAt ?? miss.deadlineAt, now)}</span>{" "}
                {miss.title} · {miss.company}
              </summary>
              <div className="px-8 pb-3">
                <MissEvidence miss={miss} />
              </div>
            </details>
          </li>
        );
      })}
    </ul>
  );
}
