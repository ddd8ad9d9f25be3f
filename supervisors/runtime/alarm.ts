/**
 * The broker keeps one scheduled message for each actor, its alarm: the earliest of its timers. The stored state knows all of
 * them, and the turn in which the earliest fired or was cancelled sets the next with the state that it stores. So ten timers
 * cost the broker one message, and ending them none.
 *
 * An alarm lies on a subject of its own timer, not of its actor: when the broker rings one it purges that subject, and would take
 * with it what was set there in the same moment (nats-server 2.15.1, `processJetStreamMsgWithRollup`).
 */
import { header, traceparent } from "../../protocols/envelope.ts";
import { subjects } from "../../protocols/subjects.ts";
import type { TimerEntry } from "./actor-record.ts";
import { type MailDelivery, ownMessage, startsAs, timerRing } from "./delivery.ts";
import type { OutboxMessage } from "./outbox.ts";

type Timers = Readonly<Record<string, TimerEntry>>;

/** What a turn changes about its actor's alarm. */
export interface AlarmChange {
  /** The subject of the one that stood. */
  readonly cancels: string | null;
  readonly sets: OutboxMessage | null;
}

const unchanged: AlarmChange = { cancels: null, sets: null };

/** @param before the timers of the stored state, @param after those of the state to be stored */
export function alarmChange(address: string, before: Timers, after: Timers): AlarmChange {
  if (before === after) return unchanged;
  const stood = earliest(before);
  const next = earliest(after);
  if (stood?.id === next?.id) return unchanged;
  return {
    cancels: stood && subjects.timer(address, stood.id),
    sets: next && scheduled(address, next),
  };
}

function earliest(timers: Timers): TimerEntry | null {
  let first: TimerEntry | null = null;
  for (const timer of Object.values(timers))
    if (!timer.rung && (first === null || timer.dueAt < first.dueAt)) first = timer;
  return first;
}

const scheduled = (address: string, { id, dueAt, trace, span }: TimerEntry): OutboxMessage => ({
  subject: subjects.timer(address, id),
  body: JSON.stringify(timerRing(id)),
  headers: [
    ["Nats-Schedule", `@at ${new Date(dueAt).toISOString()}`],
    ["Nats-Schedule-Target", subjects.mailbox(address)],
    [header.trace, traceparent(trace, span)],
  ],
});

const isAlarm = startsAs(ownMessage.timer);

/** The id of the timer that a message rings; null if it is another message. */
export function timerRungBy(message: Pick<MailDelivery, "body">): string | null {
  if (!isAlarm(message)) return null;
  const { timer }: { timer?: unknown } = JSON.parse(new TextDecoder().decode(message.body));
  return String(timer);
}

/**
 * An alarm that comes after its timer was rung from memory, or cancelled. Its id was made once and is gone, so nothing needs to be
 * stored to know it again.
 *
 * @param timers of the actor's stored state: an alarm exists only after the state that set it was stored.
 */
export function isStale(message: Pick<MailDelivery, "body">, timers: Timers): boolean {
  const rung = timerRungBy(message);
  return rung !== null && !Object.values(timers).some(({ id }) => id === rung);
}
