/** What a number in a form may be, and what is wrong with one, in the unit that the form speaks. */

export interface Bounds {
  /** Null: anything above 0. */
  readonly min: number | null;
  readonly max: number;
  /** After the numbers, such as "min". */
  readonly unit?: string;
  readonly whole?: boolean;
}

/** "" if it is fine. */
export function numberProblem(typed: string, { min, max, unit = "", whole = false }: Bounds): string {
  const value = typed.trim() === "" ? Number.NaN : Number(typed);
  const enough = min === null ? value > 0 : value >= min;
  if (enough && value <= max && (!whole || Number.isInteger(value))) return "";
  const range = min === null ? `more than 0 and at most ${max}` : `from ${min} to ${max}`;
  return `${whole ? "A whole number" : "A number"} ${range}${unit && ` ${unit}`}, please.`;
}
