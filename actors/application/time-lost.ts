/** What an incident took of an assignment. Incidents may overlap: no minute is given back twice. */
export interface Range {
  /** Epoch milliseconds. */
  readonly from: number;
  readonly to: number;
}

/** What of `range` lies in none of the others, milliseconds; 0 where it ends before it begins. */
export function uncovered({ from, to }: Range, others: readonly Range[]): number {
  let sum = 0;
  let reached = from;
  for (const other of [...others].sort((a, b) => a.from - b.from)) {
    sum += Math.max(0, Math.min(other.from, to) - reached);
    reached = Math.max(reached, other.to);
  }
  return sum + Math.max(0, to - reached);
}
