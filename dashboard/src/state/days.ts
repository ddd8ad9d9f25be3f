/** Stretches of time as people name them, in the reader's own zone. Epoch milliseconds. */
export const dayMs = 86_400_000;

export function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** From the midnight `days` - 1 days before today's to now. */
export const lastDays = (now: number, days: number) => ({
  from: midnight(now - (days - 1) * dayMs),
  to: now,
});

/** As a query takes it: whole milliseconds. */
export const asQuery = ({ from, to }: { from: number; to: number }) => ({
  from: String(Math.floor(from)),
  to: String(Math.ceil(to)),
});
