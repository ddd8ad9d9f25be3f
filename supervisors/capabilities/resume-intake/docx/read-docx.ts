/**
 * A DOCX's visible text in reading order: header, body with tables and text boxes, footer. Deleted and hidden text, field
 * codes and the doubles that Word keeps for older programs are left out.
 */
import { ResumeRefused } from "../refusal.ts";
import type { FileText } from "../text-line.ts";
import { openDocx } from "./open-docx.ts";
import { readStyles } from "./word-styles.ts";
import { WordText } from "./word-text.ts";

const fewestLetters = 20;

/** @throws ResumeRefused */
export function readDocx(bytes: Uint8Array): FileText {
  const parts = openDocx(bytes);
  const styles = readStyles(parts.get("word/styles.xml") ?? "");
  const read = (names: RegExp) =>
    [...parts].filter(([name]) => names.test(name)).sort(([a], [b]) => a.localeCompare(b, "en"));
  const text = new WordText(styles);
  const told = new Set<string>();
  // First page, odd and even pages have a header each, mostly the same.
  for (const [, xml] of read(/header/)) text.read(xml, told);
  text.read(parts.get("word/document.xml") ?? "");
  for (const [, xml] of read(/footer/)) text.read(xml, told);
  const { lines, hidden } = text;
  if (lines.reduce((sum, line) => sum + line.text.replace(/\s/g, "").length, 0) < fewestLetters)
    throw new ResumeRefused("no-text");
  return { lines, hidden, problems: [] };
}
