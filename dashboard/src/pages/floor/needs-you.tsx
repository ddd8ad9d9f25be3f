/** What only a manager can move: submissions that may or may not have arrived. Not shown when there is nothing. */
import { useApplications } from "../../state/applications.ts";
import { ResolveForm } from "../applications/resolve-form.tsx";

export function NeedsYou() {
  const { rows, reload } = useApplications("uncertain");
  if (!rows || rows.length === 0) return null;
  return (
    <section aria-labelledby="needs-you-title" className="panel border-warn" data-testid="needs-you">
      <h2 id="needs-you-title" className="border-line border-b px-4 py-3 text-base font-semibold">
        <span aria-hidden="true" className="text-warn-text">
          ▲{" "}
        </span>
        Needs you ({rows.length})
        <span className="text-ink-soft ml-2 font-normal">
          The button may have been pressed. It is never pressed again by itself.
        </span>
      </h2>
      <ul className="divide-line max-h-72 divide-y overflow-y-auto">
        {rows.map((row) => (
          <li
            key={row.application}
            className="grid gap-3 p-4 lg:grid-cols-2"
            data-application={row.application}
          >
            <div>
              <p className="font-medium">
                {row.title} · {row.company}
              </p>
              <p className="text-ink-soft">
                {row.candidateName}. {row.reason}
              </p>
            </div>
            <ResolveForm application={row.application} onDone={() => void reload()} />
          </li>
        ))}
      </ul>
    </section>
  );
}
