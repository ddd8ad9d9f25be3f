/** What actors could not take: each with its cause and message, to be replayed as it was or changed, or dropped, with a reason. */
import { useState } from "react";
import type { DeadLetter } from "../../../../protocols/dead-letter.ts";
import { call } from "../../api/call.ts";
import { Notice } from "../../components/notice.tsx";
import { ReasonForm } from "../../components/reason-form.tsx";
import { useNow } from "../../state/clock.ts";
import { usePolled } from "../../state/polled.ts";
import { moment } from "../../state/time-text.ts";

const askLetters = () => call("deadLetters", { query: { limit: "50" } });

export function DeadLettersPanel() {
  const letters = usePolled(askLetters, 5_000);
  const items = letters.value?.items ?? [];
  return (
    <section aria-labelledby="dead-title" className="panel" data-testid="dead-letters">
      <h2 id="dead-title" className="border-line border-b px-4 py-3 text-base font-semibold">
        Dead letters{" "}
        <span className="text-ink-soft font-normal">
          {letters.value && letters.value.total > items.length
            ? `oldest ${items.length} of ${letters.value.total}`
            : items.length || ""}
        </span>
      </h2>
      {letters.problem && (
        <div className="p-3">
          <Notice tone="warn">{letters.problem} What is shown may be out of date.</Notice>
        </div>
      )}
      {items.length === 0 && (
        <p className="text-ink-soft p-4">{letters.value ? "None: every message was taken." : "Fetching…"}</p>
      )}
      <ul className="divide-line divide-y">
        {items.map((letter) => (
          <Letter key={letter.letter} letter={letter} />
        ))}
      </ul>
    </section>
  );
}

function Letter({ letter }: { letter: DeadLetter }) {
  const now = useNow();
  const original = textOf(letter.message);
  const [draft, setDraft] = useState(original);
  const params = { letter: String(letter.letter) };
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
    <li data-testid="dead-letter">
      <details>
        <summary className="cursor-pointer px-4 py-2">
          <time className="text-ink-soft" dateTime={new Date(letter.at).toISOString()}>
            {moment(letter.at, now)}
          </time>{" "}
          <span className="font-medium">{letter.actor}</span>{" "}
          <span className="text-ink-soft break-words">
            {letter.cause.name}: {letter.cause.message.slice(0, 300)}
          </span>
        </summary>
        <div className="space-y-3 px-4 pb-4">
          <textarea
            aria-label={`Message of letter ${letter.letter}`}
            className="field h-48 w-full font-mono text-[13px]"
            readOnly={letter.replayTo === null}
            value={draft}
            onChange={(event) => setDraft(event.target.value)}
          />
          <ReasonForm
            label={
              letter.replayTo === null
                ? "It tells an outcome; there is nothing to send again. Why can it go?"
                : "Why? It is recorded with your name."
            }
            choices={letter.replayTo === null ? [drop] : [replay, drop]}
          />
        </div>
      </details>
    </li>
  );
}

const textOf = (message: unknown) =>
  typeof message === "string" ? message : JSON.stringify(message, null, 2);
