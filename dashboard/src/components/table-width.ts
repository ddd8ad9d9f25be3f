/** How narrow a table may get before it scrolls sideways. */

/** In rem. A name or a short sentence in two lines. */
const freeColumn = 11;
const narrowest = 44;

/** In rem. In a table of fixed layout, columns without a width share what is left: of less than nothing they get none. */
export const leastWidth = (columns: ReadonlyArray<{ readonly width?: string }>): number =>
  Math.max(
    narrowest,
    columns.reduce(
      (sum, { width }) => sum + (width === undefined ? freeColumn : Number.parseFloat(width)),
      0,
    ),
  );
