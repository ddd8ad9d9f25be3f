/**
 * Carries what an older version of a machine stored over to the current one. XState names the timers, invocations and history
 * of a state by the machine's id, which is its version: these names are carried over here, so that a timer set by the old
 * machine fires in the new one; the rest is the definition's `migrate`.
 */
import type { ActorRecord } from "./actor-record.ts";

interface PersistedParts {
  readonly children?: Readonly<Record<string, unknown>>;
  readonly historyValue?: Readonly<Record<string, readonly { readonly id: string }[]>>;
}

/** @throws what `migrate` throws */
export function carryOver(
  record: ActorRecord,
  to: string,
  migrate: (persisted: unknown, from: string) => unknown,
): ActorRecord {
  const from = record.version;
  const named = new RegExp(`(^|\\.)${from.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?=\\.|$)`, "g");
  const rename = (name: string) => name.replace(named, `$1${to}`);
  const keys = <T>(entries: Readonly<Record<string, T>>, change: (entry: T) => T = (entry) => entry) =>
    Object.fromEntries(Object.entries(entries).map(([key, entry]) => [rename(key), change(entry)]));
  const persisted = record.snapshot as PersistedParts;
  const snapshot = {
    ...persisted,
    children: keys(persisted.children ?? {}),
    historyValue: keys(persisted.historyValue ?? {}, (states) =>
      states.map(({ id }) => ({ id: rename(id) })),
    ),
  };
  return {
    ...record,
    version: to,
    snapshot: migrate(snapshot, from),
    timers: keys(record.timers, (timer) => ({
      ...timer,
      event: { ...timer.event, type: rename(timer.event.type) },
    })),
    tasks: keys(record.tasks),
  };
}
