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

export function AppealForm({ entry, onAppealed }: Props) {
  const id = useId();
  const [text, setText] = useState(entry.appeal?.text ?? "");
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
        onChange={(event) => setText(event.target.value)}
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
