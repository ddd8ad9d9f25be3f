/**
 * Rows in columns. Over a hundred of them only those in sight are in the page, so that a list of thousands scrolls like one of
 * ten; a screen reader is told how many there are.
 */
import { type ReactNode, useLayoutEffect, useState } from "react";
import { leastWidth } from "./table-width.ts";

export interface Column<T> {
  readonly name: string;
  /** In rem, such as "8rem"; those without share what is left. */
  readonly width?: string;
  readonly cell: (row: T) => ReactNode;
  readonly right?: boolean;
}

interface Props<T> {
  readonly label: string;
  readonly columns: ReadonlyArray<Column<T>>;
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  /** In rem; rows are all as high. */
  readonly rowHeight?: number;
  /** In rem. */
  readonly maxHeight?: number;
  /** Marked as chosen, for who shows it beside the table. */
  readonly chosen?: string | undefined;
  /** Under the last row: "show more", or why there is nothing. */
  readonly foot?: ReactNode;
  readonly testId?: string;
}

const allUpTo = 100;
/** Drawn beyond what is in sight, so that a fast scroll does not flash. */
const margin = 12;

export function DataTable<T>(props: Props<T>) {
  const { label, columns, rows, keyOf, rowHeight = 2.6, maxHeight = 34, chosen, foot, testId } = props;
  const [top, setTop] = useState(0);
  const [rem, setRem] = useState(14);
  useLayoutEffect(() => setRem(Number.parseFloat(getComputedStyle(document.documentElement).fontSize)), []);
  const high = rowHeight * rem;
  const windowed = rows.length > allUpTo;
  const first = windowed ? Math.max(0, Math.floor(top / high) - margin) : 0;
  const last = windowed
    ? Math.min(rows.length, first + Math.ceil((maxHeight * rem) / high) + 2 * margin)
    : rows.length;
  const side = (column: Column<T>) =>
    `px-2 first:pl-4 last:pr-4 ${column.right ? "text-right" : "text-left"}`;
  const spacer = (height: number) =>
    height > 0 && (
      // biome-ignore lint/a11y/noAriaHiddenOnFocusable: an empty row can't be focused
      <tr aria-hidden="true">
        <td colSpan={columns.length} style={{ height }} />
      </tr>
    );
  return (
    <section
      aria-label={`Rows of ${label}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      style={{ maxHeight: `${maxHeight}rem` }}
      className="overflow-auto"
      onScroll={windowed ? (event) => setTop(event.currentTarget.scrollTop) : undefined}
    >
      <table
        aria-label={label}
        aria-rowcount={rows.length + 1}
        data-testid={testId}
        style={{ minWidth: `${leastWidth(columns)}rem` }}
        className="w-full table-fixed"
      >
        <colgroup>
          {columns.map(({ name, width }) => (
            <col key={name} style={{ width }} />
          ))}
        </colgroup>
        <thead className="bg-surface text-ink-soft sticky top-0 z-10 text-[13px]">
          <tr className="border-line border-b">
            {columns.map((column) => (
              <th key={column.name} scope="col" className={`py-1.5 font-medium ${side(column)}`}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {spacer(first * high)}
          {rows.slice(first, last).map((row, i) => {
            const key = keyOf(row);
            return (
              <tr
                key={key}
                aria-rowindex={first + i + 2}
                data-row={key}
                style={{ height: high }}
                className={`border-line border-b last:border-b-0 ${chosen === key ? "bg-accent-soft" : ""}`}
              >
                {columns.map((column) => (
                  <td
                    key={column.name}
                    className={`py-1 ${windowed ? "truncate" : "wrap-anywhere"} ${side(column)}`}
                  >
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
          {spacer((rows.length - last) * high)}
        </tbody>
      </table>
      {foot}
    </section>
  );
}
