/** Is what the page shows current? Written by the socket, read by the strip and by everything that can go stale. */
import type { Link } from "../socket/connection.ts";
import { createStore, useStore } from "./store.ts";

export interface Freshness {
  readonly link: Link;
  readonly attempt: number;
  /** The server itself has been cut off from the system since then, epoch ms: what is shown is from before. */
  readonly upstreamLostAt: number | null;
  /** Epoch ms of the last frame heard; null before the first. */
  readonly heardAt: number | null;
  readonly roundTripMs: number | null;
  /** The highest number of a frame heard. */
  readonly seq: number | null;
}

export const freshness = createStore<Freshness>({
  link: "connecting",
  attempt: 0,
  upstreamLostAt: null,
  heardAt: null,
  roundTripMs: null,
  seq: null,
});

export const useLive = (): boolean => useStore(freshness, (now) => now.link === "open");
