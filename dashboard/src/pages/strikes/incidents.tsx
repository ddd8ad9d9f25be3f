/** Our own trouble: what was declared or noticed, and declaring one, with what it would undo shown before. */
import { useState } from "react";
import type { IncidentPreview } from "../../../../protocols/api/incidents.ts";
import { call } from "../../api/call.ts";
import { Button } from "../../components/button.tsx";
import { Notice } from "../../components/notice.tsx";
import { numberProblem } from "../../components/number-problem.ts";
import { Panel } from "../../components/panel.tsx";
import { ReasonForm } from "../../components/reason-form.tsx";
import { TextField } from "../../components/text-field.tsx";
import { serverNow, useNow } from "../../state/clock.ts";
import { usePolled } from "../../state/polled.ts";
import { clockTime, moment } from "../../state/time-text.ts";
import { useAttempt } from "../../state/use-attempt.ts";

const ask = () => call("incidents");

export function Incidents({ onDone }: { onDone: () => void }) {
  const polled = usePolled(ask, 5_000);
  const now = useNow();
  const [declaring, setDeclaring] = useState(false);
  const { pending, problem, attempt } = useAttempt();
  const items = polled.value?.items ?? [];
  const done = () => {
    polled.reload();
    onDone();
  };
  return (
    <Panel
      title="Incidents"
      testId="incidents"
      asOf={polled.at}
      problem={polled.problem}
      detail={`${items.filter(({ to }) => to === null).length} under way`}
      aside={<Button onClick={() => setDeclaring((on) => !on)}>Declare incident…</Button>}
    >
      {declaring && <Declare onDone={done} />}
      {problem && (
        <div className="px-4 pt-3">
          <Notice tone="bad" role="alert">
            {problem}
          </Notice>
        </div>
      )}
      {items.length === 0 && (
        <p className="text-ink-soft p-4">
          None. Declare one when our side was in trouble: strikes within it are void, and time is given back.
        </p>
      )}
      <ul className="divide-line divide-y">
        {items.map(({ id, kind, from, to, reason, by, voided }) => (
          <li key={id} data-testid="incident" className="flex flex-wrap items-center gap-3 px-4 py-2">
            <span className="flex-1">
              {moment(from, now)} – {to === null ? "now" : clockTime(to)} · {reason}{" "}
              <span className="text-ink-soft">
                {kind === "correlated" ? "noticed by itself" : `declared by ${by ?? "somebody"}`} · {voided}{" "}
                strikes voided
              </span>
            </span>
            {to === null && (
              <Button
                disabled={pending}
                onClick={() =>
                  void attempt(async () => {
                    // Asked again even if it is refused: somebody else may have ended it.
                    await call("closeIncident", { params: { incident: id } }).finally(done);
                  })
                }
              >
                It is over
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

interface Range {
  readonly from: number;
  readonly to: number;
}

const effectOf = ({ voids, unlocks, live }: IncidentPreview) =>
  `It would void ${voids} ${voids === 1 ? "strike" : "strikes"}, unlock ${unlocks.join(", ") || "nobody"}, and give ${live} ${live === 1 ? "review" : "reviews"} under way ${live === 1 ? "its" : "their"} time back.`;

function Declare({ onDone }: { onDone: () => void }) {
  const [minutes, setMinutes] = useState("15");
  /** With the time that it was asked for: that is what is declared, and no later one. */
  const [shown, setShown] = useState<{ range: Range; preview: IncidentPreview } | null>(null);
  const { pending, problem, attempt } = useAttempt();
  const now = useNow();
  const wrong = numberProblem(minutes, { min: 1, max: 1440, unit: "minutes", whole: true });
  const look = () =>
    attempt(async () => {
      const to = serverNow();
      const range = { from: to - Number(minutes) * 60_000, to };
      setShown({ range, preview: await call("previewIncident", { body: range }) });
    });
  return (
    <div className="border-line space-y-3 border-b p-4" data-testid="declare-incident">
      <div className="flex flex-wrap items-end gap-3">
        <TextField
          label="Our side was in trouble in the last … minutes"
          type="number"
          min={1}
          max={1440}
          error={wrong}
          value={minutes}
          onChange={(event) => {
            setMinutes(event.target.value);
            setShown(null);
          }}
        />
        <Button disabled={pending || wrong !== ""} onClick={() => void look()}>
          What would it undo?
        </Button>
      </div>
      {problem && <Notice tone="bad">{problem}</Notice>}
      {shown && (
        <>
          <Notice tone="plain" testId="incident-preview">
            From {moment(shown.range.from, now)} to {clockTime(shown.range.to)}: {effectOf(shown.preview)}
          </Notice>
          <ReasonForm
            label="What happened? Everybody concerned reads it."
            onDone={onDone}
            choices={[
              {
                name: "Declare it",
                act: (reason) => call("declareIncident", { body: { ...shown.range, reason } }),
              },
            ]}
          />
        </>
      )}
    </div>
  );
}
