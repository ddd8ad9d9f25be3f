/** The visible text of a file of any format that is read. Runs in the reader's own process. */
import { readDocx } from "./docx/read-docx.ts";
import type { formatOf } from "./file-format.ts";
import { readPdf } from "./pdf/read-pdf.ts";
import { readMarkdown, readPlainText } from "./plain-text.ts";
import { ResumeRefused } from "./refusal.ts";
import { seenText } from "./seen-text.ts";
import type { FileText } from "./text-line.ts";

/** Letters of a résumé; the longest real ones (academic, 20 pages) stay below 80,000. */
const mostLetters = 200_000;
const mostLines = 6_000;

/** @param format from `formatOf`; JSON is not read here. @throws ResumeRefused */
export async function readFileText(
  bytes: Uint8Array,
  format: Exclude<ReturnType<typeof formatOf>, "json">,
): Promise<FileText> {
  const read = { pdf: readPdf, docx: readDocx, text: readPlainText, markdown: readMarkdown }[format];
  const file = seenText(await read(bytes));
  const letters = file.lines.reduce((sum, line) => sum + line.text.length, 0);
  if (letters > mostLetters || file.lines.length > mostLines) throw new ResumeRefused("too-long");
  if (file.lines.every((line) => !/[\p{L}\p{N}]/u.test(line.text))) throw new ResumeRefused("no-text");
  return file;
}
