/** This window looks on while another one edits: said plainly, with the way to go on here. */
import { Button } from "../../components/button.tsx";
import { useAttempt } from "../../state/use-attempt.ts";

export function ElsewhereBar({ onTake }: { onTake: () => Promise<void> }) {
  const { pending, problem, attempt } = useAttempt();
  return (
    <div
      role="status"
      data-testid="elsewhere-bar"
      className="border-line bg-sunken flex flex-wrap items-center gap-3 border-b px-5 py-2"
    >
      <p className="flex-1">
        <span aria-hidden="true">◫ </span>
        This review is edited in another window. You see its last saved draft here.
        {problem && <span className="text-bad-text"> {problem}</span>}
      </p>
      <Button weight="primary" disabled={pending} onClick={() => void attempt(onTake)}>
        Edit here
      </Button>
    </div>
  );
}
