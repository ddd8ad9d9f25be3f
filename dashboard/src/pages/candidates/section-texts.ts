/** A résumé document as one text per section, for a person to correct, and back: the summary as it is, the others as JSON. */
import { Schema } from "effect";
import type { ResumeDocument } from "../../../../protocols/api/http.ts";
import { JsonResume } from "../../../../protocols/json-resume.ts";
import type { ResumeSection } from "../../../../protocols/resume-reading.ts";

export interface SectionText {
  readonly name: ResumeSection;
  readonly title: string;
  readonly text: string;
}

const titles: Readonly<Record<ResumeSection, string>> = {
  basics: "Name and contact",
  summary: "Summary",
  work: "Work",
  education: "Education",
  skills: "Skills",
  languages: "Languages",
  certificates: "Certificates",
  projects: "Projects",
};
const names = Object.keys(titles) as ResumeSection[];
const decode = Schema.decodeUnknownExit(JsonResume);
const isRecord = (value: unknown): value is Record<string, Schema.Json> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function sectionsOf(resume: ResumeDocument): SectionText[] {
  const { summary = "", ...basics } = isRecord(resume.basics) ? resume.basics : {};
  return names.map((name) => ({
    name,
    title: titles[name],
    text:
      name === "summary"
        ? String(summary)
        : JSON.stringify(name === "basics" ? basics : (resume[name] ?? []), null, 2),
  }));
}

/** Whose résumé it is; "" if it does not say. */
export const nameIn = ({ basics }: ResumeDocument): string =>
  isRecord(basics) ? String(basics.name ?? "").trim() : "";

/**
 * @param resume as it was read; what no section shows is kept
 * @returns `wrong` has a sentence for each section that can't be taken as it stands
 */
export function documentOf(
  resume: ResumeDocument,
  sections: readonly SectionText[],
): { document: ResumeDocument; wrong: Partial<Record<ResumeSection, string>> } {
  const wrong: Partial<Record<ResumeSection, string>> = {};
  const document: Record<string, Schema.Json> = { ...resume };
  let summary = "";
  for (const { name, text } of sections) {
    if (name === "summary") {
      summary = text.trim();
      continue;
    }
    try {
      const value: Schema.Json = JSON.parse(text);
      document[name] = value;
      if (decode({ [name]: value })._tag === "Failure")
        wrong[name] = "A field here is of the wrong kind: a text must stand in quotes, a list in brackets.";
    } catch (error) {
      wrong[name] = `This can't be read: ${error instanceof Error ? error.message : error}`;
    }
  }
  if (isRecord(document.basics)) {
    const { summary: _, ...basics } = document.basics;
    document.basics = summary === "" ? basics : { ...basics, summary };
    if (wrong.basics === undefined && nameIn(document) === "") wrong.basics = "The name is missing.";
  } else if (sections.length > 0) wrong.basics ??= "This must be an object in braces, with a name.";
  return { document, wrong };
}
