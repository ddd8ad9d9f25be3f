/**
 * A timer's message that comes after the timer was rung from memory, or cancelled. Its id was made once and is gone, so nothing
 * needs to be stored to know it again.
 */
import type { TimerEntry } from "./actor-record.ts";
import { type MailDelivery, ownMessage, startsAs } from "./delivery.ts";

const isTimer = startsAs(ownMessage.timer);

/** @param timers of the actor's stored state: a timer's message exists only after the state that set it was stored. */
export function isStaleTimer(
  message: Pick<MailDelivery, "body">,
  timers: Readonly<Record<string, TimerEntry>>,
): boolean {
  if (!isTimer(message)) return false;
  const { timer }: { timer?: unknown } = JSON.parse(new TextDecoder().decode(message.body));
  return !Object.values(timers).some(({ id }) => id === timer);
}
