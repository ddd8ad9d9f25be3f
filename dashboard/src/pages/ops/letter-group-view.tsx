/** One group of dead letters: a sample to read and edit, and the way on in phases: five, a tenth, all, each only after the one before. */
import { useState } from "react";
import type { DeadLetter, ReplayReport } from "../../../../protocols/dead-letter.ts";
import { call } from "../../api/call.ts";
import { Button } from "../../components/button.tsx";
import { Notice } from "../../components/notice.tsx";
import { Panel } from "../../components/panel.tsx";
import { ReasonForm } from "../../components/reason-form.tsx";
import { useNow } from "../../state/clock.ts";
import { linkTo } from "../../state/route.ts";
import { moment } from "../../state/time-text.ts";
import type { LetterGroup } from "./letter-groups.ts";

/** The next phase opens only while less of the last one died again. */
const mayFail = 0.05;
const sample = 5;
/** The most that the server takes on at once. */
const atOnce = 500;

export function LetterGroupView({ group, onChanged }: { group: LetterGroup; onChanged: () => void }) {
  const [at, setAt] = useState(0);
  const letters = group.letters;
  const letter = letters[Math.min(at, letters.length - 1)];
  if (!letter) return null;
  return (
    <Panel
      title={group.cause}
      detail={`${letters.length} at ${group.kind}`}
      testId="letter-group-view"
      aside={
        <span className="flex items-center gap-2">
          <Button disabled={at === 0} aria-label="The letter before" onClick={() => setAt(at - 1)}>
            ‹
          </Button>
          letter {Math.min(at, letters.length - 1) + 1} of {letters.length}
          <Button
            disabled={at >= letters.length - 1}
            aria-label="The next letter"
            onClick={() => setAt(at + 1)}
          >
            ›
          </Button>
        </span>
      }
    >
      <div className="grid gap-5 p-4 xl:grid-cols-2">
        <Letter key={letter.letter} letter={letter} onChanged={onChanged} />
        <Phases group={group} onChanged={onChanged} />
      </div>
    </Panel>
  );
}

function Letter({ letter, onChanged }: { letter: DeadLetter; onChanged: () => void }) {
  const now = useNow();
  const original = textOf(letter.message);
  const [draft, setDraft] = useState(original);
  const params = { letter: String(letter.letter) };
  const broken = draft !== original && !isJson(draft);
  const replay = {
    name: draft === original ? "Replay" : "Replay as changed",
    act: async (reason: string) => {
      const message = draft === original ? {} : { message: JSON.parse(draft) };
      await call("replayDeadLetter", { params, body: { reason, ...message } });
    },
  };
  const drop = {
    name: "Drop",
    act: (reason: string) => call("dropDeadLetter", { params, body: { reason } }),
  };
  return (
    <div className="space-y-3" data-testid="dead-letter">
      <p>
        Letter {letter.letter} · {moment(letter.at, now)} · to{" "}
        <a
          className="text-accent-text break-all underline underline-offset-2"
          href={linkTo("actors", letter.actor)}
        >
          {letter.actor}
        </a>
        {letter.from && <span className="text-ink-soft"> from {letter.from}</span>}
      </p>
      <p className="text-ink-soft break-words">{letter.cause.message.slice(0, 1_000)}</p>
      <textarea
        aria-label={`Message of letter ${letter.letter}`}
        className="field h-56 w-full font-mono text-[12px]"
        readOnly={letter.replayTo === null}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
      />
      {broken ? (
        <p className="text-bad-text">
          What stands here is no JSON: mend it, or reload to get the original back.
        </p>
      ) : (
        <ReasonForm
          label={
            letter.replayTo === null
              ? "It tells an outcome; there is nothing to send again. Why can it go?"
              : "Why? It is recorded with your name."
          }
          choices={letter.replayTo === null ? [drop] : [replay, drop]}
          onDone={onChanged}
        />
      )}
    </div>
  );
}

function Phases({ group, onChanged }: { group: LetterGroup; onChanged: () => void }) {
  const [whole] = useState(group.letters.length);
  const [reports, setReports] = useState<readonly ReplayReport[]>([]);
  const which = { of: group.kind, cause: group.cause };
  const last = reports.at(-1);
  const failed = last !== undefined && last.replayed > 0 && last.diedAgain / last.replayed >= mayFail;
  const sizes = [sample, Math.max(sample, Math.ceil(whole / 10)), Math.min(atOnce, whole)];
  const names = [
    `Retry ${sizes[0]}`,
    `Retry 10 % (${sizes[1]})`,
    whole > atOnce ? `Retry ${atOnce}` : "Retry all",
  ];
  const step = Math.min(reports.length, sizes.length - 1);
  const retry = {
    name: names[step] ?? "Retry",
    act: async (reason: string) => {
      const most = sizes[step] ?? sample;
      const report = await call("replayDeadLetters", {
        body: { ...which, sample: Math.min(100, most), most, reason },
      });
      setReports((all) => [...all, report]);
    },
  };
  const dropAll = {
    name: `Drop ${Math.min(atOnce, group.letters.length)}`,
    act: (reason: string) => call("dropDeadLetters", { body: { ...which, most: atOnce, reason } }),
  };
  return (
    <div className="space-y-3">
      <h3 className="eyebrow">All of this cause at {group.kind}</h3>
      <ol className="flex flex-wrap items-center gap-2 text-[13px]">
        {names.map((name, i) => (
          <li
            key={name}
            aria-current={i === step ? "step" : undefined}
            className={i === step ? "font-semibold" : "text-ink-soft"}
          >
            {i > 0 && "→ "}
            {name}
          </li>
        ))}
      </ol>
      <p className="text-ink-soft">
        Counted when this group was opened: {whole}. The next step opens when less than {mayFail * 100} % of
        the last one died again. A retry repeats what was said; it does not mend what made it fail.
      </p>
      {reports.map((report, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: reports are only added
        <Notice key={i} tone={report.diedAgain > 0 ? "warn" : "good"} testId="replay-report">
          {report.replayed} sent again, {report.diedAgain} died again, {report.left} left.
        </Notice>
      ))}
      {failed && (
        <p className="text-warn-text">
          It still fails: mend the cause, or edit the letter, before more of them are sent again.
        </p>
      )}
      <ReasonForm
        label="Why? It is recorded with your name."
        choices={failed ? [dropAll] : [retry, dropAll]}
        onDone={onChanged}
      />
    </div>
  );
}

const textOf = (message: unknown) =>
  typeof message === "string" ? message : JSON.stringify(message, null, 2);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
