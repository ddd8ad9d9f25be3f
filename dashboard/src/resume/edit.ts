/**
 * Changes of a résumé as the review desk makes them. Each returns a new document and leaves every field that it does
 * not mean as it was, also those that our schema does not know.
 */
import type { JsonResume } from "../../../protocols/json-resume.ts";

/** A list of lines within a résumé: the bullet points of a job or a project, or the keywords of a skill. */
export type LineList =
  | { readonly section: "work"; readonly index: number }
  | { readonly section: "projects"; readonly index: number }
  | { readonly section: "skills"; readonly index: number };

export const summaryOf = (resume: JsonResume): string => resume.basics?.summary ?? "";

export function withSummary(resume: JsonResume, summary: string): JsonResume {
  return { ...resume, basics: { ...resume.basics, summary } };
}

export function linesOf(resume: JsonResume, { section, index }: LineList): readonly string[] {
  if (section === "skills") return resume.skills?.[index]?.keywords ?? [];
  return resume[section]?.[index]?.highlights ?? [];
}

export function withLines(
  resume: JsonResume,
  { section, index }: LineList,
  lines: readonly string[],
): JsonResume {
  const replace = <T extends object>(items: readonly T[] | null | undefined, field: string) =>
    (items ?? []).map((item, i) => (i === index ? { ...item, [field]: lines } : item));
  if (section === "skills") return { ...resume, skills: replace(resume.skills, "keywords") };
  if (section === "projects") return { ...resume, projects: replace(resume.projects, "highlights") };
  return { ...resume, work: replace(resume.work, "highlights") };
}

export const lineSet = (lines: readonly string[], at: number, text: string): string[] =>
  lines.map((line, i) => (i === at ? text : line));
export const lineAdded = (lines: readonly string[], text: string, at = lines.length): string[] => [
  ...lines.slice(0, at),
  text,
  ...lines.slice(at),
];
export const lineRemoved = (lines: readonly string[], at: number): string[] =>
  lines.filter((_, i) => i !== at);

/** All lists of lines of a résumé, in the order they are shown. */
export function lineLists(resume: JsonResume): LineList[] {
  return (["work", "projects", "skills"] as const).flatMap((section) =>
    (resume[section] ?? []).map((_, index) => ({ section, index })),
  );
}

/** Without lines left empty by the editor; what is stored and sent. */
export function tidied(resume: JsonResume): JsonResume {
  return lineLists(resume).reduce((tidy, list) => {
    const lines = linesOf(tidy, list);
    const full = lines.map((line) => line.trim()).filter((line) => line !== "");
    return full.length === lines.length && full.every((line, i) => line === lines[i])
      ? tidy
      : withLines(tidy, list, full);
  }, resume);
}
