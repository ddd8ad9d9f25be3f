/**
 * A timer's message that comes after the timer was rung from memory, or cancelled. Its id was made once and is gone, so nothing
 * needs to be stored to know it again.
 */
import type { TimerEntry } from "./actor-record.ts";
import { type MailDelivery, ownMessage } from "./delivery.ts";

const start = new TextEncoder().encode(`{"type":"${ownMessage.timer}"`);

/** @param timers of the actor's stored state: a timer's message exists only after the state that set it was stored. */
export function isStaleTimer(
  { body }: Pick<MailDelivery, "body">,
  timers: Readonly<Record<string, TimerEntry>>,
): boolean {
  // Told apart by its first bytes, since every message is asked.
  if (body.length < start.length || !start.every((byte, i) => body[i] === byte)) return false;
  const { timer }: { timer?: unknown } = JSON.parse(new TextDecoder().decode(body));
  return !Object.values(timers).some(({ id }) => id === timer);
}
