/** The shape of the handwritten material that postings are made of. One pool per profession, one file each. */

/** [word a résumé shows it by, requirement, the same said otherwise, as a nice-to-have]; `{n}` becomes the years asked. */
export type Skill = readonly [word: string, must: string, mustOtherwise: string, nice: string];

/** How the demo candidate of this profession stands to it: has all must-haves, misses some, misses most. */
export type Tier = "core" | "near" | "far";

export interface Blueprint {
  readonly tier: Tier;
  readonly title: string;
  /** Years of experience asked for. */
  readonly years: number;
  readonly mission: string;
  /** Keys into the pool's skills. */
  readonly must: readonly string[];
  readonly nice: readonly string[];
  /** Responsibilities of this role; two more come from the pool's own list. */
  readonly does: readonly string[];
}

export interface Pool {
  readonly field: "software" | "data" | "marketing" | "finance" | "healthcare";
  readonly department: string;
  readonly skills: Readonly<Record<string, Skill>>;
  readonly does: readonly string[];
  readonly blueprints: readonly Blueprint[];
  /** Pay per region for a mid-level role; the years asked move it up. */
  readonly pay: Readonly<Record<"eu" | "us", { min: number; max: number; unit: "YEAR" | "HOUR" }>>;
}
