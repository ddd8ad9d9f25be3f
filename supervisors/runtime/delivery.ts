/** One input of an actor: a message from its mailbox, or an answer of one of its own tasks. */

/** A message of the partition's log. */
export interface MailDelivery {
  readonly kind: "mail";
  readonly address: string;
  /** Its sequence in ACTS; grows within one mailbox. */
  readonly sequence: number;
  readonly subject: string;
  readonly body: Uint8Array;
  readonly trace: string | null;
  /** The step of the trace that said it. */
  readonly span?: string | null;
  readonly from: string | null;
  ack(): void;
  /** Still at it: a task's marker is acknowledged only when the task has been answered. */
  working(): void;
}

/** What a task brought. Not stored as a message: until its turn is committed, a crash runs the task again. */
export interface TaskDelivery {
  readonly kind: "task";
  readonly address: string;
  readonly invokeId: string;
  readonly taskId: string;
  readonly result:
    | { readonly ok: true; readonly output: unknown }
    | { readonly ok: false; readonly error: unknown };
  /** When it ran, epoch milliseconds, the tries before the last one included. */
  readonly startedAt?: number;
  readonly endedAt?: number;
  /** Runs once the answer has been stored. */
  readonly settled: readonly (() => void | Promise<void>)[];
}

/** A timer that nobody rang in time. */
export interface OverdueDelivery {
  readonly kind: "overdue";
  readonly address: string;
  readonly timerId: string;
}

/** Says nothing to the machine: its state is stored once more, which proves that the partition is still ours. */
export interface ProofDelivery {
  readonly kind: "proof";
  readonly address: string;
}

/** What a machine may hear. */
export type Input = MailDelivery | TaskDelivery | OverdueDelivery;
export type Delivery = Input | ProofDelivery;

/** The runtime's own messages in a mailbox. They carry ids that only the owner's stored state knows. */
export const ownMessage = {
  timer: "callboard.timer",
  task: "callboard.task",
  resume: "callboard.resume",
} as const;

/** What the broker says when a timer is due. */
export const timerRing = (timerId: string) => ({ type: ownMessage.timer, timer: timerId });

/** Tells such a message apart by its first bytes, since every message is asked; the last of them first, since all begin alike. */
export function startsAs(type: string): (message: Pick<MailDelivery, "body">) => boolean {
  const start = new TextEncoder().encode(`{"type":"${type}"`);
  return ({ body }) => {
    for (let at = start.length - 1; at >= 0; at--) if (body[at] !== start[at]) return false;
    return true;
  };
}
