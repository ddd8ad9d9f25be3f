/** What came of a résumé file: the document it was read into, how sure of each section, and what a person should look at. */
import { Schema } from "effect";

/** Why a file was not read. The sentence that goes with it says what to do. */
export const RefusalReason = Schema.Literals([
  "empty",
  "too-large",
  "too-long",
  "too-many-pages",
  "unsupported-format",
  "ambiguous-format",
  "encrypted",
  "macros",
  "damaged",
  "no-text",
  "out-of-time",
  "out-of-memory",
  "not-a-resume",
]);
export type RefusalReason = typeof RefusalReason.Type;

export const ResumeSection = Schema.Literals([
  "basics",
  "summary",
  "work",
  "education",
  "skills",
  "languages",
  "certificates",
  "projects",
]);
export type ResumeSection = typeof ResumeSection.Type;

/** 0 to 1 per section: 1 is as good as typed by hand, below `sureFrom` a person should look. */
export const SectionConfidence = Schema.Record(ResumeSection, Schema.Finite);
export type SectionConfidence = typeof SectionConfidence.Type;

/** From here on a section is taken as it was read. */
export const sureFrom = 0.7;

/** Something about the file that a person should know; the file was read all the same. */
export const ReadingProblem = Schema.Struct({
  /** A word for programs: "hidden-text", "scorer-instruction", "zero-width", "ocr", … */
  kind: Schema.String,
  /** A sentence for people. */
  message: Schema.String,
});
export type ReadingProblem = typeof ReadingProblem.Type;
