/** Which reviews ask for which skill: a word in the job's title or company, and what the reviewer should know. The first matter most. */
import type { QueueSettings } from "../../../../protocols/queue-settings.ts";
import { Button } from "../../components/button.tsx";
import { TextField } from "../../components/text-field.tsx";

type Rules = QueueSettings["skillRules"];

export function SkillRules({ rules, onChange }: { rules: Rules; onChange: (rules: Rules) => void }) {
  const change = (at: number, part: Partial<Rules[number]>) =>
    onChange(rules.map((rule, index) => (index === at ? { ...rule, ...part } : rule)));
  return (
    <fieldset className="space-y-3" data-testid="skill-rules">
      <legend className="font-medium">Skills that reviews ask for</legend>
      {rules.length === 0 && <p className="text-ink-soft">None: every reviewer may have every review.</p>}
      {rules.map((rule, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a rule is its place, and both texts change while they are typed
        <div key={at} className="flex flex-wrap items-end gap-3">
          <TextField
            label="Title or company contains"
            maxLength={100}
            value={rule.match}
            onChange={(event) => change(at, { match: event.target.value })}
          />
          <TextField
            label="asks for the skill"
            maxLength={60}
            value={rule.skill}
            onChange={(event) => change(at, { skill: event.target.value })}
          />
          <Button onClick={() => onChange(rules.filter((_, index) => index !== at))}>Remove</Button>
        </div>
      ))}
      {rules.length < 50 && (
        <Button onClick={() => onChange([...rules, { match: "", skill: "" }])}>Add a rule</Button>
      )}
    </fieldset>
  );
}

/** What keeps these rules from being sent. */
export const skillRuleProblems = (rules: Rules): string[] =>
  rules.some(({ match, skill }) => match.trim() === "" || skill.trim() === "")
    ? ["A skill rule is not complete: say which word it looks for and which skill it asks for, or remove it."]
    : [];
