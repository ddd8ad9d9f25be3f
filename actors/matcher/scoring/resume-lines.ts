/** A résumé as lines that can be evidence, and as time spent in jobs. */
import type { JsonResume, ResumeWork } from "../../../protocols/json-resume.ts";
import { findSkills, withImplied } from "./find-skills.ts";
import { plain, shingles, stemsOf, wordsOf } from "./words.ts";

export interface ResumeLine {
  /** The résumé's own words. */
  readonly text: string;
  /** `shown`: told as something done (work, projects, education). `listed`: merely named. */
  readonly kind: "shown" | "listed";
  readonly skills: ReadonlySet<string>;
  readonly stems: ReadonlySet<string>;
  /** Its words in small letters. */
  readonly words: ReadonlySet<string>;
}

/** A job with its months from `start` (inclusive) to `end` (exclusive), counted from year 0. */
export interface Job {
  readonly title: string;
  readonly label: string;
  readonly start: number;
  readonly end: number;
  /** Told of in this job, not merely listed. */
  readonly skills: ReadonlySet<string>;
}

export interface ResumeReading {
  readonly lines: readonly ResumeLine[];
  /** Lines that repeat the posting's own text; they show nothing and are not among `lines`. */
  readonly copied: readonly string[];
  readonly jobs: readonly Job[];
  readonly label: string;
}

/** Bounds for a hostile document; real résumés have 15 to 80 lines. */
const MAX_LINES = 250;
const MAX_LINE = 400;
/** So many words in a row are looked for in the posting. */
export const RUN = 5;

/** A sentence of a résumé. What is read out of it is read when it is first needed, and once. */
interface Sentence {
  readonly text: string;
  /** Which of `jobs` tells it; undefined outside of work. */
  readonly job: number | undefined;
  readonly line: ResumeLine;
  /** Its runs of words, to be looked for in a posting. */
  readonly runs: readonly string[];
}

/** A résumé taken apart, once for all postings. */
export interface ResumeOutline {
  readonly sentences: readonly Sentence[];
  readonly jobs: readonly ResumeWork[];
  /** Whether any of them has a date. */
  readonly dated: boolean;
  readonly label: string;
}

export function outlineOf(resume: JsonResume): ResumeOutline {
  const sentences: Sentence[] = [];
  const add = (kind: ResumeLine["kind"], raw: string | null | undefined, job?: number) => {
    for (const text of sentencesOf(raw ?? "")) sentences.push(sentence(text, kind, job));
  };
  const jobs = (resume.work ?? []).slice(0, MAX_LINES);
  for (const [at, job] of jobs.entries()) {
    add("shown", roleOf(job), at);
    add("shown", job.summary, at);
    for (const highlight of job.highlights ?? []) add("shown", highlight, at);
  }
  for (const project of resume.projects ?? []) {
    add("shown", [project.name, project.description].filter(Boolean).join(": "));
    for (const highlight of project.highlights ?? []) add("shown", highlight);
    add("listed", (project.keywords ?? []).join(", "));
  }
  for (const school of resume.education ?? []) {
    add("shown", [school.studyType, school.area, school.institution].filter(Boolean).join(", "));
    add("shown", (school.courses ?? []).join(", "));
  }
  for (const certificate of resume.certificates ?? [])
    add("shown", [certificate.name, certificate.issuer].filter(Boolean).join(", "));
  add("listed", resume.basics?.summary);
  for (const skill of resume.skills ?? [])
    add("listed", [skill.name, (skill.keywords ?? []).join(", ")].filter(Boolean).join(": "));
  const dated = jobs.some(({ startDate }) => monthOf(startDate) !== undefined);
  return { sentences, jobs, dated, label: plain(resume.basics?.label ?? "").slice(0, MAX_LINE) };
}

/**
 * @param posted the posting's runs of words (`PostedText`), to find what was copied from it
 * @param today "YYYY-MM-DD", ends jobs that still last
 */
