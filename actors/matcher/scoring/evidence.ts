/** Looks for the résumé line that shows a requirement. */
import type { JsonResume } from "../../../protocols/json-resume.ts";
import { degreeLevel, type Requirement } from "./requirements.ts";
import type { ResumeLine, ResumeReading } from "./resume-lines.ts";
import type { Similarity } from "./similarity.ts";
import { overlap, plain, ramp, stemsOf, tellingStems } from "./words.ts";

export interface Evidence {
  /** 0 to 1: how much of the requirement is shown. */
  readonly value: number;
  /** Whether it counts as covered. */
  readonly found: boolean;
  /** The lines that show it; empty if none does. */
  readonly lines: readonly string[];
  /** Covered by something done, not only by a name in a list. */
  readonly shown: boolean;
  /** Found by meaning, and not by a word that both have. */
  readonly byMeaning?: boolean;
}

export interface EvidenceContext {
  readonly resume: JsonResume;
  readonly reading: ResumeReading;
  readonly similarity: Similarity;
  /** Years in jobs that have to do with the posting. */
  readonly years: number;
  /** A line that tells where the years come from. */
  readonly yearsLine: string;
}

/** A skill that is only listed is worth a little less than one that was used somewhere. */
const LISTED = 0.85;
const NONE: Evidence = { value: 0, found: false, lines: [], shown: false };

/** Everything a line asks for must be shown: skills, years, degree and languages each on their own. */
export function evidenceFor(requirement: Requirement, context: EvidenceContext): Evidence {
  const checks: Evidence[] = [];
  if (requirement.skills.length > 0) checks.push(skillsEvidence(requirement, context));
  if (requirement.names.length > 0) checks.push(namesEvidence(requirement.names, context));
  if (requirement.years > 0) checks.push(yearsEvidence(requirement.years, context));
  if (requirement.degree > 0) checks.push(degreeEvidence(requirement, context));
  for (const group of requirement.languages) checks.push(languageEvidence(group, requirement.text, context));
  // Years and nothing known beside them: "four years organising trade fairs" asks for trade fairs, too.
  const prose = checks.length === 0 || (requirement.years > 0 && checks.length === 1);
  if (prose && stemsOf(requirement.text).size > 0) checks.push(meaningEvidence(requirement.text, context));
  if (checks.length === 0) return NONE;
  return {
    value: checks.reduce((sum, check) => sum + check.value, 0) / checks.length,
    found: checks.every((check) => check.found),
    lines: [...new Set(checks.flatMap((check) => check.lines))].slice(0, 3),
    shown: checks.some((check) => check.shown),
    byMeaning: checks.some((check) => check.byMeaning),
  };
}

function skillsEvidence({ skills, text }: Requirement, { reading, similarity }: EvidenceContext): Evidence {
  const lines: string[] = [];
  let value = 0;
  let met = 0;
  let shown = 0;
  for (const group of skills) {
    // Most telling line first: done before listed, then the one whose meaning is nearest to the requirement.
    const best = reading.lines
      .filter((line) => group.some((skill) => line.skills.has(skill)))
      .map((line) => ({ line, rank: (line.kind === "shown" ? 2 : 0) + similarity(text, line.text) }))
      .reduce<{ line: ResumeLine; rank: number } | undefined>(
        (a, b) => (a && a.rank >= b.rank ? a : b),
        undefined,
      );
    if (!best) continue;
    met += 1;
    if (best.line.kind === "shown") shown += 1;
    value += best.line.kind === "shown" ? 1 : LISTED;
    lines.push(best.line.text);
  }
  // Of a long list a reviewer forgives one gap.
  const found = met === skills.length || (skills.length >= 4 && met >= skills.length - 1);
  return { value: value / skills.length, found, lines, shown: shown > 0 };
}

/** A name must stand in the résumé; one that is alike in meaning is another thing. */
function namesEvidence(names: readonly string[], { reading }: EvidenceContext): Evidence {
  const lines = names.flatMap((name) => reading.lines.find((line) => line.words.has(name)) ?? []);
  return {
    value: lines.length / names.length,
    found: lines.length === names.length,
    lines: [...new Set(lines.map((line) => line.text))],
    shown: lines.some((line) => line.kind === "shown"),
  };
}

function yearsEvidence(asked: number, { years, yearsLine }: EvidenceContext): Evidence {
  // Two months short of five years are five years to any reviewer.
  const found = years >= asked - 0.2;
  return { value: found ? 1 : years / asked, found, lines: years > 0 ? [yearsLine] : [], shown: years > 0 };
}

/** A degree of the level asked for and, if the posting names a subject, in that one or in one near to it. */
function degreeEvidence(
  { text, degree, degreeOrExperience }: Requirement,
  context: EvidenceContext,
): Evidence {
  const subject = stemsOf(
    /\b(?:in|of)\s+(.*)$/i.exec(text.replace(/\b(bachelor|master) of (science|arts)\b/gi, ""))?.[1] ?? "",
  );
  for (const school of context.resume.education ?? []) {
    const line = [school.studyType, school.area, school.institution].filter(Boolean).join(", ");
    // A study without a named degree, but at a university, is read as a bachelor's.
    const level = degreeLevel(line) || (/universit|college|hochschule/i.test(line) ? 2 : 1);
    const near = overlap(subject, stemsOf(line)) > 0 || context.similarity(text, plain(line)) >= 0.45;
    if (level >= degree && (subject.size === 0 || near))
      return { value: 1, found: true, lines: [line], shown: true };
  }
  if (degreeOrExperience && context.years >= 4)
    return { value: 1, found: true, lines: [context.yearsLine], shown: true };
  return NONE;
}

const WEAK_LEVEL = /\b(basic|beginner|elementary|a1|a2|limited)\b/i;

export function languageEvidence(
  group: readonly string[],
  asked: string,
  { resume }: Pick<EvidenceContext, "resume">,
): Evidence {
  const spoken = resume.languages ?? [];
  for (const language of group) {
    const entry = spoken.find((one) => one.language?.toLowerCase().includes(language.toLowerCase()));
    if (entry && (!WEAK_LEVEL.test(entry.fluency ?? "") || WEAK_LEVEL.test(asked)))
      return {
        value: 1,
        found: true,
        lines: [[entry.language, entry.fluency].filter(Boolean).join(": ")],
        shown: true,
      };
  }
  // Résumés are read in English here, and one without a list of languages is written in it.
  if (spoken.length === 0 && group.includes("English"))
    return { value: 1, found: true, lines: ["The résumé is written in English."], shown: true };
  return NONE;
}

/** No known skill in the line: shared words and shared meaning together; the cosine alone is never enough. */
function meaningEvidence(text: string, { reading, similarity }: EvidenceContext): Evidence {
  const wanted = tellingStems(text);
  let best: Evidence = NONE;
  for (const line of reading.lines) {
    const words = overlap(wanted, line.stems);
    const value = Math.min(words === 0 ? 0.4 : 1, 0.5 * ramp(similarity(text, line.text), 0.3, 0.65) + words);
    if (value <= best.value) continue;
    const found = words >= 0.3 && value >= 0.65;
    best = { value, found, lines: [line.text], shown: found && line.kind === "shown", byMeaning: true };
  }
  return best.found
    ? { ...best, value: Math.max(0.85, best.value) }
    : { ...best, value: Math.min(0.6, best.value), lines: [] };
}
