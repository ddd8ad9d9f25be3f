/** One person on the floor: their state, what they have in hand and how long still, how they stand. Pressed, all about them opens. */
import { memo } from "react";
import type { EmployeeRow } from "../../../../protocols/api/http.ts";
import type { Offer } from "../../../../protocols/employee.ts";
import { type PersonState, PersonStateMark } from "../../components/person-state.tsx";
import { urgency, useTimeLeft } from "../../components/review-clock.tsx";
import { Standing } from "../../components/standing.tsx";
import { duration } from "../../state/time-text.ts";

export function personState(row: EmployeeRow): PersonState {
  if (row.status === "locked") return "locked";
  if (row.status === "away") return "offline";
  if (row.status === "break") return "break";
  if (row.connected === false) return "reconnecting";
  return row.status === "reviewing" ? "on-task" : "available";
}

interface Props {
  readonly row: EmployeeRow;
  readonly onOpen: (employee: string) => void;
}

/** Drawn again only if its own row is news. */
export const PersonCard = memo(function PersonCard({ row, onOpen }: Props) {
  const state = personState(row);
  return (
    <li
      className="[contain-intrinsic-size:auto_6rem] [content-visibility:auto]"
      data-testid="person-card"
      data-employee={row.employee}
      data-state={state}
    >
      <button
        type="button"
        onClick={() => onOpen(row.employee)}
        className={`panel hover:border-line-strong block h-full w-full space-y-1.5 p-3 text-left ${state === "reconnecting" ? "border-warn border-dashed" : ""} ${state === "locked" ? "border-bad" : ""}`}
      >
        <span className="flex flex-wrap items-baseline justify-between gap-x-3">
          <span className="font-semibold">{row.name}</span>
          <PersonStateMark state={state} />
        </span>
        {row.offer ? (
          <InHand offer={row.offer} />
        ) : (
          <span className="text-ink-soft block">
            {state === "locked"
              ? "waits for your decision"
              : state === "available"
                ? "free"
                : "nothing in hand"}
          </span>
        )}
        <Standing of={row} />
      </button>
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
    <span className="block">
      <span className="flex justify-between gap-3">
        <span className="truncate">
          {offer.title} · {offer.company}
        </span>
        <span className="font-semibold whitespace-nowrap">
          {duration(left)} {marks[level]}
        </span>
      </span>
      <span aria-hidden="true" className="bg-sunken mt-1 block h-1 overflow-hidden rounded-full">
        <span className={`block h-full ${looks[level]}`} style={{ width: `${share * 100}%` }} />
      </span>
    </span>
  );
}
