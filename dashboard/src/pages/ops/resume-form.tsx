/** The way on for an actor that its supervisor has parked with its mailbox. */
import { call } from "../../api/call.ts";
import { ReasonForm } from "../../components/reason-form.tsx";

export function ResumeForm({ address }: { address: string }) {
  return (
    <ReasonForm
      label="What was mended? It is recorded with your name."
      choices={[
        {
          name: "Resume",
          act: (reason) => call("resumeActor", { params: { address }, body: { reason } }),
        },
      ]}
    />
  );
}
