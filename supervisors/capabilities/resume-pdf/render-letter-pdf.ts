/** A cover letter as the PDF that is uploaded beside the résumé. The same letter gives the same bytes. */
import type { JsonResume } from "../../../protocols/json-resume.ts";
import { renderTextPdf } from "./render-resume-pdf.ts";

const maxParagraphs = 200;

export const renderLetterPdf = (name: string, letter: string): Promise<Uint8Array> =>
  renderTextPdf({ basics: { name } } satisfies JsonResume, letter.split(/\n+/).slice(0, maxParagraphs));
