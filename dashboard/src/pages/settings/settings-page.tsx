/** The numbers of the review queue: each with its unit and what it does, checked together before they are sent, changed with a reason. */
import { useCallback, useState } from "react";
import { type QueueSettings, settingsProblems } from "../../../../protocols/queue-settings.ts";
import { call } from "../../api/call.ts";
import { AuditTrail } from "../../components/audit-trail.tsx";
import { Button } from "../../components/button.tsx";
import { Notice } from "../../components/notice.tsx";
import { Panel } from "../../components/panel.tsx";
import { ReasonForm } from "../../components/reason-form.tsx";
import { TextField } from "../../components/text-field.tsx";
import { usePolled } from "../../state/polled.ts";
import { type Draft, isBehind, onTopOf } from "./draft.ts";
import { fieldProblem, fields, numberOf, withNumber } from "./fields.ts";
import { SkillRules, skillRuleProblems } from "./skill-rules.tsx";

const queue = "main";

export function SettingsPage() {
  const ask = useCallback(() => call("queue", { params: { queue } }), []);
  const { value, at, problem, reload } = usePolled(ask, 10_000);
  const [draft, setDraft] = useState<Draft | null>(null);
  const settings = draft?.settings ?? value?.settings ?? null;
  const behind = draft !== null && value !== null && isBehind(draft, value);
  const change = (next: QueueSettings) => {
    if (value) setDraft({ from: value, ...draft, settings: next });
  };
  const problems = settings ? [...settingsProblems(settings), ...skillRuleProblems(settings.skillRules)] : [];
  const invalid = settings ? fields.filter((field) => fieldProblem(settings, field) !== "") : [];
  return (
    <div className="mx-auto w-full max-w-[90rem] space-y-5 p-5">
      <h1 className="sr-only">Queue settings</h1>
      <Panel
        title="Queue settings"
        testId="settings"
        asOf={at}
        problem={problem}
        detail={value ? `version ${value.version}; they count from the next assignment on` : "asking…"}
      >
        {settings && value && (
          <div className="space-y-5 p-4">
            <label className="flex items-center gap-3">
              <span className="font-medium">Who is next</span>
              <select
                className="field w-auto"
                value={settings.strategy}
                onChange={(event) =>
                  change({
                    ...settings,
                    strategy: event.target.value === "load_balanced" ? "load_balanced" : "round_robin",
                  })
                }
              >
                <option value="round_robin">whoever was assigned least recently</option>
                <option value="load_balanced">whoever has the least to do</option>
              </select>
            </label>
            <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
              {fields.map((field) => (
                <div key={`${field.part} ${field.key}`}>
                  <TextField
                    label={field.unit === "count" ? field.name : `${field.name} (${field.unit})`}
                    type="number"
                    step="any"
                    error={fieldProblem(settings, field)}
                    value={String(numberOf(settings, field))}
                    onChange={(event) => change(withNumber(settings, field, Number(event.target.value)))}
                  />
                </div>
              ))}
            </div>
            <SkillRules
              rules={settings.skillRules}
              onChange={(skillRules) => change({ ...settings, skillRules })}
            />
            {problems.map((sentence) => (
              <Notice key={sentence} tone="warn">
                {sentence}
              </Notice>
            ))}
            {behind && (
              <Notice tone="warn" role="alert">
                <p>
                  These numbers are at version {value.version} now; you have changed version{" "}
                  {draft.from.version}.
                </p>
                <Button className="mt-2" onClick={() => setDraft(onTopOf(draft, value))}>
                  Make my changes to version {value.version}
                </Button>
              </Notice>
            )}
            {draft && problems.length === 0 && invalid.length === 0 && (
              <ReasonForm
                label="Why other numbers? It is kept with your name."
                choices={[
                  {
                    name: "Change them",
                    act: (reason) =>
                      call("changeQueue", {
                        params: { queue },
                        body: { settings: draft.settings, version: draft.from.version, reason },
                      }).catch((error) => {
                        // Somebody else was faster: what they changed is shown at once.
                        reload();
                        throw error;
                      }),
                  },
                ]}
                onDone={() => {
                  setDraft(null);
                  reload();
                }}
              />
            )}
          </div>
        )}
      </Panel>
      <Panel title="Changes" detail="of this queue">
        {/* Each change has its line at once. */}
        <AuditTrail key={value?.version} about={queue} maxHeight={20} />
      </Panel>
    </div>
  );
}
