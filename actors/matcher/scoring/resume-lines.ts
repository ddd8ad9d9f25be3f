/** A résumé as lines that can be evidence, and as time spent in jobs. */
import type { JsonResume, ResumeWork } from "../../../protocols/json-resume.ts";
import { findSkills, skillsIn } from "./find-skills.ts";
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
const SHINGLE = 5;

/** Reads the résumé against a posting's text (for copied lines). `today` as "YYYY-MM-DD" ends jobs that still last. */
export function readResume(resume: JsonResume, postingText: string, today: string): ResumeReading {
  const posted = new Set(shingles(plain(postingText), SHINGLE));
  const lines: ResumeLine[] = [];
  const copied: string[] = [];
  const add = (kind: ResumeLine["kind"], raw: string | null | undefined) => {
    for (const text of sentencesOf(raw ?? "")) {
      if (lines.length >= MAX_LINES) return;
      if (isCopied(text, posted)) copied.push(text);
      else lines.push(lineOf(text, isWordList(text) ? "listed" : kind));
    }
  };

  const jobs: Job[] = [];
  for (const job of (resume.work ?? []).slice(0, MAX_LINES)) {
    const first = lines.length;
    add("shown", roleOf(job));
    add("shown", job.summary);
    for (const highlight of job.highlights ?? []) add("shown", highlight);
    const told = lines.slice(first).filter((line) => line.kind === "shown");
    jobs.push(...jobOf(job, new Set(told.flatMap((line) => [...line.skills])), today));
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

  return {
    lines,
    copied,
    jobs,
    label: plain(resume.basics?.label ?? "").slice(0, MAX_LINE),
  };
}

function lineOf(text: string, kind: ResumeLine["kind"]): ResumeLine {
  const words = new Set(wordsOf(text).map((word) => word.text.toLowerCase()));
  return { text, kind, skills: skillsIn(text), stems: stemsOf(text), words };
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

/** Names in a row without a sentence around them ("Java, Kafka, AWS, …") list skills, wherever they stand. */
function isWordList(text: string): boolean {
  const skills = findSkills(text).length;
  return skills >= 7 && wordsOf(text).length < skills * 2.5;
}

/** Five words in a row taken from the posting, and that for much of the line, is no coincidence. */
function isCopied(text: string, posted: ReadonlySet<string>): boolean {
  const own = shingles(text, SHINGLE);
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
