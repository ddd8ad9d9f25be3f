/** Tables for spreadsheets: RFC 4180, and no cell that a spreadsheet would take for a formula. */
import { Bytes } from "../bytes.ts";

type Cell = string | number | boolean | null;

const cell = (value: Cell): string => {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  // A title that begins with "=" comes from a portal: to a spreadsheet it would be a program.
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
};

/** @param rows each with the same fields in the same order; the first one's names are the head */
export const csvOf = (head: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  [head, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");

/** Times in tables are ISO, in UTC. */
export const isoTime = (at: number | null): string => (at === null ? "" : new Date(at).toISOString());

export const csvFile = (text: string): Bytes =>
  new Bytes(Buffer.from(text, "utf8"), "text/csv; charset=utf-8");
