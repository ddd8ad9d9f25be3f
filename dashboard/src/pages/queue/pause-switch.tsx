/** Gives nothing out, or goes on: with a reason that everybody sees. */
import { useState } from "react";
import { call } from "../../api/call.ts";
import { Button } from "../../components/button.tsx";
import { ReasonForm } from "../../components/reason-form.tsx";
import { Sheet } from "../../components/sheet.tsx";

interface Props {
  readonly queue: string;
  readonly paused: boolean;
  readonly onDone: () => void;
}

export function PauseSwitch({ queue, paused, onDone }: Props) {
  const [asking, setAsking] = useState(false);
  const name = paused ? "Go on" : "Pause dispatch";
  return (
    <>
      <Button onClick={() => setAsking(true)}>{name}…</Button>
      {asking && (
        <Sheet title={name} onClose={() => setAsking(false)}>
          <ReasonForm
            label="Why? Everybody who manages the queue sees it."
            choices={[
              {
                name,
                act: (reason) => call("pauseQueue", { params: { queue }, body: { paused: !paused, reason } }),
              },
            ]}
            onDone={() => {
              setAsking(false);
              onDone();
            }}
          />
        </Sheet>
      )}
    </>
  );
}
