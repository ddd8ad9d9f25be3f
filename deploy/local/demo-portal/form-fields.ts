/** Which fields the application form of a posting has. The board API's questions, the form and its checks all read this. */
import {
  commonQuestions,
  demographicQuestions,
  personalQuestions,
  professionQuestions,
  type QuestionKind,
  type QuestionTemplate,
} from "./data/questions.ts";
import type { Rule } from "./misbehaviour.ts";
import type { Opening } from "./opening.ts";

export type FieldKind = Exclude<QuestionKind, "yesno"> | "email" | "tel" | "file" | "consent";

export interface FormField {
  /** Name of the control; several ticks use it with "[]". */
  readonly name: string;
  readonly label: string;
  readonly kind: FieldKind;
  readonly required: boolean;
  readonly options: readonly { value: string; label: string }[];
  readonly help: string;
  readonly section: "basics" | "questions" | "demographics" | "consent";
}

const field = (
  name: string,
  label: string,
  kind: FieldKind,
  required: boolean,
  section: FormField["section"] = "basics",
): FormField => ({ name, label, kind, required, options: [], help: "", section });

/** Names that are not questions. */
export const tokenName = "authenticity_token";
/** A person never sees this field; whoever fills it is a machine. */
export const honeypotName = "company_website_url";
export const resumeTextName = "resume_text";
export const coverLetterName = "cover_letter_text";

const pick = <T>(list: readonly T[], start: number, count: number): readonly T[] =>
  Array.from(
    { length: Math.min(count, list.length) },
    (_, index) => list[(start + index * 7) % list.length],
  ).filter((one) => one !== undefined);

const question = (
  opening: Opening,
  template: QuestionTemplate,
  index: number,
  required: boolean,
  section: "questions" | "demographics",
): FormField => {
  const id = 5_000_000_000 + opening.sequence * 100 + index;
  const yesNo = [
    { value: "1", label: "Yes" },
    { value: "0", label: "No" },
  ];
  // Boards show yes/no as a list, careers sites as two round buttons: both exist in the wild.
  const kind =
    template.kind === "yesno"
      ? opening.company.published === "careers"
        ? "radio"
        : "select"
      : template.kind;
  return {
    name: `${section === "questions" ? "question" : "demographic"}_${id}`,
    label: template.label,
    kind,
    required,
    options:
      template.kind === "yesno"
        ? yesNo
        : (template.options ?? []).map((label, option) => ({
            value: String(800_000 + index * 100 + option),
            label,
          })),
    help: template.help ?? "",
    section,
  };
};

/** The fields in the order of the page; `change` is set while the portal pretends that its form was rebuilt. */
export const formFields = (opening: Opening, change: Rule["change"] | null = null): readonly FormField[] => {
  const n = opening.sequence;
  const us = opening.company.region === "us";
  const [authorized, sponsorship, ...rest] = commonQuestions;
  const chosen: [QuestionTemplate, boolean][] = [];
  if (authorized) chosen.push([authorized, true]);
  if (sponsorship && (us || n % 3 === 0)) chosen.push([sponsorship, true]);
  for (const [index, template] of pick(rest, n, 3 + (n % 3)).entries())
    chosen.push([
      template,
      !["linkedin", "website", "heard"].includes(template.key) && (n + index) % 3 !== 1,
    ]);
  for (const [index, template] of pick(professionQuestions[opening.pool], n, 1 + (n % 2)).entries())
    chosen.push([template, index === 0]);
  // Never on the openings that a prepared applicant fits best: those should go through without a person.
  const personal = personalQuestions[n % personalQuestions.length];
  if (personal && opening.tier !== "core" && n % 4 === 1) chosen.push([personal, true]);

  const fields: FormField[] = [
    field("first_name", "First Name", "text", true),
    field("last_name", "Last Name", "text", true),
    field("email", "Email", "email", true),
    field("phone", "Phone", "tel", n % 5 !== 0),
    { ...field("resume", "Resume/CV", "file", true), help: "PDF, DOC, DOCX or TXT, at most 5 MB." },
    ...(n % 3 === 0 ? [field(coverLetterName, "Cover Letter", "textarea", false)] : []),
    ...chosen.map(([template, required], index) => question(opening, template, index, required, "questions")),
    ...(us && n % 4 !== 3
      ? demographicQuestions.map((template, index) =>
          question(opening, template, 50 + index, false, "demographics"),
        )
      : []),
    ...(us
      ? []
      : [
          field(
            "gdpr_consent",
            `I have read the privacy notice and agree that ${opening.company.name} processes my data for this application`,
            "consent",
            true,
            "consent",
          ),
        ]),
  ];
  return change === null ? fields : changed(fields, change);
};

/** The same form after a redesign: other names, a question nobody foresaw, no upload any more. */
const changed = (fields: readonly FormField[], change: Rule["change"]): readonly FormField[] => {
  const all = change === "all";
  let result = [...fields];
  if (all || change === "no-file")
    result = result.map((one) =>
      one.kind === "file"
        ? { ...field("resume_link", "Link to your resume", "text", true), help: "We no longer accept files." }
        : one,
    );
  if (all || change === "renamed") result = result.map((one) => ({ ...one, name: `applicant[${one.name}]` }));
  if (all || change === "extra-question")
    result.push(
      field("assessment_code", "Enter the code from your online assessment", "text", true, "questions"),
    );
  return result;
};
