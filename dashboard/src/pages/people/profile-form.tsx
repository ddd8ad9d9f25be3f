/** What a manager sets for a person: reviews at once, more time for each, skills and languages; and a break or the end of the day. */
import { useState } from "react";
import type { EmployeeRow } from "../../../../protocols/api/http.ts";
import { call } from "../../api/call.ts";
import { numberProblem } from "../../components/number-problem.ts";
import { ReasonForm } from "../../components/reason-form.tsx";
import { TextField } from "../../components/text-field.tsx";

export function ProfileForm({ person }: { person: EmployeeRow }) {
  const [capacity, setCapacity] = useState(String(person.profile.capacity));
  const [timeFactor, setTimeFactor] = useState(String(person.profile.timeFactor));
  const [skills, setSkills] = useState(person.profile.skills.join(", "));
  const params = { employee: person.employee };
  const wrong = {
    capacity: numberProblem(capacity, { min: 1, max: 10, whole: true }),
    timeFactor: numberProblem(timeFactor, { min: 1, max: 5 }),
    skills: skillsProblem(skillsIn(skills)),
  };
  const profile = () => ({
    capacity: Number(capacity),
    timeFactor: Number(timeFactor),
    skills: skillsIn(skills),
  });
  const intent = (name: string, to: "break" | "offline") => ({
    name,
    act: (reason: string) => call("setIntent", { params, body: { intent: to, reason } }),
  });
  return (
    <div className="grid gap-5 p-4 lg:grid-cols-2" data-testid="profile">
      <div className="space-y-3">
        <div className="grid grid-cols-2 gap-3">
          <TextField
            label="Reviews at once"
            type="number"
            min={1}
            max={10}
            error={wrong.capacity}
            value={capacity}
            onChange={(event) => setCapacity(event.target.value)}
          />
          <TextField
            label="Time, times (accommodation)"
            type="number"
            min={1}
            max={5}
            step={0.25}
            error={wrong.timeFactor}
            value={timeFactor}
            onChange={(event) => setTimeFactor(event.target.value)}
          />
        </div>
        <TextField
          label="Skills and languages, separated by commas (lang:de)"
          error={wrong.skills}
          value={skills}
          onChange={(event) => setSkills(event.target.value)}
        />
        {!Object.values(wrong).some(Boolean) && (
          <ReasonForm
            label="Why? It counts from the next review on."
            choices={[
              {
                name: "Set",
                act: (reason) => call("setProfile", { params, body: { profile: profile(), reason } }),
              },
            ]}
          />
        )}
      </div>
      <ReasonForm
        label="Their status, now or after the review in hand: why?"
        choices={[intent("Break", "break"), intent("Offline", "offline")]}
      />
    </div>
  );
}

const skillsIn = (typed: string): string[] =>
  typed
    .split(",")
    .map((skill) => skill.trim())
    .filter(Boolean);

const skillsProblem = (skills: readonly string[]): string =>
  skills.length > 50
    ? "Fifty at most, please."
    : skills.some((skill) => skill.length > 60)
      ? "At most 60 letters each, please: is a comma missing?"
      : "";
