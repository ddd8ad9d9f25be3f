/** What became of a submission that nobody is sure about: only a person may say it, and says why. */
import { call } from "../../api/call.ts";
import { ReasonForm } from "../../components/reason-form.tsx";

const decisions = [
  { decision: "submitted", name: "It was submitted" },
  { decision: "retry", name: "Try again" },
  { decision: "give-up", name: "Give up" },
] as const;

export function ResolveForm({ application, onDone }: { application: string; onDone?: () => void }) {
  return (
    <ReasonForm
      label="What did you find, and where?"
      choices={decisions.map(({ decision, name }) => ({
        name,
        act: (reason) => call("resolve", { params: { application }, body: { decision, reason } }),
      }))}
      {...(onDone && { onDone })}
    />
  );
}
