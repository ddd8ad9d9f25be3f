/** The live figures as the server measures them, with the last minutes of each for the sparklines. */
import type { Kpis, LiveMetrics } from "../../../protocols/read-models.ts";
import { createStore } from "./store.ts";

/** Ten minutes at one measurement each five seconds. */
const kept = 120;

interface Metrics {
  readonly live: LiveMetrics | null;
  readonly kpis: Kpis | null;
  readonly history: readonly LiveMetrics[];
}

export const metrics = createStore<Metrics>({ live: null, kpis: null, history: [] });

export function measured(live: LiveMetrics): void {
  metrics.set((now) => ({ ...now, live, history: [...now.history, live].slice(-kept) }));
}

export function reckoned(kpis: Kpis): void {
  metrics.set((now) => ({ ...now, kpis }));
}
