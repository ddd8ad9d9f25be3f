/** A file that is not read, with a reason for programs and a sentence that says what to do. */
import type { RefusalReason } from "../../../protocols/resume-reading.ts";

/** The file itself is at fault; another try finds the same. */
export class ResumeRefused extends Error {
  override readonly name = "ResumeRefused";
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, message: string = sentences[reason]) {
    super(message);
    this.reason = reason;
  }
}

const sentences: Readonly<Record<RefusalReason, string>> = {
  empty: "The file is empty. Choose the résumé again; perhaps it was not saved yet.",
  "too-large": "The file is larger than 5 MB. Save it without pictures, or as PDF in smaller size.",
  "too-long": "The file holds far more text than a résumé. Choose the résumé itself.",
  "too-many-pages": "The file has more than 60 pages. Choose the résumé itself, without attachments.",
  "unsupported-format":
    "This is no file that can be read as a résumé. Save it as PDF, DOCX, Markdown, plain text or JSON Resume.",
  "ambiguous-format":
    "The file is two kinds of file in one, so programs disagree on what it says. Save it anew as PDF or DOCX.",
  encrypted: "The file is protected by a password. Save a copy without the password and choose that one.",
  macros: "The document contains macros, which are not accepted. Save it as .docx without macros, or as PDF.",
  damaged: "The file is damaged or cut off. Save or download it again, and look whether it opens.",
  "no-text":
    "The file shows no text that can be read; perhaps it is a scan or a picture. Choose a file with real text (export it from the word processor), or run text recognition on it first.",
  "out-of-time": "Reading the file took too long, so it was given up. Save it anew as a simple PDF or DOCX.",
  "out-of-memory":
    "Reading the file would take too much memory, so it was given up. Save it anew as a simple PDF or DOCX.",
  "not-a-resume":
    "The JSON document is no JSON Resume. Give it at least a name or work (see jsonresume.org).",
};
