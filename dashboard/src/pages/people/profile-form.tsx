/** What a manager sets for a person: reviews at once, more time for each, skills and languages; and a break or the end of the day. */
import { useState } from "react";
import type { EmployeeRow } from "../../../../protocols/api/http.ts";
import { call } from "../../api/call.ts";
import { ReasonForm } from "../../components/reason-form.tsx";
import { TextField } from "../../components/text-field.tsx";

export function ProfileForm({ person }: { person: EmployeeRow }) {
  const [capacity, setCapacity] = useState(String(person.profile.capacity));
  const [timeFactor, setTimeFactor] = useState(String(person.profile.timeFactor));
  const [skills, setSkills] = useState(person.profile.skills.join(", "));
  const params = { employee: person.employee };
  const profile = () => ({
    capacity: Number(capacity),
    timeFactor: Number(timeFactor),
    skills: skills
      .split(",")
      .map((skill) => skill.trim())
      .filter(Boolean),
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
            value={capacity}
            onChange={(event) => setCapacity(event.target.value)}
          />
          <TextField
            label="Time, times (accommodation)"
            type="number"
            min={1}
            max={5}
            step={0.25}
            value={timeFactor}
            onChange={(event) => setTimeFactor(event.target.value)}
          />
        </div>
        <TextField
          label="Skills and languages, separated by commas (lang:de)"
          value={skills}
          onChange={(event) => setSkills(event.target.value)}
        />
        <ReasonForm
          label="Why? It counts from the next review on."
          choices={[
            {
              name: "Set",
              act: (reason) => call("setProfile", { params, body: { profile: profile(), reason } }),
            },
          ]}
        />
      </div>
      <ReasonForm
        label="Their status, now or after the review in hand: why?"
        choices={[intent("Break", "break"), intent("Offline", "offline")]}
      />
    </div>
  );
}
