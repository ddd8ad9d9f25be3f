/** Joins what the page's width broke: a paragraph or a list item is one text again. */
import type { TextLine } from "../text-line.ts";

/** First parts of compounds that keep their hyphen at a line's end. */
const compound =
  /\b(cloud|cross|high|low|real|time|well|self|multi|non|end|to|data|front|back|full|open|event|large|small|test|long|short|user|client|server|community|results?|detail|customer|team|decision|problem|cost|state|of|the|art|co|pre|post|sub|inter|in|on|off|out|day|month|year|three|two|four|five|us|uk|eu|e|ai|ml|third|first|object|domain|model|machine|award|hands|fast|best|world|on|follow|start|role|business|product|service|process|quality|risk|value)-$/i;

/** Whether a line goes on with the paragraph before it. */
export function continues(before: TextLine, line: TextLine, widest: number): boolean {
  if (line.bullet || line.gap || line.heading || line.bold !== before.bold) return false;
  if (Math.abs(line.size - before.size) > 0.6) return false;
  if (
    /^\p{Ll}/u.test(line.text) ||
    /[\p{L},]-$|,$|\b(and|or|the|of|to|in|with|for|a|an|by|on)$/iu.test(before.text)
  )
    return true;
  if (/[.!?:;]$/.test(before.text))
    return before.bullet && before.text.length >= widest * 0.85 && /[;:]$/.test(before.text);
  return before.text.length >= Math.max(30, widest * 0.82);
}

export const joinText = (before: string, next: string): string => {
  if (!/[\p{L}]-$/u.test(before) || !/^\p{Ll}/u.test(next)) return `${before} ${next}`;
  return compound.test(before) ? before + next : before.slice(0, -1) + next;
};

export interface Paragraph extends TextLine {
  /** How many lines it had. */
  readonly lines: number;
}

export function paragraphsOf(lines: readonly TextLine[]): Paragraph[] {
  const widest = Math.max(0, ...lines.map((line) => line.text.length));
  const paragraphs: Paragraph[] = [];
  let last: TextLine | undefined;
  for (const line of lines) {
    const paragraph = paragraphs.at(-1);
    if (
      paragraph !== undefined &&
      last !== undefined &&
      continues(last, line, widest) &&
      paragraph.text.length < 4_000
    )
      paragraphs[paragraphs.length - 1] = {
        ...paragraph,
        text: joinText(paragraph.text, line.text),
        lines: paragraph.lines + 1,
      };
    else paragraphs.push({ ...line, lines: 1 });
    // What follows an item's second line is measured by that line.
    last = paragraph !== undefined && paragraphs.at(-1)?.lines !== 1 ? { ...line, bullet: false } : line;
  }
  return paragraphs;
}
