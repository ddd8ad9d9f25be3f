/**
 * The ATS score: how well a résumé answers a posting, 0 to 100, with its reasons. Pure and deterministic.
 *
 * 90 means that a reviewer would send the résumé unchanged: every must-have shown, the same trade, enough years. So the
 * score is made of those, each explained, and what a machine must not approve by itself (a must-have without evidence, an
 * incomplete or padded résumé, a posting without requirements) is capped below 90. Meaning by the sentence encoder finds
 * evidence that keywords miss and makes a small part of its own; the raw cosine decides nothing alone.
 */
import type { JsonResume } from "../../../protocols/json-resume.ts";
import type { MatchScore, RequirementsPart } from "../../../protocols/match-score.ts";
import type { Posting } from "../../../protocols/posting.ts";
import { type Evidence, evidenceFor } from "./evidence.ts";
import { titleLikeness, yearsOfRank } from "./job-titles.ts";
import { qualityGates } from "./quality.ts";
import { demandsOf, type PostingDemands, type Requirement } from "./requirements.ts";
import { type Job, type ResumeReading, readResume, yearsOf } from "./resume-lines.ts";
import type { Similarity } from "./similarity.ts";
import { plain, ramp } from "./words.ts";

/** Changes with every change of the rules that can change a score. */
export const SCORER = "ats-1";

/** Shares of the score; a part the posting says nothing about gives its share to the must-haves. */
const WEIGHTS = { mustHaves: 50, niceToHaves: 6, title: 16, experience: 14, semantic: 14 };
/** The most a pair can reach that a machine must not approve. */
const CAP = 89;

/** The posting as scoring needs it. */
export type ScoredPosting = Pick<Posting, "title" | "description" | "datePosted">;

interface Reading {
  readonly demands: PostingDemands;
  readonly resume: ReadingOfResume;
  readonly title: string;
  readonly asked: readonly string[];
}
type ReadingOfResume = ResumeReading;

/** Who scores, embeds these first: every sentence that `scorePosting` will compare. At most about 400. */
export function sentencesFor(posting: ScoredPosting, resume: JsonResume): string[] {
  const { title, asked, resume: reading } = read(posting, resume, undefined);
  const titles = [reading.label, ...reading.jobs.map((job) => job.title)];
  const all = [title, ...titles, ...asked, ...reading.lines.map((line) => line.text)];
  return [...new Set(all.filter((sentence) => sentence.length > 0))];
}

/**
 * @param similarity made by `similarityOf` from the vectors of `sentencesFor(posting, resume)`
 * @param today "YYYY-MM-DD", ends jobs that still last; without it the day of the posting
 */
export function scorePosting(
  posting: ScoredPosting,
  resume: JsonResume,
  similarity: Similarity,
  today?: string,
): MatchScore {
  const { demands, resume: reading, title, asked } = read(posting, resume, today);
  if (reading.lines.length === 0) return nothingToScore(reading, demands);

  const titlePart = scoreTitle(title, reading, similarity);
  const relevant = relevantJobs(title, demands, reading, similarity);
  const years = yearsOf(relevant);
  const context = { resume, reading, similarity, years, yearsLine: yearsLine(years, relevant) };
  const must = demands.must.map((requirement) => evidenceFor(requirement, context));
  const nice = demands.nice.map((requirement) => evidenceFor(requirement, context));
  const weights = weightsFor(demands);

  const parts: MatchScore["parts"] = {
    mustHaves: requirementsPart(weights.mustHaves, demands.must, must),
    niceToHaves: requirementsPart(weights.niceToHaves, demands.nice, nice),
    title: { weight: weights.title, ...titlePart },
    experience: { weight: weights.experience, ...scoreYears(title, demands, years, relevant) },
    semantic: { weight: weights.semantic, ...scoreMeaning(asked, demands.soft.length, reading, similarity) },
  };
  const gates = qualityGates({ resume, reading, demands, postingText: posting.description, must });
  const failed = gates.filter((gate) => !gate.passed).map((gate) => gate.reason);
  const sum = Object.values(parts).reduce((total, { weight, value }) => total + weight * value, 0);
  return {
    score: round(Math.min(sum, failed.length > 0 ? CAP : 100), 1),
    version: SCORER,
    parts,
    gates,
    quality: { passed: failed.length === 0, reasons: failed },
  };
}

function read(posting: ScoredPosting, resume: JsonResume, today: string | undefined): Reading {
  const demands = demandsOf(posting);
  const now = posting.datePosted ?? today ?? latestDate(resume);
  return {
    demands,
    resume: readResume(resume, posting.description, today ?? now),
    title: plain(posting.title).slice(0, 200),
    asked: [...demands.must, ...demands.nice].map((one) => one.text),
  };
}

/** Without any clock the résumé's own latest date is "now": too early rather than too late. */
function latestDate(resume: JsonResume): string {
  const dates = (resume.work ?? []).flatMap((job) => [job.startDate ?? "", job.endDate ?? ""]);
  return dates.sort().at(-1) ?? "";
}

