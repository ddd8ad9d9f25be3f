/**
 * Questions that only read, answered by the owner from the actor's stored state: nothing is stored and nothing waits in the mailbox.
 * Whatever would change or say anything is not answered here; it is to be told by mail.
 */
import type { MailDelivery } from "./delivery.ts";
import { type ActorState, type TurnContext, takeTurn } from "./turn.ts";

/** @returns the reply, or null if the machine would do more than reply */
export function look(context: TurnContext, state: ActorState, body: Uint8Array): string | null {
  if (state.snapshot === null || state.paused !== null) return null;
  const question: MailDelivery = {
    kind: "mail",
    address: context.address,
    sequence: state.cursor + 1,
    subject: "",
    body,
    trace: null,
    from: null,
    ack: () => {},
    working: () => {},
  };
  const turn = takeTurn(context, state, [question]);
  const [reply, ...others] = turn.replies;
  if (reply === undefined || others.length > 0 || turn.failure !== null) return null;
  return turn.messages.length === 0 && sameState(state, turn.state) ? reply.body : null;
}

/** But for the cursor. */
function sameState(before: ActorState, after: ActorState): boolean {
  return (
    sameValues(before.snapshot?.context, after.snapshot?.context) &&
    before.snapshot?.status === after.snapshot?.status &&
    JSON.stringify(before.snapshot?.value) === JSON.stringify(after.snapshot?.value) &&
    before.timers === after.timers &&
    before.tasks === after.tasks &&
    before.ignored === after.ignored &&
    after.paused === null
  );
}

/** An assign that changes nothing makes a new context of the same values. */
function sameValues(before: object = {}, after: object = {}): boolean {
  const now = Object.entries(after);
  return (
    now.length === Object.keys(before).length &&
    now.every(([key, value]) => (before as Record<string, unknown>)[key] === value)
  );
}
