/** A form that is filled and not sent: look at it, send it, or let the bot send by itself at this portal from now on. */
import { useState } from "react";
import { call } from "../../api/call.ts";
import { sentence } from "../../api/problem.ts";
import { Button } from "../../components/button.tsx";
import { ReasonForm } from "../../components/reason-form.tsx";

interface Props {
  readonly application: string;
  readonly portal: string;
  readonly onDone: () => void;
}

export function ReadyPanel({ application, portal, onDone }: Props) {
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState("");
  const send = async () => {
    setPending(true);
    setProblem("");
    try {
      await call("send", { params: { application } });
      onDone();
    } catch (error) {
      setProblem(sentence(error));
    } finally {
      setPending(false);
    }
  };
  return (
    <section aria-label="Ready, not sent" className="panel border-warn space-y-3 p-3">
      <p>
        The form is filled and was not sent, since applications to <strong>{portal}</strong> are in dry run.
      </p>
      <Button onClick={() => void send()} disabled={pending} data-testid="send-now">
        Send it now
      </Button>
      {problem && (
        <p role="alert" className="text-bad-text">
          {problem}
        </p>
      )}
      <ReasonForm
        label="Not this one? Say why."
        choices={[
          {
            name: "Give up",
            act: (reason) =>
              call("resolve", { params: { application }, body: { decision: "give-up", reason } }),
          },
        ]}
        onDone={onDone}
      />
    </section>
  );
}
