/** Live updates held back, so that somebody can read or compare: what is theirs (topic `me`) still comes. */

import { freshness, useLive } from "./freshness.ts";
import { createStore, useStore } from "./store.ts";

export const paused = createStore(false);
export const togglePause = (): void => paused.set((now) => !now);

/** Neither cut off, nor the server from its system, nor paused: what is shown is what is so. */
export function useCurrent(): boolean {
  const live = useLive();
  const heard = useStore(freshness, (now) => now.upstreamLostAt === null);
  return !useStore(paused, (now) => now) && live && heard;
}
