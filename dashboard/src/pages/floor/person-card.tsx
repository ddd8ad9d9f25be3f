/** One person on the floor: their state, what they have in hand and how long still, how they stand. */
import { memo } from "react";
import type { EmployeeRow } from "../../../../protocols/api/http.ts";
import type { Offer } from "../../../../protocols/employee.ts";
import { call } from "../../api/call.ts";
import { type PersonState, PersonStateMark } from "../../components/person-state.tsx";
import { ReasonForm } from "../../components/reason-form.tsx";
import { urgency, useTimeLeft } from "../../components/review-clock.tsx";
import { Standing } from "../../components/standing.tsx";
import { duration } from "../../state/time-text.ts";

export function personState(row: EmployeeRow): PersonState {
  if (row.status === "locked") return "locked";
  if (row.status === "away") return "offline";
  if (row.connected === false) return "reconnecting";
  return row.status === "reviewing" ? "on-task" : "available";
}

/** Drawn again only if its own row is news. */
export const PersonCard = memo(function PersonCard({ row }: { row: EmployeeRow }) {
  const state = personState(row);
  return (
    <li
      className={`panel space-y-2 p-4 ${state === "reconnecting" ? "border-warn border-dashed" : ""} ${state === "locked" ? "border-bad" : ""}`}
      data-testid="person-card"
      data-employee={row.employee}
      data-state={state}
    >
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <h3 className="font-semibold">{row.name}</h3>
        <PersonStateMark state={state} />
      </div>
      {row.offer ? <InHand offer={row.offer} /> : <p className="text-ink-soft">Nothing in hand</p>}
      <Standing strikes={row.strikes} />
      {row.status === "locked" && (
        <ReasonForm
          label={`Your decision about ${row.name}`}
          choices={[
            {
              name: "Unlock",
              act: (reason) => call("unlock", { params: { employee: row.employee }, body: { reason } }),
            },
          ]}
        />
      )}
    </li>
  );
});

const looks = { fine: "bg-good", warning: "bg-warn", critical: "bg-bad", over: "bg-bad" } as const;
const marks = { fine: "", warning: "▲", critical: "‼", over: "✕" } as const;

export function InHand({ offer }: { offer: Offer }) {
  const left = useTimeLeft(offer.deadlineAt);
  const level = urgency(left);
  const share = Math.min(1, Math.max(0, left / Math.max(1, offer.deadlineAt - offer.assignedAt)));
  return (
    <div>
      <p className="flex justify-between gap-3">
        <span className="truncate">
          {offer.title} · {offer.company}
        </span>
        <span className="font-semibold whitespace-nowrap">
          {duration(left)} {marks[level]}
        </span>
      </p>
      <div aria-hidden="true" className="bg-sunken mt-1 h-1 overflow-hidden rounded-full">
        <div className={`h-full ${looks[level]}`} style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  );
}
