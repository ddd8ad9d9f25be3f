/**
 * A résumé as a JSON Resume document (jsonresume.org), the subset that scoring, the PDF and the editor use.
 *
 * Lenient, since people's files are: every field may be missing or null, and fields that are not listed are dropped on
 * decoding. So decode to read; who edits a résumé changes the original document and keeps what this schema ignores.
 */
import { Schema } from "effect";

const text = Schema.optional(Schema.NullOr(Schema.String));
const texts = Schema.optional(Schema.NullOr(Schema.Array(Schema.String)));
const list = <S extends Schema.Constraint>(item: S) => Schema.optional(Schema.NullOr(Schema.Array(item)));

export const ResumeLocation = Schema.Struct({
  address: text,
  postalCode: text,
  city: text,
  region: text,
  countryCode: text,
});
export type ResumeLocation = typeof ResumeLocation.Type;

export const ResumeBasics = Schema.Struct({
  name: text,
  /** What the person calls their profession, e.g. "Backend engineer". */
  label: text,
  email: text,
  phone: text,
  url: text,
  summary: text,
  location: Schema.optional(Schema.NullOr(ResumeLocation)),
  profiles: list(Schema.Struct({ network: text, username: text, url: text })),
});
export type ResumeBasics = typeof ResumeBasics.Type;

/** Dates are "YYYY", "YYYY-MM" or "YYYY-MM-DD"; no `endDate` means until now. */
export const ResumeWork = Schema.Struct({
  name: text,
  position: text,
  location: text,
  url: text,
  startDate: text,
  endDate: text,
  summary: text,
  highlights: texts,
});
export type ResumeWork = typeof ResumeWork.Type;

export const ResumeEducation = Schema.Struct({
  institution: text,
  area: text,
  studyType: text,
  startDate: text,
  endDate: text,
  score: text,
  courses: texts,
});
export type ResumeEducation = typeof ResumeEducation.Type;

export const ResumeSkill = Schema.Struct({ name: text, level: text, keywords: texts });
export type ResumeSkill = typeof ResumeSkill.Type;

export const ResumeProject = Schema.Struct({
  name: text,
  description: text,
  highlights: texts,
  keywords: texts,
  startDate: text,
  endDate: text,
  url: text,
});
export type ResumeProject = typeof ResumeProject.Type;

export const JsonResume = Schema.Struct({
  basics: Schema.optional(Schema.NullOr(ResumeBasics)),
  work: list(ResumeWork),
  education: list(ResumeEducation),
  skills: list(ResumeSkill),
  projects: list(ResumeProject),
  certificates: list(Schema.Struct({ name: text, issuer: text, date: text })),
  languages: list(Schema.Struct({ language: text, fluency: text })),
});
export type JsonResume = typeof JsonResume.Type;
