/** Reviews that ran out of time, newest first; each opens with its evidence, and one's own with the appeal. */
import type { StrikeEntry } from "../../../protocols/strike.ts";
import { useNow } from "../state/clock.ts";
import { moment } from "../state/time-text.ts";
import { AppealForm } from "./appeal-form.tsx";
import { MissEvidence, StrikeWord } from "./miss-evidence.tsx";

interface Props {
  readonly entries: readonly StrikeEntry[];
  /** Whether the first one is open at once. */
  readonly openFirst?: boolean;
  /** One's own: it may be appealed. */
  readonly onAppealed?: () => void;
}

export function MissList({ entries, openFirst = false, onAppealed }: Props) {
  const now = useNow();
  return (
    <ul className="divide-line divide-y">
      {entries.map((entry, i) => (
        <li key={`${entry.application} ${entry.assignment}`} data-testid="miss">
          <details open={openFirst && i === 0}>
            <summary className="hover:bg-sunken cursor-pointer px-4 py-2">
              <StrikeWord entry={entry} /> <span className="text-ink-soft">{moment(entry.at, now)}</span>{" "}
              {entry.title} · {entry.company}
            </summary>
            <div className="space-y-3 px-8 pb-4">
              <MissEvidence entry={entry} />
              {onAppealed && <AppealForm entry={entry} onAppealed={onAppealed} />}
            </div>
          </details>
        </li>
      ))}
    </ul>
  );
}
