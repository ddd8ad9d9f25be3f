/** Who stands first on the floor: who needs the manager, then who has least time left, then who is there at all. */
import type { EmployeeRow } from "../../../../protocols/api/http.ts";

const rank: Record<EmployeeRow["status"], number> = { locked: 0, reviewing: 1, free: 2, break: 3, away: 4 };

export function byUrgency(rows: readonly EmployeeRow[]): EmployeeRow[] {
  return [...rows].sort(
    (a, b) =>
      rank[a.status] - rank[b.status] ||
      (a.offer?.deadlineAt ?? 0) - (b.offer?.deadlineAt ?? 0) ||
      a.name.localeCompare(b.name) ||
      a.employee.localeCompare(b.employee),
  );
}
