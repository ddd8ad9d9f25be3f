/** What a portal actor remembers, and the numbers that it follows. */
import type { Board, BoardStanding } from "../../protocols/portal.ts";
import { backOffMs } from "../back-off.ts";

export interface PortalSettings {
  readonly minBackoffMs: number;
  readonly maxBackoffMs: number;
}
export const portalSettings: PortalSettings = { minBackoffMs: 5_000, maxBackoffMs: 15 * 60_000 };

/** A board's answer that we no longer understand rarely heals by itself: look ten times less often than after a block. */
const changedFactor = 10;

export interface PortalContext extends PortalSettings {
  readonly id: string;
  readonly board: Board | null;
  readonly pollEveryMs: number;
  readonly known: readonly string[];
  readonly etag: string | null;
  /** In a row, of any sort. */
  readonly failures: number;
  readonly retryAfterMs: number | null;
  /** Why the breaker is open, for people; "" while it is closed. */
  readonly trouble: string;
  // Younger than the rest: states that were stored before lack them, see `whole`.
  /** Keys that the last look did not find any more. */
  readonly missing?: readonly string[];
  readonly state?: BoardStanding["state"];
  readonly since?: number;
  readonly lastLookAt?: number | null;
  readonly found?: number;
  readonly rejected?: number;
  /** Switched off for so long; null: until somebody switches it on. */
  readonly heldMs?: number | null;
}

const younger = {
  missing: [],
  state: "closed",
  since: 0,
  lastLookAt: null,
  found: 0,
  rejected: 0,
  heldMs: null,
} as const satisfies Partial<PortalContext>;

/** A context with all its fields, also if it was stored by an older build. */
export const whole = (context: PortalContext): Required<PortalContext> => ({ ...younger, ...context });

export const initialContext = (input: { id: string } & Partial<PortalSettings>): PortalContext => ({
  minBackoffMs: input.minBackoffMs ?? portalSettings.minBackoffMs,
  maxBackoffMs: input.maxBackoffMs ?? portalSettings.maxBackoffMs,
  id: input.id,
  board: null,
  pollEveryMs: 60_000,
  known: [],
  etag: null,
  failures: 0,
  retryAfterMs: null,
  trouble: "",
  ...younger,
});

/** Nothing of another board is known yet. */
export const forgotten = { known: [], etag: null, ...younger } as const;

export const paceOf = (ms: number) => Math.min(Math.max(ms, 100), 86_400_000);

export const holdOf = (ms: number) => Math.min(Math.max(ms, 1_000), 7 * 86_400_000);

export const waitOf = (context: PortalContext) =>
  backOffMs(
    context.id,
    context.failures,
    { minMs: context.minBackoffMs, maxMs: context.maxBackoffMs },
    context.retryAfterMs,
  );

export const longWaitOf = (context: PortalContext) => waitOf(context) * changedFactor;

export const sameBoard = (a: Board | null, b: Board) =>
  a !== null &&
  a.url === b.url &&
  a.adapter === b.adapter &&
  a.company === b.company &&
  a.region === b.region;

/** What is told to the bucket `boards`. `since` moves only with the state. */
export function standingOf(
  before: PortalContext,
  state: BoardStanding["state"],
  at: number,
  nextLookAt: number | null,
): BoardStanding {
  const context = whole(before);
  if (context.board === null) throw new Error(`Portal ${context.id} has no board to tell of.`);
  return {
    board: context.board,
    pollEveryMs: context.pollEveryMs,
    state,
    since: context.state === state && context.since > 0 ? context.since : at,
    reason: context.trouble,
    lastLookAt: context.lastLookAt,
    nextLookAt,
    found: context.found,
    rejected: context.rejected,
    listed: context.known.length,
  };
}
