/** What was recorded of a review that ran out of time: the same for the person whom it concerns and for who decides. */
import type { StrikeEntry, UnansweredCommand } from "../../../protocols/strike.ts";
import { clockTime, duration } from "../state/time-text.ts";

const tried: Readonly<Record<UnansweredCommand["command"], string>> = {
  open: "open",
  draft: "save",
  complete: "send",
  return: "give back",
  reject: "turn down",
  extend: "more time",
};

export function MissEvidence({ entry }: { entry: StrikeEntry }) {
  const { evidence, linkGaps, unanswered = [] } = entry;
  if (evidence === null) return <p className="text-ink-soft">No evidence was kept of this one.</p>;
  const {
    assignedAt,
    deliveredAt,
    openedAt,
    warnedAt,
    warningSeenAt,
    lastEditAt,
    drafts,
    deadlineAt,
    endedAt,
  } = evidence;
  const gone = linkGaps.reduce((sum, { from, to }) => sum + Math.max(0, to - from), 0);
  const share = Math.min(1, gone / Math.max(1, endedAt - assignedAt));
  const at = (time: number | null, never: string) => (time === null ? never : clockTime(time));
  const steps: ReadonlyArray<readonly [string, string, boolean | null]> = [
    ["Assigned", clockTime(assignedAt), true],
    ["Delivered", at(deliveredAt, "not shown by any page"), deliveredAt !== null],
    ["Opened", at(openedAt, "never"), openedAt === null ? null : true],
    ["Warned", at(warnedAt, "no warning is recorded"), warnedAt !== null],
    ["Warning seen", at(warningSeenAt, "not shown by any page"), warningSeenAt !== null],
    ["Last draft", lastEditAt === null ? "none saved" : `${clockTime(lastEditAt)}, ${drafts} in all`, null],
    [
      "Connected",
      `${Math.round(100 * (1 - share))} %${linkGaps.length > 0 ? `, away ${linkGaps.map(({ from, to }) => `${clockTime(from)}–${clockTime(to)}`).join(", ")}` : ""}`,
      share <= 0.25,
    ],
    ...(unanswered.length === 0
      ? []
      : [
          [
            "Unanswered",
            unanswered.map(({ command, triedAt }) => `${tried[command]} ${clockTime(triedAt)}`).join(", "),
            false,
          ] as const,
        ]),
    [
      "Deadline",
      `${clockTime(deadlineAt)}${evidence.extensions > 0 ? `, moved ${evidence.extensions}×` : ""}`,
      null,
    ],
    ["Ended", `${clockTime(endedAt)}, after ${duration(endedAt - assignedAt)}`, null],
  ];
  return (
    <div data-testid="miss-evidence" className="space-y-2 wrap-anywhere">
      <dl className="grid grid-cols-[7rem_1fr] gap-x-3 gap-y-0.5">
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
      {entry.appeal && (
        <p>
          <span className="text-ink-soft">Appeal, {clockTime(entry.appeal.at)}:</span> “{entry.appeal.text}”
        </p>
      )}
      {entry.reason && (
        <p className="text-ink-soft">
          {entry.decidedBy && "Decided: "}
          {entry.reason}
        </p>
      )}
    </div>
  );
}

const words: Readonly<Record<StrikeEntry["state"], { mark: string; word: string; colour: string }>> = {
  judging: { mark: "◔", word: "being judged", colour: "text-warn-text" },
  issued: { mark: "●", word: "strike", colour: "text-bad-text" },
  excused: { mark: "◇", word: "excused", colour: "text-ink-soft" },
  appealed: { mark: "●", word: "appealed", colour: "text-warn-text" },
  upheld: { mark: "●", word: "upheld", colour: "text-bad-text" },
  voided: { mark: "✓", word: "voided", colour: "text-good-text" },
  expired: { mark: "○", word: "expired", colour: "text-ink-soft" },
  cleared: { mark: "✓", word: "cleared", colour: "text-good-text" },
};

/** Where it stands, as mark, colour and word. */
export function StrikeWord({ entry }: { entry: StrikeEntry }) {
  const { mark, word, colour } = words[entry.state];
  return (
    <span className={`whitespace-nowrap ${colour}`} data-strike={entry.state}>
      <span aria-hidden="true">{mark} </span>
      {word}
      {entry.count > 0 && ` ${entry.count}`}
    </span>
  );
}
