/** From bytes to a résumé, in the reader's own process. */
import { Schema } from "effect";
import { JsonResume } from "../../../protocols/json-resume.ts";
import type { ReadingProblem, SectionConfidence } from "../../../protocols/resume-reading.ts";
import type { FileFormat } from "./file-format.ts";
import { decodeText } from "./plain-text.ts";
import { readFileText } from "./read-file-text.ts";
import { ResumeRefused } from "./refusal.ts";
import { sureOfAll } from "./structure/confidence.ts";
import { resumeFromLines } from "./structure/resume-from-lines.ts";
import { textOfResume } from "./text-of-resume.ts";

export interface ReadDocument {
  /** A JSON Resume document; of a JSON file the original with all its fields. */
  readonly document: Readonly<Record<string, Schema.Json>>;
  readonly confidence: SectionConfidence;
  /** What a person sees, line by line. */
  readonly text: string;
  readonly problems: readonly ReadingProblem[];
}

const decodeJson = Schema.decodeUnknownSync(Schema.fromJsonString(Schema.Record(Schema.String, Schema.Json)));
const decodeResume = Schema.decodeUnknownSync(JsonResume);

/** @throws ResumeRefused */
export async function readDocument(bytes: Uint8Array, format: FileFormat): Promise<ReadDocument> {
  if (format === "json") return readJsonResume(bytes);
  const { lines, problems } = await readFileText(bytes, format);
  const { resume, confidence, doubts } = resumeFromLines(lines);
  return {
    document: JSON.parse(JSON.stringify(resume)) as ReadDocument["document"],
    confidence,
    text: lines.map((line) => `${line.bullet ? "• " : ""}${line.text}`).join("\n"),
    problems: [...problems, ...doubts],
  };
}

function readJsonResume(bytes: Uint8Array): ReadDocument {
  let document: ReadDocument["document"];
  let resume: JsonResume;
  try {
    document = decodeJson(decodeText(bytes).replace(/^\ufeff/, ""));
    resume = decodeResume(document);
  } catch {
    throw new ResumeRefused("not-a-resume");
  }
  const says = [resume.work, resume.education, resume.skills, resume.projects].some((list) => list?.length);
  if (!resume.basics?.name?.trim() && !says) throw new ResumeRefused("not-a-resume");
  return { document, confidence: sureOfAll(resume), text: textOfResume(resume), problems: [] };
}
