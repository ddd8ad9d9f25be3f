/** Whether the bot sends at this portal or only fills, who decided that, and the other choice. */
import { useCallback, useEffect, useState } from "react";
import type { ApplierReply } from "../../../../protocols/applier.ts";
import { call } from "../../api/call.ts";
import { sentence } from "../../api/problem.ts";
import { ReasonForm } from "../../components/reason-form.tsx";

export function ApplierSwitch({ portal }: { portal: string }) {
  const [applier, setApplier] = useState<ApplierReply | null>(null);
  const [problem, setProblem] = useState("");
  const load = useCallback(() => {
    call("applier", { params: { portal } }).then(setApplier, (error) => setProblem(sentence(error)));
  }, [portal]);
  useEffect(load, [load]);
  if (problem) return <p className="text-ink-soft">{problem}</p>;
  if (!applier) return null;
  const to = applier.mode === "live" ? "dry-run" : "live";
  return (
    <section
      aria-label="The bot at this portal"
      data-testid="applier-switch"
      data-mode={applier.mode ?? "default"}
    >
      <h3 className="eyebrow mb-1">The bot at {portal}</h3>
      <p className="mb-2">
        {applier.mode === "live"
          ? "It fills forms and sends them."
          : applier.mode === "dry-run"
            ? "It fills forms and sends none."
            : "Nobody has switched it on: it sends at the demo portal only."}
        {applier.by && (
          <span className="text-ink-soft">
            {" "}
            Switched by {applier.by}: {applier.reason}
          </span>
        )}
      </p>
      <ReasonForm
        label="Why change it?"
        choices={[
          {
            name: to === "live" ? "Let it send" : "Only fill",
            act: (reason) => call("switchApplier", { params: { portal }, body: { mode: to, reason } }),
          },
        ]}
        onDone={load}
      />
    </section>
  );
}
