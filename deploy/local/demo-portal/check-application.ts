/** Checks a filled form against its fields, as the server of a real portal does: per field a message, or the answers. */
import { type FormField, resumeTextName } from "./form-fields.ts";

export const maxResumeBytes = 5 * 1024 * 1024;

export interface Checked {
  /** Control name to message; empty if all is well. */
  readonly errors: ReadonlyMap<string, string>;
  /** Label to what a person would read: option labels, not their codes. */
  readonly answers: Readonly<Record<string, string | readonly string[]>>;
  readonly typed: ReadonlyMap<string, readonly string[]>;
  readonly resume: { fileName: string; content: Uint8Array } | null;
}

const startsWith = (content: Uint8Array, ...bytes: number[]) =>
  bytes.every((byte, index) => content[index] === byte);

/** What is wrong with an upload, or null. The content must be what the name says. */
export const resumeProblem = (fileName: string, content: Uint8Array): string | null => {
  const extension = /\.([a-z0-9]+)$/i.exec(fileName)?.[1]?.toLowerCase() ?? "";
  if (!["pdf", "doc", "docx", "txt"].includes(extension))
    return "Please upload a PDF, DOC, DOCX or TXT file.";
  if (content.length === 0) return "The file is empty.";
  if (content.length > maxResumeBytes) return "The file is larger than 5 MB.";
  const genuine = {
    pdf: startsWith(content, 0x25, 0x50, 0x44, 0x46),
    doc: startsWith(content, 0xd0, 0xcf, 0x11, 0xe0),
    docx: startsWith(content, 0x50, 0x4b),
    txt: !content.includes(0),
  }[extension];
  return genuine ? null : `The file does not look like a ${extension.toUpperCase()} file.`;
};

const textProblem = (field: FormField, value: string): string | null => {
  const limit = field.kind === "textarea" ? 5_000 : 500;
  if (value.length > limit) return `Please use at most ${limit} characters.`;
  if (field.kind === "email" && !/^[^\s@<>"]{1,64}@[^\s@<>"]+\.[^\s@<>".]{2,}$/.test(value))
    return "Please enter a valid e-mail address.";
  if (field.kind === "tel" && (!/^[+()\d\s./-]+$/.test(value) || value.replace(/\D/g, "").length < 6))
    return "Please enter a valid phone number.";
  if (field.kind === "number" && !/^\d{1,9}$/.test(value)) return "Please enter a whole number, digits only.";
  return null;
};

export const checkApplication = async (form: FormData, fields: readonly FormField[]): Promise<Checked> => {
  const errors = new Map<string, string>();
  const typed = new Map<string, readonly string[]>();
  const answers: Record<string, string | readonly string[]> = {};
  let resume: Checked["resume"] = null;
  const texts = (name: string): string[] =>
    form.getAll(name).flatMap((one) => (typeof one === "string" ? [one.trim()] : []));

  for (const field of fields) {
    if (field.kind === "file") {
      const pasted = texts(resumeTextName)[0] ?? "";
      if (pasted !== "") typed.set(resumeTextName, [pasted]);
      const upload = form.getAll(field.name).find((one) => typeof one !== "string");
      // A browser sends an empty, nameless part for an untouched file input.
      if (upload !== undefined && typeof upload !== "string" && (upload.name !== "" || upload.size > 0)) {
        const content = new Uint8Array(await upload.arrayBuffer());
        const problem = resumeProblem(upload.name, content);
        if (problem !== null) errors.set(field.name, problem);
        else resume = { fileName: safeFileName(upload.name), content };
      } else if (pasted !== "") {
        if (pasted.length > 50_000)
          errors.set(field.name, "The pasted resume is longer than 50,000 characters.");
        answers["Resume as text"] = pasted;
      } else if (field.required) errors.set(field.name, "Please attach your resume or paste it as text.");
      continue;
    }
    const values = texts(field.kind === "checkboxes" ? `${field.name}[]` : field.name).filter(
      (one) => one !== "",
    );
    if (values.length > 0) typed.set(field.name, values);
    if (values.length === 0) {
      if (field.required) errors.set(field.name, "This field is required.");
      continue;
    }
    if (field.kind === "consent") {
      answers[field.label] = "Yes";
      continue;
    }
    if (field.options.length > 0) {
      const labels = values.map((value) => field.options.find((one) => one.value === value)?.label);
      const known = labels.filter((one) => one !== undefined);
      if (known.length < labels.length || (field.kind !== "checkboxes" && known.length > 1))
        errors.set(field.name, "Please choose one of the options.");
      else answers[field.label] = field.kind === "checkboxes" ? known : (known[0] ?? "");
      continue;
    }
    const value = values[0] ?? "";
    const problem = textProblem(field, value);
    if (problem !== null) errors.set(field.name, problem);
    else answers[field.label] = value;
  }
  return { errors, answers, typed, resume };
};

/** The uploaded name without folders, control characters and surprises; it only labels the file. */
const safeFileName = (name: string): string =>
  (name.split(/[\\/]/).pop() ?? "")
    .replace(/[^\w .()-]/g, "_")
    .replace(/^\.+/, "")
    .slice(-100) || "resume";
