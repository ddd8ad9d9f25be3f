/** What a manager does with the reviews that are picked: each asks for a reason, and says how many it did if some were refused. */
import { useState } from "react";
import type { EmployeeRow } from "../../../../protocols/api/http.ts";
import type { QueueRow } from "../../../../protocols/api/queues.ts";
import { call } from "../../api/call.ts";
import { Problem } from "../../api/problem.ts";
import { ReasonForm } from "../../components/reason-form.tsx";
import { inTurn } from "./in-turn.ts";

interface Props {
  readonly reviews: readonly QueueRow[];
  readonly people: readonly EmployeeRow[];
  /** With those that it was done to, and why not to the others. */
  readonly onDone: (done: readonly string[], problem: string) => void;
}

export function BulkActions({ reviews, people, onDone }: Props) {
  const free = people.filter(({ status }) => status === "free");
  const [to, setTo] = useState("");
  const titleOf = (id: string) => reviews.find(({ application }) => application === id)?.title ?? id;
  const each = (act: (application: string, reason: string) => Promise<unknown>) => async (reason: string) => {
    const ids = reviews.map(({ application }) => application);
    const { done, problem } = await inTurn(ids, titleOf, (application) => act(application, reason));
    onDone(done, problem);
    if (problem) throw new Problem(409, "", problem);
  };
  const params = (application: string) => ({ params: { application } });
  return (
    <section aria-label="What to do with those picked" className="border-line space-y-2 border-t p-4">
      <p className="flex flex-wrap items-center gap-3">
        <span className="font-medium">{reviews.length} picked</span>
        <label className="flex items-center gap-2">
          Give to
          <select className="field w-auto" value={to} onChange={(event) => setTo(event.target.value)}>
            <option value="">whoever is next</option>
            {free.map(({ employee, name }) => (
              <option key={employee} value={employee}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <span className="text-ink-soft">Esc clears</span>
      </p>
      <ReasonForm
        label="Why? It is kept with your name."
        choices={[
          {
            name: "To the front",
            act: each((application, reason) =>
              call("setPriority", { ...params(application), body: { priority: 0, reason } }),
            ),
          },
          to === ""
            ? {
                name: "Back into the queue",
                act: each((application, reason) =>
                  call("requeue", { ...params(application), body: { reason } }),
                ),
              }
            : {
                name: "Give",
                act: each((application, reason) =>
                  call("giveTo", { ...params(application), body: { employee: to, reason } }),
                ),
              },
          {
            name: "Drop",
            act: each((application, reason) =>
              call("dropReview", { ...params(application), body: { reason } }),
            ),
          },
        ]}
      />
    </section>
  );
}
