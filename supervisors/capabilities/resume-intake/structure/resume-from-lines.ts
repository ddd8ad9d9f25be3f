/** A JSON Resume out of a résumé's lines: pure rules, no model, so that the same file is always read alike. */
import type { JsonResume } from "../../../../protocols/json-resume.ts";
import {
  type ReadingProblem,
  type ResumeSection,
  type SectionConfidence,
  sureFrom,
} from "../../../../protocols/resume-reading.ts";
import { linesOfText } from "../plain-text.ts";
import { seenText } from "../seen-text.ts";
import type { TextLine } from "../text-line.ts";
import { basicsOf } from "./basics.ts";
import { confidenceOf } from "./confidence.ts";
import { educationOf } from "./education.ts";
import type { Part } from "./headings.ts";
import { certificatesOf, languagesOf, projectsOf, skillsOf } from "./lists.ts";
import { paragraphsOf } from "./paragraphs.ts";
import { sectionsOf } from "./sections.ts";
import { workOf } from "./work.ts";

export interface StructuredResume {
  readonly resume: JsonResume & {
    readonly interests?: readonly { readonly name: string }[];
    readonly awards?: readonly { readonly title: string }[];
    readonly publications?: readonly { readonly name: string }[];
    readonly volunteer?: readonly { readonly organization: string; readonly summary: string }[];
  };
  readonly confidence: SectionConfidence;
  readonly doubts: readonly ReadingProblem[];
}

/** For text that is at hand already, such as the lines of an evaluation set: no file, no process. */
export const resumeFromText = (text: string): StructuredResume => {
  const { lines, problems } = seenText({ lines: linesOfText(text), hidden: [], problems: [] });
  const structured = resumeFromLines(lines);
  return { ...structured, doubts: [...problems, ...structured.doubts] };
};

export function resumeFromLines(lines: readonly TextLine[]): StructuredResume {
  const { sections, mixed } = sectionsOf(lines);
  const of = (part: Part | "top") =>
    sections.filter((section) => section.part === part).flatMap((section) => section.lines);
  const texts = (part: Part) => paragraphsOf(of(part)).map((one) => one.text.replace(/\t/g, " "));
  const { basics, left } = basicsOf(of("top"), of("contact"), lines);
  const told = of("summary");
  const summary = (told.length > 0 ? paragraphsOf(told) : paragraphsOf(left))
    .map((one) => one.text.replace(/\t/g, " "))
    .join("\n");
  const accomplishments = texts("accomplishments");
  const projects = [
    ...projectsOf(of("projects")),
    ...(accomplishments.length > 0 ? [{ name: "Accomplishments", highlights: accomplishments }] : []),
  ];
  const spoken = languagesOf(of("languages"));
  const resume: StructuredResume["resume"] = {
    basics: { ...basics, ...(summary === "" ? {} : { summary }) },
    work: workOf(of("work")),
    education: educationOf(of("education")),
    // A section of languages without one that people speak lists those that machines do.
    skills: [...skillsOf(of("skills")), ...(spoken.length === 0 ? skillsOf(of("languages")) : [])],
    ...(projects.length > 0 ? { projects } : {}),
    ...(of("certificates").length > 0 ? { certificates: certificatesOf(of("certificates")) } : {}),
    ...(spoken.length > 0 ? { languages: spoken } : {}),
    ...(of("awards").length > 0 ? { awards: texts("awards").map((title) => ({ title })) } : {}),
    ...(of("interests").length > 0 ? { interests: texts("interests").map((name) => ({ name })) } : {}),
    ...(of("publications").length > 0
      ? { publications: texts("publications").map((name) => ({ name })) }
      : {}),
    ...(of("volunteer").length > 0
      ? { volunteer: texts("volunteer").map((text) => ({ organization: "", summary: text })) }
      : {}),
  };
  const parts = new Set(sections.map((section) => section.part));
  if (accomplishments.length > 0) parts.add("projects");
  const headed = new Set(
    [...parts].filter((part): part is Exclude<ResumeSection, "basics"> => part in sectionOf),
  );
  const confidence = confidenceOf(resume, headed, mixed);
  return { resume, confidence, doubts: doubtsOf(confidence, mixed) };
}

const sectionOf: Readonly<Record<Exclude<ResumeSection, "basics">, true>> = {
  summary: true,
  work: true,
  education: true,
  skills: true,
  languages: true,
  certificates: true,
  projects: true,
};

function doubtsOf(confidence: SectionConfidence, mixed: boolean): ReadingProblem[] {
  const unsure = Object.entries(confidence).flatMap(([section, sure]) => (sure < sureFrom ? [section] : []));
  return [
    ...(mixed
      ? [
          {
            kind: "mixed-columns",
            message:
              "Two headings stand on one line: the text of two columns seems to be mixed. Upload the PDF, or the document as it was written.",
          },
        ]
      : []),
    ...(unsure.length > 0
      ? [
          {
            kind: "unsure-sections",
            message: `Look at these sections, they may be read wrongly: ${unsure.join(", ")}.`,
          },
        ]
      : []),
  ];
}
