/** What the edge offers about candidates: who they are, and putting another résumé in the place of their base version. */
import { Schema } from "effect";
import { ReadingProblem, SectionConfidence } from "../resume-reading.ts";

const text = (most: number) => Schema.String.check(Schema.isMinLength(1), Schema.isMaxLength(most));
const people = ["manager"] as const;

const MiB = 1024 * 1024;
/** The largest file that is taken. */
export const maxUploadBytes = 5 * MiB;

export const CandidateRow = Schema.Struct({
  candidate: Schema.String,
  name: Schema.String,
  email: Schema.String,
  region: Schema.String,
  /** The base version: what speaks for them until a reviewer writes a better one. */
  resumeVersion: Schema.String,
  updatedAt: Schema.Finite,
});
export type CandidateRow = typeof CandidateRow.Type;

/** A résumé as it was read from a file; nothing is stored yet. */
export const ReadResume = Schema.Struct({
  /** A JSON Resume document. */
  resume: Schema.Record(Schema.String, Schema.Json),
  /** How sure of each section; below `sureFrom` a person should look. */
  confidence: SectionConfidence,
  problems: Schema.Array(ReadingProblem),
});
export type ReadResume = typeof ReadResume.Type;

const candidate = Schema.Struct({ candidate: text(300) });

export const candidateRoutes = {
  candidates: {
    method: "GET",
    path: "/api/candidates",
    access: people,
    summary: "Everybody who looks for work, by name",
    answer: Schema.Struct({ items: Schema.Array(CandidateRow) }),
  },
  candidateResume: {
    method: "GET",
    path: "/api/candidates/:candidate/resume",
    access: people,
    object: "any",
    summary: "The base version of a candidate's résumé",
    params: candidate,
    answer: Schema.Struct({
      resumeVersion: Schema.String,
      resume: Schema.Record(Schema.String, Schema.Json),
    }),
  },
  readResume: {
    method: "POST",
    path: "/api/candidates/:candidate/resume/read",
    access: people,
    object: "any",
    summary:
      "Read a résumé file (PDF, DOCX, Markdown, text, JSON Resume; base64) for a person to correct; stores nothing",
    params: candidate,
    body: Schema.Struct({
      /** A hint at its format. */
      name: Schema.String.check(Schema.isMaxLength(300)),
      content: Schema.String.check(Schema.isPattern(/^[A-Za-z0-9+/]*={0,2}$/)),
    }),
    // Four letters for three bytes, and a little for the rest.
    maxBody: Math.ceil((maxUploadBytes * 4) / 3) + 16 * 1024,
    answer: ReadResume,
  },
  replaceResume: {
    method: "PUT",
    path: "/api/candidates/:candidate/resume",
    access: people,
    object: "any",
    summary: "Make this document the candidate's base version: new matches use it",
    params: candidate,
    body: Schema.Struct({ resume: Schema.Record(Schema.String, Schema.Json) }),
    maxBody: 256 * 1024,
    answer: Schema.Struct({ ok: Schema.Literal(true), resumeVersion: Schema.String }),
  },
} as const;
