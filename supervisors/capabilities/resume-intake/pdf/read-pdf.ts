/** A PDF's visible text, page by page, in reading order. Runs in the reader's own process: see `read-resume.ts`. */
import { ResumeRefused } from "../refusal.ts";
import { type FileText, plainLine, type TextLine, withoutBullet } from "../text-line.ts";
import { type Glyph, glyphsOf, type PageGlyphs } from "./page-glyphs.ts";
import { segmentsOf } from "./page-segments.ts";
import { getDocument, OPS, type PdfDocument } from "./pdfjs.ts";
import { linesInOrder, type PageLine } from "./reading-order.ts";

const mostPages = 60;
/** Letters, without blanks, below which a file counts as one without text. */
const fewestLetters = 20;

/** @throws ResumeRefused */
export async function readPdf(bytes: Uint8Array): Promise<FileText> {
  // A file that lost its end lost text with it, and what is left would be taken for the whole.
  if (!Buffer.from(bytes.subarray(-2048)).includes("%%EOF")) throw new ResumeRefused("damaged");
  const task = getDocument({
    data: bytes.slice(),
    // Nothing of the file is run, nothing is fetched, and fonts are looked at for widths only.
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    enableXfa: false,
    stopAtErrors: false,
    // A scan at 400 dpi has 16 million pixels; what is larger is left out before it takes memory.
    maxImageSize: 40_000_000,
    verbosity: 0,
  });
  let document: PdfDocument;
  try {
    document = await task.promise;
  } catch (cause) {
    throw refusalOf(cause);
  }
  if (document.numPages > mostPages) throw new ResumeRefused("too-many-pages");
  const layers = await document.getOptionalContentConfig();
  const pages: PageGlyphs[] = [];
  let broken = 0;
  for (let number = 1; number <= document.numPages; number += 1) {
    try {
      const page = await document.getPage(number);
      pages.push(await glyphsOf(page, OPS, (layer) => layers.isVisible(layer)));
      page.cleanup();
    } catch {
      broken += 1; // Told below: the other pages are still read.
    }
  }
  if (pages.length === 0) throw new ResumeRefused("damaged");
  return textOf(pages, broken);
}

function refusalOf(cause: unknown): ResumeRefused {
  const name = cause instanceof Error ? cause.name : "";
  return new ResumeRefused(name === "PasswordException" ? "encrypted" : "damaged");
}

function textOf(pages: readonly PageGlyphs[], broken: number): FileText {
  const problems: { kind: string; message: string }[] = [];
  if (broken > 0)
    problems.push({ kind: "broken-pages", message: `${broken} of the file's pages could not be read.` });
  const seen: (readonly PageLine[])[] = [];
  const hidden: string[] = [];
  let recognised = 0;
  for (const { glyphs, pictured } of pages) {
    const letters = glyphs.filter((glyph) => glyph.text.trim() !== "");
    const invisible = letters.filter((glyph) => glyph.hidden === "invisible");
    // Invisible letters over a picture of the page are what text recognition leaves there.
    const isScan = pictured > 0.5 && letters.length > 0 && invisible.length > letters.length * 0.9;
    if (isScan) recognised += 1;
    const shown = (glyph: Glyph) => glyph.hidden === null || (isScan && glyph.hidden === "invisible");
    seen.push(linesOf(glyphs.filter(shown)));
    hidden.push(...linesOf(glyphs.filter((glyph) => !shown(glyph))).map((line) => line.text));
  }
  const count = seen.flat().reduce((sum, line) => sum + line.text.replace(/\s/g, "").length, 0);
  if (count < fewestLetters) throw new ResumeRefused("no-text");
  if (recognised > 0)
    problems.push({
      kind: "recognised-text",
      message:
        "The pages are pictures, and their text comes from text recognition: compare it with the file.",
    });
  return { lines: withLooks(withoutRepeats(seen)), hidden, problems };
}

/** Writing directions one after the other: first what is written from left to right, then what is turned. */
function linesOf(glyphs: readonly Glyph[]): PageLine[] {
  return [0, 1, 2, 3].flatMap((turn) =>
    linesInOrder(
      segmentsOf(glyphs.filter((glyph) => glyph.turn === turn).map((glyph) => turned(glyph, turn))),
    ),
  );
}

function turned(glyph: Glyph, turn: number): Glyph {
  if (turn === 1) return { ...glyph, x: glyph.y, y: -glyph.x };
  if (turn === 2) return { ...glyph, x: -glyph.x, y: -glyph.y };
  if (turn === 3) return { ...glyph, x: -glyph.y, y: glyph.x };
  return glyph;
}

/** Page numbers, and headers and footers from their second time on, are no text of the résumé. */
function withoutRepeats(pages: readonly (readonly PageLine[])[]): readonly (readonly PageLine[])[] {
  const key = (line: PageLine) => line.text.replace(/\d+/g, "#").replace(/\s+/g, " ").trim();
  const edge = (page: readonly PageLine[], at: number) => at < 3 || at >= page.length - 3;
  const counts = new Map<string, number>();
  for (const page of pages)
    for (const one of new Set(page.filter((_, at) => edge(page, at)).map(key)))
      counts.set(one, (counts.get(one) ?? 0) + 1);
  const told = new Set<string>();
  return pages.map((page) =>
    page.filter((line, at) => {
      if (!edge(page, at)) return true;
      if (/^(page|seite|p\.)?\s*\d{1,2}(\s*(\/|of|von|\|)\s*\d{1,2})?$/i.test(line.text.trim())) return false;
      const one = key(line);
      if (pages.length < 2 || (counts.get(one) ?? 0) < Math.max(2, pages.length * 0.6)) return true;
      if (told.has(one)) return false;
      told.add(one);
      return true;
    }),
  );
}

function withLooks(pages: readonly (readonly PageLine[])[]): TextLine[] {
  return pages
    .flatMap((page) =>
      page.map((line, at) => {
        const before = page[at - 1];
        const { text, bullet } = withoutBullet(line.text);
        const gap = before === undefined || line.y - before.y > line.size * 1.75 || line.y < before.y;
        return plainLine(text.trim(), { size: line.size, bold: line.bold, bullet, gap });
      }),
    )
    .filter((line) => line.text !== "");
}
