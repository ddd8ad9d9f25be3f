/** A résumé as scoring reads it: what the person was called, and all that is said, in order. */
import type { JsonResume } from "../../../protocols/json-resume.ts";
import { linesOf, unglued } from "./text-lines.ts";
import { plain } from "./words.ts";

export interface ResumeDocument {
  /** The headline and the positions, as written, newest first as a rule. At most `MAX_TITLES`. */
  readonly titles: readonly string[];
  readonly lines: readonly string[];
  /** Its parts, as far as they are known; one that came as text and was not parsed has a single job without dates. */
  readonly resume: JsonResume;
}

const MAX_TITLES = 15;
const MAX_TITLE = 90;

export function documentOf(resume: JsonResume): ResumeDocument {
  const said: (string | null | undefined)[] = [resume.basics?.label, resume.basics?.summary];
  for (const job of resume.work ?? [])
    said.push([job.position, job.name].filter(Boolean).join(" at "), job.summary, ...(job.highlights ?? []));
  for (const project of resume.projects ?? [])
    said.push(
      project.name,
      project.description,
      ...(project.highlights ?? []),
      project.keywords?.join(", ") ?? "",
    );
  for (const skill of resume.skills ?? [])
    said.push([skill.name, skill.keywords?.join(", ")].filter(Boolean).join(": "));
  for (const school of resume.education ?? [])
    said.push(
      [school.studyType, school.area, school.institution].filter(Boolean).join(", "),
      school.courses?.join(", "),
    );
  for (const certificate of resume.certificates ?? [])
    said.push([certificate.name, certificate.issuer].filter(Boolean).join(", "));
  return {
    titles: distinct(titlesOf(resume)),
    lines: linesOf(said.filter(Boolean).join("\n")),
    resume,
  };
}

const MONTH = "(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\\.?";
const YEAR = "(?:19|20)\\d\\d";
const POINT = `(?:(?:${MONTH},? ?)?${YEAR}|\\d{1,2}/\\d{2,4})`;
const SPAN = new RegExp(
  `\\b${POINT}\\s*(?:-|to|until|through)\\s*(?:${POINT}|current|present|now|today)\\b`,
  "i",
);
const DATE_WORDS = new RegExp(
  `\\b(?:${MONTH} (?=\\d)|${POINT}|current|present|now|today|to|until|through)\\b`,
  "gi",
);

/**
 * A résumé that came as text. Its titles are its first line and what stands beside a span of time ("Accountant, Jan 2015 to
 * Current"), or on the line next to it; little else is needed of its structure here.
 * @param resume what a parser made of the same text, if one did
 */
export function documentOfText(
  text: string,
  isWord: (word: string) => boolean,
  resume?: JsonResume,
): ResumeDocument {
  const raw = unglued(text, isWord).slice(0, 60_000).split(/\r?\n/).map(plain).filter(Boolean);
  const titles = [raw[0] ?? ""];
  for (const [at, line] of raw.entries()) {
    if (line.length >= 200 || !SPAN.test(line)) continue;
    const beside = line
      .replace(SPAN, " ")
      .replace(DATE_WORDS, " ")
      .replace(/\b(company name|city|state)\b|[^\p{L}&/+# -]/giu, " ")
      .replace(/\s+/g, " ")
      .trim();
    if (beside.length > 3) titles.push(beside);
    else titles.push(...[raw[at + 1] ?? "", raw[at - 1] ?? ""].filter((near) => near.length < MAX_TITLE));
  }
  const lines = linesOf(raw.join("\n"));
  const known = resume === undefined ? [] : titlesOf(resume);
  const named = distinct([...known, ...titles]);
  const label = named[0] ?? "";
  return {
    titles: named,
    lines,
    resume: resume ?? { basics: { label }, work: [{ position: label, highlights: linesOf(text) }] },
  };
}

const titlesOf = (resume: JsonResume): string[] =>
  [resume.basics?.label, ...(resume.work ?? []).map((job) => job.position)].map((title) =>
    plain(title ?? ""),
  );

const distinct = (titles: readonly (string | undefined)[]): string[] =>
  [...new Set(titles.map((title) => (title ?? "").slice(0, MAX_TITLE)).filter(Boolean))].slice(0, MAX_TITLES);
