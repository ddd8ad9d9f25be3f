/**
 * Whether this edge itself hears the system. A page whose own line is up would else show what is old as live, for as long as the
 * broker is away.
 */
export interface Upstream {
  lost(): void;
  back(): void;
  /** When it was lost, epoch milliseconds; null while it is up, or was lost only just now. */
  lostAt(): number | null;
}

/** A line that only flickers is nobody's news. */
const flickerMs = 1_000;

/** @param tell everybody, when it changes */
export const watchUpstream = (tell: (lostAt: number | null) => void): Upstream => {
  let told: number | null = null;
  let timer: NodeJS.Timeout | null = null;
  return {
    lost: () => {
      if (timer !== null || told !== null) return;
      const at = Date.now();
      timer = setTimeout(() => {
        told = at;
        tell(told);
      }, flickerMs).unref();
    },
    back: () => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      if (told === null) return;
      told = null;
      tell(told);
    },
    lostAt: () => told,
  };
};
