/** A decision that is kept with its reason: the reason first, then what to do. Used where a manager decides about others. */
import { useId, useState } from "react";
import { useCurrent } from "../state/paused.ts";
import { useAttempt } from "../state/use-attempt.ts";
import { Button } from "./button.tsx";

interface Props {
  readonly label: string;
  readonly choices: ReadonlyArray<{
    readonly name: string;
    readonly act: (reason: string) => Promise<unknown>;
  }>;
  /** Called after the server has taken the decision. */
  readonly onDone?: () => void;
}

export function ReasonForm({ label, choices, onDone }: Props) {
  const id = useId();
  const current = useCurrent();
  const [reason, setReason] = useState("");
  const { pending, problem, attempt } = useAttempt();
  const act = (choice: Props["choices"][number]) =>
    attempt(async () => {
      await choice.act(reason.trim());
      setReason("");
      onDone?.();
    });
  return (
    <div className="space-y-2">
      <label htmlFor={id} className="block text-[13px] font-medium">
        {label}
      </label>
      <div className="flex flex-wrap gap-2">
        <input
          id={id}
          className="field min-w-40 flex-1"
          maxLength={2_000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        {choices.map((choice) => (
          <Button
            key={choice.name}
            disabled={pending || !current || reason.trim() === ""}
            onClick={() => void act(choice)}
          >
            {choice.name}
          </Button>
        ))}
      </div>
      {problem && (
        <p role="alert" className="text-bad-text text-[13px]">
          {problem}
        </p>
      )}
    </div>
  );
}
