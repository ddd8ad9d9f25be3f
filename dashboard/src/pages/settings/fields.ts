/** The numbers of a queue as a form shows them: in people's units, with a name for each, and what it may be. */
import type { QueueSettings } from "../../../../protocols/queue-settings.ts";
import { type Bounds, numberProblem } from "../../components/number-problem.ts";

export interface Field extends Pick<Bounds, "min" | "max"> {
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

/** Its name, and what it may be, as `protocols/queue-settings.ts` has it; null: anything above 0. */
type Named = readonly [name: string, min: number | null, max: number];

const of = (part: Field["part"], unit: Field["unit"], names: Readonly<Record<string, Named>>): Field[] =>
  Object.entries(names).map(([key, [name, min, max]]) => ({ part, key, name, unit, min, max }));

export const fields: readonly Field[] = [
  ...of("terms", "min", {
    reviewMinMs: ["Shortest review", null, 480],
    reviewMaxMs: ["Longest review", null, 480],
    warnBeforeMs: ["Warning before the end", null, 60],
    extendMs: ["One extension gives", null, 60],
    excludeForMs: ["Not to who just missed it for", 0, 1_440],
    escalatedForMs: ["Escalated goes back after", 1, 1_440],
  }),
  ...of("terms", "s", {
    lastWarnMs: ["Second warning before the end", 0, 3_600],
    receiptGraceMs: ["Grace for the network", 0, 60],
    ackWithinMs: ["Must be shown within", null, 3_600],
  }),
  ...of("terms", "count", {
    selfExtensions: ["Extensions one may take", 0, 10],
    maxMisses: ["Misses before a manager", 1, 20],
  }),
  ...of("strikes", "count", {
    warnAtStrike: ["Warning at strike", 1, 20],
    lockAtStrike: ["Lock at strike", 1, 20],
    connectivityPardons: ["Pardons a week", 0, 50],
    cleanStreak: ["Clean reviews that clear one", 0, 1_000],
  }),
  ...of("strikes", "days", { expireAfterDays: ["A strike counts for", 0, 365] }),
  ...of("strikes", "%", { disconnectedShare: ["Disconnected, then excused above", 0, 100] }),
  ...of("queue", "min", {
    agingEveryMs: ["One level up for each", 1, 1_440],
    waiveExclusionAfterMs: ["Exclusion waived after", 0, 60],
    relaxSkillsAfterMs: ["A skill dropped after", 0, 1_440],
    correlatedWithinMs: ["Many missing at once, within", 1, 60],
  }),
  ...of("queue", "count", { correlatedPeople: ["Many are at least", 2, 1_000] }),
  ...of("queue", "%", { correlatedShare: ["and this share of those at work", 0, 100] }),
];

const partOf = (settings: QueueSettings, part: Field["part"]): object =>
  part === "queue" ? settings : settings[part];

/** In the field's unit. */
export function numberOf(settings: QueueSettings, { part, key, unit }: Field): number {
  const value: unknown = Reflect.get(partOf(settings, part), key);
  return typeof value === "number" ? Number((value / divisors[unit]).toFixed(4)) : Number.NaN;
}

/** What is wrong with it, in its own unit; "" if it is fine. */
export function fieldProblem(settings: QueueSettings, field: Field): string {
  const { min, max, unit } = field;
  const whole = unit === "count" || unit === "days";
  return numberProblem(String(numberOf(settings, field)), {
    ...{ min, max, whole },
    unit: unit === "count" ? "" : unit,
  });
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
