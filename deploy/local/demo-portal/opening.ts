/**
 * One open position, made from the handwritten pools: the same seed and number give the same opening on every machine,
 * and the numbers never end. What a posting says about it (board, careers page, form) is derived from this value alone.
 */
import { backend } from "./data/backend.ts";
import { type City, type Company, companies, type PoolName } from "./data/companies.ts";
import { dataEngineering } from "./data/data-engineering.ts";
import { finance } from "./data/finance.ts";
import { frontend } from "./data/frontend.ts";
import { marketing } from "./data/marketing.ts";
import { nursing } from "./data/nursing.ts";
import type { Blueprint, Pool, Skill, Tier } from "./data/pool.ts";

export const pools: Readonly<Record<PoolName, Pool>> = {
  backend,
  frontend,
  dataEngineering,
  marketing,
  finance,
  nursing,
};

/** How many exist before the first new one appears: seven rounds of the plan below. */
export const initialOpenings = 112;

/**
 * Which profession and region each number of a round belongs to. Six cells have a demo candidate and come twice; the
 * other four only make the market look like one.
 */
const plan: readonly (readonly [PoolName, "eu" | "us"])[] = [
  ["backend", "eu"],
  ["frontend", "us"],
  ["dataEngineering", "eu"],
  ["marketing", "eu"],
  ["finance", "us"],
  ["nursing", "us"],
  ["dataEngineering", "us"],
  ["finance", "eu"],
  ["backend", "eu"],
  ["frontend", "us"],
  ["dataEngineering", "eu"],
  ["marketing", "eu"],
  ["finance", "us"],
  ["nursing", "us"],
  ["marketing", "us"],
  ["nursing", "eu"],
];

const tiers: readonly Tier[] = ["core", "near", "far"];

export interface Opening {
  readonly sequence: number;
  /** The requisition: shared by the board posting and the careers page of the same job. */
  readonly openingId: number;
  /** The posting's own number on the board or, if not on a board, on the careers site. */
  readonly jobId: number;
  /** A second number under which the company's own careers site lists the same job; null if it does not. */
  readonly mirrorId: number | null;
  readonly company: Company;
  readonly pool: PoolName;
  readonly tier: Tier;
  readonly title: string;
  readonly department: string;
  readonly city: City;
  readonly workplace: "on-site" | "hybrid" | "remote";
  readonly years: number;
  readonly about: string;
  readonly does: readonly string[];
  readonly must: readonly string[];
  /** Words by which a résumé shows each must-have, in the same order. For tests; no posting prints them. */
  readonly mustWords: readonly string[];
  readonly nice: readonly string[];
  readonly mustHeading: string;
  readonly niceHeading: string;
  readonly pay: { min: number; max: number; currency: "EUR" | "USD"; unit: "YEAR" | "HOUR" } | null;
  /** Days before the portal's first start, for the openings it starts with. */
  readonly ageDays: number;
}

