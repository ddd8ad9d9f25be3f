/** "That is not right": one text, with the evidence beside it; it may be changed until somebody has decided. */
import { useId, useState } from "react";
import type { StrikeEntry } from "../../../protocols/strike.ts";
import { call } from "../api/call.ts";
import { useAttempt } from "../state/use-attempt.ts";
import { Button } from "./button.tsx";

interface Props {
  readonly entry: Pick<StrikeEntry, "application" | "assignment" | "state" | "appeal">;
  readonly onAppealed: () => void;
}

/** Begun and not sent, by review: the sheet may be closed, and "My record" has the same form. */
const unsent = new Map<string, string>();

export function AppealForm({ entry, onAppealed }: Props) {
  const id = useId();
  const review = `${entry.application} ${entry.assignment}`;
  const [text, setText] = useState(unsent.get(review) ?? entry.appeal?.text ?? "");
  const [sent, setSent] = useState(false);
  const { pending, problem, attempt } = useAttempt();
  if (entry.state !== "issued" && entry.state !== "appealed") return null;
  const { application, assignment } = entry;
  const send = () =>
    attempt(async () => {
      await call("appeal", {
        params: { employee: "me" },
        body: { application, assignment, text: text.trim() },
      });
      unsent.delete(review);
      setSent(true);
      onAppealed();
    });
  return (
    <div className="space-y-2" data-testid="appeal-form">
      <label htmlFor={id} className="block font-medium">
        That is not right? Say what happened
      </label>
      <textarea
        id={id}
        rows={2}
        maxLength={4_000}
        className="field"
        value={text}
        onChange={(event) => {
          if (event.target.value.trim() === "") unsent.delete(review);
          else unsent.set(review, event.target.value);
          setSent(false);
          setText(event.target.value);
        }}
        onKeyDown={(event) => {
          // Else it closes the sheet that this may stand on, in the middle of a sentence.
          if (event.key === "Escape" && unsent.has(review)) event.preventDefault();
        }}
      />
      <div className="flex items-center gap-3">
        <Button disabled={pending || text.trim() === ""} onClick={() => void send()}>
          {entry.state === "appealed" ? "Change the appeal" : "Send appeal"}
        </Button>
        {sent && (
          <span role="status" className="text-good-text">
            ✓ Sent. A manager decides, with a reason that you will read.
          </span>
        )}
        {problem && (
          <span role="alert" className="text-bad-text">
            {problem}
          </span>
        )}
      </div>
    </div>
  );
}
