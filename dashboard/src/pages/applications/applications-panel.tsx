/** Applications, newest first, by status. Rows stand still while the pointer or the focus is among them. */
import { useRef, useState } from "react";
import {
  type ApplicationStatus as Status,
  ApplicationStatus as Statuses,
} from "../../../../protocols/application.ts";
import { ApplicationStatus, statusWord } from "../../components/application-status.tsx";
import { Button } from "../../components/button.tsx";
import { useApplications } from "../../state/applications.ts";
import { useNow } from "../../state/clock.ts";
import { ago } from "../../state/time-text.ts";
import { ApplicationSheet } from "./application-sheet.tsx";

const statuses = Statuses.literals;

export function ApplicationsPanel({ canDecide }: { canDecide: boolean }) {
  const [status, setStatus] = useState<Status | undefined>();
  const [open, setOpen] = useState<string | null>(null);
  const pointed = useRef(false);
  const now = useNow();
  const list = useApplications(status, () => pointed.current);
  return (
    <section
      aria-labelledby="applications-title"
      className="panel flex max-h-[calc(100dvh-7rem)] min-w-0 flex-col"
    >
      <div className="border-line flex flex-wrap items-center justify-between gap-2 border-b px-4 py-2.5">
        <h2 id="applications-title" className="text-base font-semibold">
          Applications
        </h2>
        <label className="flex items-center gap-2">
          Status
          <select
            className="field w-auto"
            value={status ?? ""}
            onChange={(event) => setStatus(statuses.find((known) => known === event.target.value))}
            data-testid="status-filter"
          >
            <option value="">All</option>
            {statuses.map((known) => (
              <option key={known} value={known}>
                {statusWord(known)}
              </option>
            ))}
          </select>
        </label>
      </div>
      {list.problem && (
        <p role="alert" className="text-bad-text px-4 py-2">
          {list.problem}
        </p>
      )}
      <section
        className="overflow-auto"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label="Rows"
        onPointerEnter={() => {
          pointed.current = true;
        }}
        onPointerLeave={() => {
          pointed.current = false;
        }}
      >
        {list.rows?.length === 0 ? (
          <p className="text-ink-soft p-4">
            {status
              ? `No application is “${statusWord(status)}” now.`
              : "No application yet. The first one appears when a posting fits a candidate."}
          </p>
        ) : (
          <table className="w-full text-left" data-testid="applications">
            <thead className="bg-surface text-ink-soft sticky top-0 text-[13px]">
              <tr>
                <th className="px-4 py-2 font-medium">Posting</th>
                <th className="px-2 py-2 font-medium">Candidate</th>
                <th className="px-2 py-2 text-right font-medium">Score</th>
                <th className="px-2 py-2 font-medium">Status</th>
                <th className="px-4 py-2 font-medium">Changed</th>
              </tr>
            </thead>
            <tbody className="divide-line divide-y">
              {list.rows?.map((row) => (
                <tr key={row.application} data-application={row.application} className="align-top">
                  <td className="px-4 py-2">
                    <button
                      type="button"
                      className="text-accent-text rounded text-left font-medium hover:underline"
                      onClick={() => setOpen(row.application)}
                    >
                      {row.title}
                    </button>
                    <span className="text-ink-soft block text-[13px]">{row.company}</span>
                  </td>
                  <td className="px-2 py-2">{row.candidateName}</td>
                  <td className="px-2 py-2 text-right">{row.score.toFixed(1)}</td>
                  <td className="px-2 py-2">
                    <ApplicationStatus status={row.status} />
                    <span className="text-ink-soft mt-0.5 line-clamp-2 max-w-64 text-[13px] break-words">
                      {row.reference ?? row.reason}
                    </span>
                  </td>
                  <td className="text-ink-soft px-4 py-2 whitespace-nowrap">{ago(now - row.updatedAt)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {list.rows === null && !list.problem && (
          <p role="status" className="text-ink-soft p-4">
            Fetching…
          </p>
        )}
        {list.more && (
          <div className="p-3 text-center">
            <Button onClick={() => void list.loadMore()}>Show more</Button>
          </div>
        )}
      </section>
      {open && <ApplicationSheet application={open} canDecide={canDecide} onClose={() => setOpen(null)} />}
    </section>
  );
}
