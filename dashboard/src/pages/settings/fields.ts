/** The numbers of a queue as a form shows them: in people's units, with a name for each. */
import type { QueueSettings } from "../../../../protocols/queue-settings.ts";

interface Field {
  readonly part: "terms" | "strikes" | "queue";
  readonly key: string;
  readonly name: string;
  readonly unit: "min" | "s" | "days" | "%" | "count";
}

const divisors: Readonly<Record<Field["unit"], number>> = {
  min: 60_000,
  s: 1_000,
  days: 1,
  "%": 0.01,
  count: 1,
};

const of = (part: Field["part"], unit: Field["unit"], names: Readonly<Record<string, string>>): Field[] =>
  Object.entries(names).map(([key, name]) => ({ part, key, name, unit }));

export const fields: readonly Field[] = [
  ...of("terms", "min", {
    reviewMinMs: "Shortest review",
    reviewMaxMs: "Longest review",
    warnBeforeMs: "Warning before the end",
    extendMs: "One extension gives",
    excludeForMs: "Not to who just missed it for",
    escalatedForMs: "Escalated goes back after",
  }),
  ...of("terms", "s", {
    lastWarnMs: "Second warning before the end",
    receiptGraceMs: "Grace for the network",
    ackWithinMs: "Must be shown within",
  }),
  ...of("terms", "count", {
    selfExtensions: "Extensions one may take",
    maxMisses: "Misses before a manager",
  }),
  ...of("strikes", "count", {
    warnAtStrike: "Warning at strike",
    lockAtStrike: "Lock at strike",
    connectivityPardons: "Pardons a week",
    cleanStreak: "Clean reviews that clear one",
  }),
  ...of("strikes", "days", { expireAfterDays: "A strike counts for" }),
  ...of("strikes", "%", { disconnectedShare: "Disconnected, then excused above" }),
  ...of("queue", "min", {
    agingEveryMs: "One level up for each",
    waiveExclusionAfterMs: "Exclusion waived after",
    relaxSkillsAfterMs: "A skill dropped after",
    correlatedWithinMs: "Many missing at once, within",
  }),
  ...of("queue", "count", { correlatedPeople: "Many are at least" }),
  ...of("queue", "%", { correlatedShare: "and this share of those at work" }),
];

const partOf = (settings: QueueSettings, part: Field["part"]): object =>
  part === "queue" ? settings : settings[part];

/** In the field's unit. */
export function numberOf(settings: QueueSettings, { part, key, unit }: Field): number {
  const value: unknown = Reflect.get(partOf(settings, part), key);
  return typeof value === "number" ? Number((value / divisors[unit]).toFixed(4)) : Number.NaN;
}

export function withNumber(
  settings: QueueSettings,
  { part, key, unit }: Field,
  value: number,
): QueueSettings {
  const stored = unit === "%" ? value * divisors[unit] : Math.round(value * divisors[unit]);
  return part === "queue"
    ? { ...settings, [key]: stored }
    : { ...settings, [part]: { ...settings[part], [key]: stored } };
}