function weightsFor(demands: PostingDemands) {
  const niceToHaves = demands.nice.length > 0 ? WEIGHTS.niceToHaves : 0;
  return { ...WEIGHTS, niceToHaves, mustHaves: WEIGHTS.mustHaves + WEIGHTS.niceToHaves - niceToHaves };
}

function requirementsPart(
  weight: number,
  asked: readonly Requirement[],
  evidence: readonly Evidence[],
): RequirementsPart {
  const pairs = asked.map((requirement, index) => ({ text: requirement.text, evidence: evidence[index] }));
  const sum = evidence.reduce((total, one) => total + one.value, 0);
  return {
    weight,
    value: round(asked.length > 0 ? sum / asked.length : 0, 3),
    found: pairs.flatMap(({ text, evidence }) =>
      evidence?.found ? [{ requirement: text, evidence: evidence.lines.join(" · ") }] : [],
    ),
    missing: pairs.flatMap(({ text, evidence }) => (evidence?.found ? [] : [text])),
  };
}

/** The best of the résumé's label and its positions; a trade left years ago counts for less. */
function scoreTitle(title: string, reading: ReadingOfResume, similarity: Similarity) {
  const latest = Math.max(0, ...reading.jobs.map((job) => job.end));
  const candidates = [
    { name: reading.label, share: 1 },
    ...reading.jobs.map((job) => ({ name: job.title, share: latest - job.end <= 24 ? 1 : 0.8 })),
  ];
  let best = { value: 0, name: "" };
  for (const { name, share } of candidates) {
    const value = share * titleLikeness(title, name, similarity(title, name));
    if (value > best.value) best = { value, name };
  }
  return {
    value: round(best.value, 3),
    detail: best.name
      ? `Nearest to "${title}": ${best.name}.`
      : `Nothing in the résumé is near to "${title}".`,
  };
}

/** Jobs of the posting's trade or a neighbouring one, or in which at least two of the must-haves were used. */
function relevantJobs(
  title: string,
  demands: PostingDemands,
  reading: ReadingOfResume,
  similarity: Similarity,
): Job[] {
  const wanted = new Set(demands.must.flatMap((requirement) => requirement.skills.flat()));
  return reading.jobs.filter((job) => {
    const used = [...job.skills].filter((skill) => wanted.has(skill)).length;
    const likeness = titleLikeness(title, job.title, similarity(title, job.title));
    return likeness >= 0.7 || (likeness >= 0.5 && used >= 2) || used >= 4;
  });
}

function scoreYears(title: string, demands: PostingDemands, years: number, relevant: readonly Job[]) {
  const stated = Math.max(0, ...demands.must.map((requirement) => requirement.years));
  // Without a figure the title's rank says what is expected, and a title without a rank expects two years.
  const wanted = stated > 0 ? stated : (yearsOfRank(title) ?? 2);
  const value = wanted === 0 ? 1 : Math.min(1, (years + 0.2) / wanted);
  const source = stated > 0 ? "asked for" : "usual for the title";
  return { value: round(value, 3), detail: `${wanted} years ${source}. ${yearsLine(years, relevant)}` };
}

function yearsLine(years: number, relevant: readonly Job[]): string {
  const jobs = relevant.map((job) => job.label).slice(0, 3);
  return jobs.length > 0
    ? `${years.toFixed(1)} years as ${jobs.join("; ")}.`
    : "No time in a job of this kind.";
}

/**
 * Mean over what is asked of the nearest line's cosine. Measured: a résumé of another trade comes to 0.38 to 0.60 (median
 * 0.50), since any two lines about work are somewhat alike, one that has it all to 0.53 to 0.65. The spread is set to that.
 */
function scoreMeaning(
  asked: readonly string[],
  soft: number,
  reading: ReadingOfResume,
  similarity: Similarity,
) {
  const nearest = asked.map((text) =>
    Math.max(0, ...reading.lines.map((line) => similarity(text, line.text))),
  );
  const mean = nearest.reduce((sum, one) => sum + one, 0) / Math.max(1, nearest.length);
  const unscored = soft > 0 ? ` ${soft} lines about character were not scored.` : "";
  return {
    value: round(ramp(mean, 0.4, 0.62), 3),
    detail: `The nearest lines are alike to ${mean.toFixed(2)} on average over ${asked.length} requirements.${unscored}`,
  };
}

function nothingToScore(reading: ReadingOfResume, demands: PostingDemands): MatchScore {
  const reason =
    reading.copied.length > 0
      ? "The résumé consists of text copied from the posting."
      : "The résumé is empty: there is nothing to compare with the posting.";
  const weights = weightsFor(demands);
  const none = { value: 0, detail: reason };
  return {
    score: 0,
    version: SCORER,
    parts: {
      mustHaves: requirementsPart(weights.mustHaves, demands.must, []),
      niceToHaves: requirementsPart(weights.niceToHaves, demands.nice, []),
      title: { weight: weights.title, ...none },
      experience: { weight: weights.experience, ...none },
      semantic: { weight: weights.semantic, ...none },
    },
    gates: [{ name: "complete", passed: false, reason }],
    quality: { passed: false, reasons: [reason] },
  };
}

const round = (value: number, digits: number) => Math.round(value * 10 ** digits) / 10 ** digits;