export function readOutline(
  outline: ResumeOutline,
  posted: ReadonlySet<string>,
  today: string,
): ResumeReading {
  const lines: ResumeLine[] = [];
  const copied: string[] = [];
  const told = outline.jobs.map(() => new Set<string>());
  for (const one of outline.sentences) {
    if (lines.length >= MAX_LINES) break;
    if (isCopied(one.runs, posted)) {
      copied.push(one.text);
      continue;
    }
    lines.push(one.line);
    if (one.job !== undefined && one.line.kind === "shown")
      for (const skill of one.line.skills) told[one.job]?.add(skill);
  }
  const jobs = outline.jobs.flatMap((job, at) => jobOf(job, told[at] ?? new Set(), today));
  return { lines, copied, jobs, label: outline.label };
}

function sentence(text: string, kind: ResumeLine["kind"], job: number | undefined): Sentence {
  let line: ResumeLine | undefined;
  let runs: readonly string[] | undefined;
  return {
    text,
    job,
    get line() {
      line ??= lineOf(text, kind);
      return line;
    },
    get runs() {
      runs ??= shingles(text, RUN);
      return runs;
    },
  };
}

function lineOf(text: string, kind: ResumeLine["kind"]): ResumeLine {
  const words = wordsOf(text);
  const mentions = findSkills(text);
  // Names in a row without a sentence around them ("Java, Kafka, AWS, …") list skills, wherever they stand.
  const list = mentions.length >= 7 && words.length < mentions.length * 2.5;
  return {
    text,
    kind: list ? "listed" : kind,
    skills: withImplied(mentions),
    stems: stemsOf(text),
    words: new Set(words.map((word) => word.text.toLowerCase())),
  };
}

const roleOf = (job: ResumeWork) => [job.position, job.name].filter(Boolean).join(" at ");

/** One sentence per line; a list in a long paragraph is no better evidence for being long. */
function sentencesOf(raw: string): string[] {
  return raw
    .slice(0, 20_000)
    .split(/\r?\n/)
    .map(plain)
    .flatMap((line) => (line.length > 160 ? line.split(/(?<=[.;!?])\s+/) : [line]))
    .filter((line) => /\p{L}/u.test(line))
    .map((line) => line.slice(0, MAX_LINE));
}

/** Five words in a row taken from the posting, and that for much of the line, is no coincidence. */
function isCopied(own: readonly string[], posted: ReadonlySet<string>): boolean {
  const shared = own.filter((shingle) => posted.has(shingle)).length;
  return shared >= 2 && (shared >= 8 || shared / own.length >= 0.4);
}

/** None if it has no date: time that nobody can tell is no experience. */
function jobOf(job: ResumeWork, skills: ReadonlySet<string>, today: string): Job[] {
  const start = monthOf(job.startDate);
  if (start === undefined) return [];
  const end = job.endDate?.trim() ? monthOf(job.endDate) : monthOf(today);
  return [
    {
      title: plain(job.position ?? "").slice(0, MAX_LINE),
      label: plain(roleOf(job)).slice(0, MAX_LINE),
      start,
      end: Math.max(start, (end ?? start) + 1),
      skills,
    },
  ];
}

/** "2021", "2021-03", "2021-03-15" -> months since year 0. Anything else is no date. */
function monthOf(date: string | null | undefined): number | undefined {
  const match = /^\s*((?:19|20)\d\d)(?:-(0[1-9]|1[0-2]))?/.exec(date ?? "");
  return match ? Number(match[1]) * 12 + Number(match[2] ?? "1") - 1 : undefined;
}

/** Years covered by the jobs, overlapping ones counted once. */
export function yearsOf(jobs: readonly Job[]): number {
  let months = 0;
  let until = 0;
  for (const job of [...jobs].sort((a, b) => a.start - b.start)) {
    months += Math.max(0, job.end - Math.max(job.start, until));
    until = Math.max(until, job.end);
  }
  return months / 12;
}
