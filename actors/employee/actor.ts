/** The employee kind: one actor per reviewer's account. */
import { EmployeeMessage, type Offer } from "../../protocols/employee.ts";
import type { StrikeEntry } from "../../protocols/strike.ts";
import { defineActor } from "../define-actor.ts";
import { employeeMachine } from "./machine.ts";
import { type AssignmentKey, type EmployeeSettings, initialContext } from "./setup.ts";

/** What version 1 remembered. */
interface Version1 {
  readonly id: string;
  readonly queue: string;
  readonly edge: string | null;
  readonly leaving: boolean;
  readonly offer: Offer | null;
  readonly recent: readonly AssignmentKey[];
  readonly strikes: number;
  readonly lastStrike: AssignmentKey | null;
}

/** A strike of version 1 was a number: the ledger begins with as many entries, of which the last is known. */
const entriesOf = ({ strikes, lastStrike }: Version1): StrikeEntry[] =>
  Array.from({ length: strikes }, (_, index) => ({
    application: index === strikes - 1 ? (lastStrike?.application ?? "") : "",
    assignment: index === strikes - 1 ? (lastStrike?.assignment ?? 0) : -index - 1,
    title: "",
    company: "",
    at: 0,
    state: "issued",
    count: index + 1,
    reason: "",
    evidence: null,
    linkGaps: [],
    appeal: null,
    decidedBy: null,
    decidedAt: null,
  }));

/** Of version 1: free and reviewing had no states within. */
const migrate = (persisted: unknown, settings: Partial<EmployeeSettings>): unknown => {
  const { value, context, ...rest } = persisted as { value: string; context: Version1 };
  const { id, queue, edge, leaving, offer, recent } = context;
  return {
    ...rest,
    value: value === "free" || value === "reviewing" ? { [value]: "here" } : value,
    context: {
      ...initialContext({ id, at: 0, ...settings, queue }),
      ...{ edge, recent, next: leaving ? "offline" : null },
      offers: offer === null ? [] : [offer],
      entries: entriesOf(context),
      lockedAt: value === "locked" ? 0 : null,
    },
  };
};

/** @param settings what differs from `employeeSettings` */
export const employeeActor = (settings: Partial<EmployeeSettings> = {}) =>
  defineActor({
    kind: "employee",
    machine: employeeMachine,
    message: EmployeeMessage,
    settings: { ...settings },
    migrate: (persisted) => migrate(persisted, settings),
  });
