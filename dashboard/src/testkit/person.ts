/** A person as the floor shows them, for tests: nothing about them but what the test says. */
import type { EmployeeRow } from "../../../protocols/api/http.ts";

export const person = (
  employee: string,
  status: EmployeeRow["status"],
  change: Partial<EmployeeRow> = {},
): EmployeeRow => ({
  ...{ employee, name: employee, email: `${employee}@example.org`, status, connected: true, strikes: 0 },
  ...{ offer: null, offers: [], link: "online", linkSince: 0, intent: "available", next: null, since: 0 },
  profile: { capacity: 1, skills: [], timeFactor: 1 },
  ...{ warnAtStrike: 3, lockAtStrike: 4 },
  ...change,
});
