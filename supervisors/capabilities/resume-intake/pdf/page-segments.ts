/**
 * From letters to segments: pieces of a line without a wide gap. Blanks in a PDF are often mere distance, headings are often
 * set with blanks between all letters ("S K I L L S"), and bold is sometimes the same letter twice.
 */
import type { Glyph } from "./page-glyphs.ts";

export interface Segment {
  readonly text: string;
  readonly x0: number;
  readonly x1: number;
  /** Base line, from the top. */
  readonly y: number;
  readonly size: number;
  readonly bold: boolean;
}

/** In units of the letters' size. */
const wordGap = 0.17;
const segmentGap = 1.3;
const sameLine = 0.35;

/** Segments of letters written from left to right, in no order; a letter set twice counts once. */
export function segmentsOf(glyphs: readonly Glyph[]): Segment[] {
  const rows: { y: number; size: number; glyphs: Glyph[] }[] = [];
  const known = new Map<string, Glyph>();
  let last: (typeof rows)[number] | undefined;
  for (const glyph of glyphs) {
    if (glyph.text.trim() !== "") {
      const key = `${glyph.text} ${Math.round(glyph.x / 2)} ${Math.round(glyph.y / 2)}`;
      const twin = known.get(key);
      if (
        twin &&
        Math.abs(twin.x - glyph.x) < glyph.size * 0.1 &&
        Math.abs(twin.y - glyph.y) < glyph.size * 0.1
      )
        continue;
      known.set(key, glyph);
    }
    const near = (row: (typeof rows)[number]) =>
      Math.abs(row.y - glyph.y) <= Math.min(row.size, glyph.size) * sameLine;
    let row = last && near(last) ? last : rows.findLast(near);
    if (row === undefined) {
      row = { y: glyph.y, size: glyph.size, glyphs: [] };
      rows.push(row);
    }
    row.glyphs.push(glyph);
    last = row;
  }
  return rows.flatMap((row) => segmentsOfRow(row.glyphs));
}

function segmentsOfRow(unsorted: readonly Glyph[]): Segment[] {
  const glyphs = [...unsorted].sort((a, b) => a.x - b.x);
  const groups: Glyph[][] = [];
  let end = 0;
  for (const glyph of glyphs) {
    const group = groups.at(-1);
    const blank = glyph.text.trim() === "";
    if (group === undefined && blank) continue;
    if (group === undefined || glyph.x - end > gapOf(group, glyph)) {
      if (blank) continue;
      groups.push([glyph]);
    } else group.push(glyph);
    if (!blank) end = Math.max(group === undefined ? 0 : end, glyph.x + glyph.width);
  }
  return groups.flatMap((group) => {
    const text = wordsOf(group);
    if (text === "") return [];
    const seen = group.filter((glyph) => glyph.text.trim() !== "");
    const first = seen[0];
    if (first === undefined) return [];
    return [
      {
        text,
        x0: first.x,
        x1: Math.max(...seen.map((glyph) => glyph.x + glyph.width)),
        y: median(seen.map((glyph) => glyph.y)),
        size: median(seen.map((glyph) => glyph.size)),
        bold: seen.filter((glyph) => glyph.bold).length > seen.length / 2,
      },
    ];
  });
}

/** Letters set apart widen the gap that parts two segments, else each were one. */
function gapOf(group: readonly Glyph[], next: Glyph): number {
  const size = Math.max(next.size, group.at(-1)?.size ?? 0);
  return size * segmentGap;
}

/** The group's text with a blank wherever there is one or the distance says so. */
function wordsOf(group: readonly Glyph[]): string {
  const letters: { text: string; size: number; before: number; blank: boolean }[] = [];
  let end = group[0]?.x ?? 0;
  let blank = false;
  for (const glyph of group) {
    if (glyph.text.trim() === "") {
      blank = true;
      continue;
    }
    letters.push({ text: glyph.text.trim(), size: glyph.size, before: (glyph.x - end) / glyph.size, blank });
    end = glyph.x + glyph.width;
    blank = false;
  }
  const widest = Math.max(wordGap, usualGap(letters) + 0.13);
  const parts = letters.map(({ before, blank: space, text }, at) => {
    if (at === 0) return "";
    // A thin gap after a blank that was drawn elsewhere is no second word; punctuation never begins one.
    if (/^[,.;:!?)\]}]/.test(text) && before < widest * 2) return space ? " " : "";
    return space || before > widest ? " " : "";
  });
  closeSpacedLetters(letters, parts);
  return (
    letters
      .map(({ text }, at) => `${parts[at]}${text}`)
      .join("")
      // Ligatures are letters of a font, not of the text.
      .replace(/[\ufb00-\ufb06]/g, (ligature) => ligature.normalize("NFKC"))
      .trim()
  );
}

/** Distance between the letters of one word, where they are set apart all along; in units of their size. */
function usualGap(letters: readonly { readonly before: number; readonly blank: boolean }[]): number {
  if (letters.length < 5) return 0;
  return Math.max(
    0,
    median(
      letters
        .slice(1)
        .filter((letter) => !letter.blank)
        .map((letter) => letter.before),
    ),
  );
}

/** Four or more single letters in a row are a word whose letters are set apart; its own blanks are clearly wider. */
function closeSpacedLetters(
  letters: readonly { readonly text: string; readonly before: number }[],
  parts: string[],
) {
  for (let at = 0; at < letters.length; ) {
    let end = at + 1;
    while (
      end < letters.length &&
      parts[end] === " " &&
      isLetter(letters[end]?.text) &&
      isLetter(letters[end - 1]?.text)
    )
      end += 1;
    // The last of the run must stand alone, too.
    if (end < letters.length && parts[end] === "" && end - at > 1) end -= 1;
    if (end - at >= 4) {
      const gaps = letters.slice(at + 1, end).map((letter) => letter.before);
      const usual = [...gaps].sort((a, b) => a - b)[Math.floor(gaps.length * 0.4)] ?? 0;
      for (let one = at + 1; one < end; one += 1)
        if ((letters[one]?.before ?? 0) <= usual * 1.5 + 0.08) parts[one] = "";
    }
    at = Math.max(end, at + 1);
  }
}

const isLetter = (text: string | undefined) => text !== undefined && /^[\p{L}\p{N}&/]$/u.test(text);

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
