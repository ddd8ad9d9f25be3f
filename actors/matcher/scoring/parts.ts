/** The parts of the score that are not requirements: title, experience, meaning. Each with a sentence that explains it. */
import { type Nearness, RESUME_LINES } from "./background.ts";
import { titleLikeness, yearsOfRank } from "./job-titles.ts";
import type { PostingDemands } from "./requirements.ts";
import type { ResumeDocument } from "./resume-document.ts";
import type { Job, ResumeReading } from "./resume-lines.ts";
import type { Similarity } from "./similarity.ts";
import type { Trade, TradeFit } from "./trade-fit.ts";
import { ramp } from "./words.ts";

export interface Explained {
  /** 0 to 1. */
  readonly value: number;
  readonly detail: string;
}

/** Occupations know all trades, our own table of trades knows some of them better: a quarter of the part is its. */
export const TABLE_SHARE = 0.25;

/** What the person was called against what the posting looks for; a trade left years ago counts for less. */
export function titlePart(
  title: string,
  trade: Trade,
  fit: TradeFit,
  document: ResumeDocument,
  reading: ResumeReading,
  similarity: Similarity,
): Explained {
  const best = nearestTitle(title, document, reading, similarity);
  const value = title === "" ? fit.titles : (1 - TABLE_SHARE) * fit.titles + TABLE_SHARE * best.value;
  const wanted = title === "" ? "The posting's text" : `"${title}"`;
  const kind = trade.name ? ` (${trade.name})` : "";
  return {
    value,
    detail: best.name
      ? `Nearest to ${wanted}${kind}: ${best.name}.`
      : `Nothing in the résumé is near to ${wanted}${kind}.`,
  };
}

function nearestTitle(
  title: string,
  { titles }: ResumeDocument,
  { jobs, label }: ResumeReading,
  similarity: Similarity,
): { value: number; name: string } {
  const latest = Math.max(0, ...jobs.map((job) => job.end));
  const dated = jobs.map((job) => ({ name: job.title, share: latest - job.end <= 24 ? 1 : 0.8 }));
  const names =
    jobs.length > 0 ? [{ name: label, share: 1 }, ...dated] : titles.map((name) => ({ name, share: 1 }));
  let best = { value: 0, name: "" };
  for (const { name, share } of names) {
    const value = share * titleLikeness(title, name, similarity(title, name));
    if (value > best.value) best = { value, name };
  }
  return best;
}

/** Jobs of the posting's trade or a neighbouring one, or in which at least two of the must-haves were used. */
export function relevantJobs(
  title: string,
  demands: PostingDemands,
  reading: ResumeReading,
  similarity: Similarity,
): Job[] {
  const wanted = new Set(demands.must.flatMap((requirement) => requirement.skills.flat()));
  return reading.jobs.filter((job) => {
    const used = [...job.skills].filter((skill) => wanted.has(skill)).length;
    const likeness = titleLikeness(title, job.title, similarity(title, job.title));
    return likeness >= 0.7 || (likeness >= 0.5 && used >= 2) || used >= 4;
  });
}

export function experiencePart(
  title: string,
  demands: PostingDemands,
  years: number,
  relevant: readonly Job[],
): Explained {
  const stated = Math.max(0, ...demands.must.map((requirement) => requirement.years));
  // Without a figure the title's rank says what is expected, and a title without a rank expects two years.
  const wanted = stated > 0 ? stated : (yearsOfRank(title) ?? 2);
  const value = wanted === 0 ? 1 : Math.min(1, (years + 0.2) / wanted);
  const source = stated > 0 ? "asked for" : "usual for the title";
  return { value, detail: `${wanted} years ${source}. ${yearsLine(years, relevant)}` };
}

export function yearsLine(years: number, relevant: readonly Job[]): string {
  const jobs = relevant.map((job) => job.label).slice(0, 3);
  return jobs.length > 0
    ? `${years.toFixed(1)} years as ${jobs.join("; ")}.`
    : "No time in a job of this kind.";
}

/** The encoder's share of the part: on its own it is right less often than the occupations are. */
export const NEARNESS_SHARE = 0.2;

/** What the résumé tells, by the occupations that it is alike to and by the meaning of its lines. */
export function semanticPart(fit: TradeFit, near: Nearness, soft: number): Explained {
  const unscored = soft > 0 ? ` ${soft} lines about character were not scored.` : "";
  const trade = ramp(fit.text, 0, 1);
  return {
    value: (1 - NEARNESS_SHARE) * trade + NEARNESS_SHARE * near.value,
    detail:
      `What the résumé tells is of the posting's trade to ${Math.round(100 * trade)} %; its first ${RESUME_LINES} lines are ` +
      `${near.above.toFixed(1)} standard deviations nearer in meaning than any résumé's.${unscored}`,
  };
}
