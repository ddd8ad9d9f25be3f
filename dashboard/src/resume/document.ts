/** A résumé document from the edge, checked but not stripped: fields that our schema does not know must go back as they came. */
import { Schema } from "effect";
import { ResumeDocument } from "../../../protocols/api/http.ts";
import { JsonResume } from "../../../protocols/json-resume.ts";

const isResume = Schema.is(JsonResume);

/** Null if it is no résumé that the editor could show. */
export const readResume = (document: unknown): JsonResume | null => (isResume(document) ? document : null);

/** What goes over the wire; fields that are undefined disappear. */
export const documentOf = (resume: JsonResume): ResumeDocument =>
  Schema.decodeUnknownSync(ResumeDocument)(JSON.parse(JSON.stringify(resume)));