/** A small integer hash (Mulberry-style mixing), so that choices look unordered and stay reproducible. */
const mix = (...parts: readonly number[]): number => {
  let hash = 0x9e3779b9;
  for (const part of parts) {
    hash = Math.imul(hash ^ part, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash >>> 0;
};

const at = <T>(list: readonly T[], index: number): T => {
  const found = list[((index % list.length) + list.length) % list.length];
  if (found === undefined)
    throw new Error("The demo portal's data has an empty list; see deploy/local/demo-portal/data.");
  return found;
};

const skillOf = (pool: Pool, key: string): Skill => {
  const skill = pool.skills[key];
  if (skill === undefined) throw new Error(`The demo portal's data names the unknown skill "${key}".`);
  return skill;
};

/** Which hires of this profession and region came before number `sequence`. */
const orderInCell = (sequence: number): number => {
  const [pool, region] = at(plan, sequence);
  const same = (slot: readonly [PoolName, "eu" | "us"]) => slot[0] === pool && slot[1] === region;
  const round = Math.floor(sequence / plan.length);
  return round * plan.filter(same).length + plan.slice(0, sequence % plan.length).filter(same).length;
};

/** The opening with this number; pure. Combinations run out after some 2,000, then titles get a roman numeral. */
export const openingAt = (seed: number, sequence: number): Opening => {
  const [poolName, region] = at(plan, sequence);
  const pool = pools[poolName];
  const order = orderInCell(sequence);
  const tier = at(tiers, order);
  const candidates = pool.blueprints.filter((one) => one.tier === tier);
  const visit = Math.floor(order / tiers.length);
  const blueprintIndex = visit % candidates.length;
  const blueprint: Blueprint = at(candidates, blueprintIndex);
  const hiring = companies.filter((one) => one.region === region && one.teams[poolName] !== undefined);
  // Mixed radix over company, team and city: every combination comes once before any comes again.
  const lap = Math.floor(visit / candidates.length);
  const company = at(hiring, lap + blueprintIndex + tiers.indexOf(tier) + seed);
  const teams = company.teams[poolName] ?? [];
  const lapOfCompany = Math.floor(lap / hiring.length);
  const teamIndex = (lapOfCompany + blueprintIndex + seed) % teams.length;
  const lapOfTeam = Math.floor(lapOfCompany / teams.length);
  const city = at(company.cities, lapOfTeam + blueprintIndex + teamIndex);
  const repeat = Math.floor(lapOfTeam / company.cities.length);

  const chance = mix(seed, sequence);
  const skills = (keys: readonly string[]) => keys.map((key) => skillOf(pool, key));
  const wording = (skill: Skill, index: number) =>
    (mix(chance, index) % 3 === 0 ? skill[2] : skill[1]).replace("{n}", String(blueprint.years));
  const base = pool.pay[region];
  const lift = 1 + (blueprint.years - 3) * 0.06;
  const step = base.unit === "HOUR" ? 1 : 1000;
  const round = (value: number) => Math.round((value * lift) / step) * step;
  const joiner = at([", ", " - ", ", "], chance >>> 3);
  const board = company.published !== "careers";
  const nth = Math.floor(sequence / 2);
  return {
    sequence,
    openingId: 3_100_000_000 + sequence * 1_013,
    jobId: board ? 4_200_000_000 + sequence * 1_009 + (seed % 997) : 700_000 + sequence * 17,
    mirrorId: company.published === "both" && (nth + order) % 2 === 0 ? 900_000_000 + sequence * 19 : null,
    company,
    pool: poolName,
    tier,
    title: `${blueprint.title}${joiner}${at(teams, teamIndex)}${repeat > 0 ? ` ${"I".repeat((repeat % 3) + 1)}` : ""}`,
    department: pool.department,
    city,
    workplace:
      pool.field === "healthcare"
        ? "on-site"
        : at(["hybrid", "on-site", "remote", "hybrid"] as const, chance >>> 5),
    years: blueprint.years,
    about: blueprint.mission,
    does: [
      ...blueprint.does,
      at(pool.does, chance),
      at(pool.does, chance + 1 + ((chance >>> 7) % (pool.does.length - 1))),
    ],
    must: skills(blueprint.must).map(wording),
    mustWords: skills(blueprint.must).map((skill) => skill[0]),
    nice: skills(blueprint.nice).map((skill) => skill[3]),
    mustHeading: at(
      ["Requirements", "What you bring", "Requirements", "What we are looking for"],
      chance >>> 9,
    ),
    niceHeading: at(
      ["Nice to have", "Bonus points", "Nice to have", "Preferred qualifications"],
      chance >>> 11,
    ),
    pay:
      chance % 5 < 3
        ? {
            min: round(base.min),
            max: round(base.max),
            currency: region === "eu" ? "EUR" : "USD",
            unit: base.unit,
          }
        : null,
    ageDays: (chance >>> 13) % 30,
  };
};
