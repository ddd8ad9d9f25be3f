/** A text as the lines that scoring compares: wrapped lines joined, long ones parted into sentences, glued words parted. */
import { plain } from "./words.ts";

/** What is read of one text; a real résumé or posting has 1,000 to 20,000 characters. */
const MAX_CHARACTERS = 60_000;
const MAX_LINE = 300;

/**
 * Parts words that a converter or a page without line breaks glued together: "needed.Apply", "SkillsJava".
 * @param isWord whether a word in small letters is one ("javascript"), and so stays whole
 */
export function unglued(text: string, isWord: (word: string) => boolean): string {
  return text
    .replace(/(\p{Ll}|\))([.;:!?])(?=\p{Lu}\p{Ll})/gu, "$1$2 ")
    .replace(/\b[A-Za-z]{0,40}[a-z][A-Z][A-Za-z]{0,40}\b/g, (word) =>
      isWord(word.toLowerCase()) ? word : word.replace(/([a-z])([A-Z])/g, "$1 $2"),
    );
}

/** Each line at most `MAX_LINE` long, none twice, none without a word. */
export function linesOf(text: string): string[] {
  const whole: string[] = [];
  for (const raw of text.slice(0, MAX_CHARACTERS).split(/\r?\n|\u2028/)) {
    const line = plain(raw);
    const before = whole.at(-1) ?? "";
    // A line that begins small after a long one without an end goes on with its sentence.
    if (before.length > 60 && before.length < 2000 && /^[\p{Ll}(]/u.test(line) && !/[.:;!?]$/.test(before))
      whole[whole.length - 1] = `${before} ${line}`;
    else whole.push(line);
  }
  const parts = whole.flatMap((line) =>
    line.length > 160 ? line.split(/(?<=[.;!?])\s+(?=[\p{Lu}•●*-])|[•●]/u) : [line],
  );
  const lines = parts.flatMap((part) => pieces(part.trim())).filter((line) => /\p{L}{2}/u.test(line));
  return [...new Set(lines)];
}

function pieces(line: string): string[] {
  const all: string[] = [];
  for (let at = 0; at < line.length; at += MAX_LINE) all.push(line.slice(at, at + MAX_LINE));
  return all;
}

/** The first `count` lines that say something: three words or more, unless the text has hardly any such. */
export function tellingLines(lines: readonly string[], count: number): string[] {
  const telling = lines.filter((line) => (line.match(/\p{L}{2,}/gu) ?? []).length >= 3);
  return (telling.length >= 5 ? telling : lines).slice(0, count);
}
