/** Settings under change: what was typed, and the version that it was typed into. Two managers may do so at the same time. */
import type { QueueSettings } from "../../../../protocols/queue-settings.ts";

interface Version {
  readonly settings: QueueSettings;
  readonly version: number;
}

export interface Draft {
  readonly from: Version;
  readonly settings: QueueSettings;
}

/** Somebody has changed them since. */
export const isBehind = ({ from }: Draft, newest: Version): boolean => from.version !== newest.version;

/** The same changes made to the newest version: what was not touched is as somebody else left it. */
export const onTopOf = ({ from, settings }: Draft, newest: Version): Draft => ({
  from: { settings: newest.settings, version: newest.version },
  settings: {
    ...touched(from.settings, settings, newest.settings),
    terms: touched(from.settings.terms, settings.terms, newest.settings.terms),
    strikes: touched(from.settings.strikes, settings.strikes, newest.settings.strikes),
  },
});

function touched<T extends object>(before: T, after: T, newest: T): T {
  const result = { ...newest };
  for (const key of Object.keys(after) as (keyof T)[])
    if (JSON.stringify(after[key]) !== JSON.stringify(before[key])) result[key] = after[key];
  return result;
}
