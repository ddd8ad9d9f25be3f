/**
 * The supervision tree as data: per kind, what to do when a turn throws. A task that throws is first tried again by its
 * own policy (`TaskPolicy`), then the machine hears `onError`; a machine that has no answer to that fails like a turn.
 *
 * Read it aloud: "A portal's message that fails is tried three times, then it becomes a dead letter."
 */
import type { Kind } from "../protocols/address.ts";

/** What follows when the tries are used up. */
export type LastResort =
  /** The message goes to DEAD with its cause; the actor goes on with the next one. */
  | "dead-letter"
  /** The actor is parked with its mailbox, to be looked at and resumed; health names it. */
  | "pause"
  /** Parked as well, and health is not ok until it has been resumed. */
  | "escalate";

export interface SupervisionPolicy {
  /** Restarts from the last commit before the last resort; 0 = none. */
  readonly restarts: number;
  /** First wait, doubled each time, with a random factor of up to a half more. Milliseconds. */
  readonly minBackoffMs: number;
  readonly maxBackoffMs: number;
  readonly lastResort: LastResort;
}

/** A bug in a machine throws again: few tries, and the message is kept for a person while the actor goes on. */
const messageByMessage: SupervisionPolicy = {
  restarts: 1,
  minBackoffMs: 200,
  maxBackoffMs: 10_000,
  lastResort: "dead-letter",
};
/** A candidate's application must not lose a step: it stops with its mail, rather than go on without the message. */
const stepByStep: SupervisionPolicy = {
  restarts: 3,
  minBackoffMs: 200,
  maxBackoffMs: 30_000,
  lastResort: "pause",
};
/** One per queue or per system: if it stands still, everybody must know. */
const singleton: SupervisionPolicy = {
  restarts: 5,
  minBackoffMs: 200,
  maxBackoffMs: 30_000,
  lastResort: "escalate",
};

export const tree: Readonly<Record<Kind, SupervisionPolicy>> = {
  portal: messageByMessage,
  catalog: messageByMessage,
  matcher: messageByMessage,
  candidate: messageByMessage,
  application: stepByStep,
  dispatcher: singleton,
  employee: stepByStep,
  incidents: singleton,
  applier: stepByStep,
  archivist: singleton,
  pulse: singleton,
};

/** Wait before restart number `attempt` (1, 2, …), milliseconds: minimum x 2^(attempt-1), capped, times 1 to 1.5. */
export function backoffMs(
  policy: Pick<SupervisionPolicy, "minBackoffMs" | "maxBackoffMs">,
  attempt: number,
  random: number,
) {
  return Math.min(policy.maxBackoffMs, policy.minBackoffMs * 2 ** (attempt - 1)) * (1 + random / 2);
}
