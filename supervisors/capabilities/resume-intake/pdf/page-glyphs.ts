/**
 * What a PDF page shows, letter by letter: replays the page's drawing commands far enough to know where each letter stands,
 * how large it is, and whether a person would see it. pdf.js's own text extraction knows nothing of colours, so a line in
 * white on white would count as any other.
 */

import { Canvas, type Colour } from "./page-canvas.ts";
import type { PdfPage } from "./pdfjs.ts";

export interface Glyph {
  readonly text: string;
  /** Left end of the letter on its base line, in points from the page's top left corner, after the page's rotation. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Height of the letters, points. */
  readonly size: number;
  /** Quarter turns of the writing direction: 0 is left to right. */
  readonly turn: number;
  readonly bold: boolean;
  /** Why a person does not see it; null if they do. */
  readonly hidden: "invisible" | "tiny" | "colour" | "off the page" | null;
}

export interface PageGlyphs {
  readonly glyphs: readonly Glyph[];
  /** Share of the page that pictures cover, 0 to 1. */
  readonly pictured: number;
}

type Matrix = readonly [number, number, number, number, number, number];
const identity: Matrix = [1, 0, 0, 1, 0, 0];
const times = (m: Matrix, n: Matrix): Matrix => [
  m[0] * n[0] + m[2] * n[1],
  m[1] * n[0] + m[3] * n[1],
  m[0] * n[2] + m[2] * n[3],
  m[1] * n[2] + m[3] * n[3],
  m[0] * n[4] + m[2] * n[5] + m[4],
  m[1] * n[4] + m[3] * n[5] + m[5],
];

interface Font {
  readonly scale: number;
  readonly bold: boolean;
  readonly vertical: boolean;
}

interface State {
  ctm: Matrix;
  fill: Colour;
  stroke: Colour;
  alpha: number;
  /** Of the groups around: they are painted as one. */
  groupAlpha: number;
  font: Font;
  fontSize: number;
  charSpacing: number;
  wordSpacing: number;
  hScale: number;
  leading: number;
  rise: number;
  mode: number;
}

/** Letters smaller than this are not read by anybody. */
const smallestPt = 2.5;
/** Drawing commands and letters of one page that are looked at: a rich page has 20,000. */
const mostCommands = 400_000;
const mostGlyphs = 60_000;

type Ops = Readonly<Record<string, number>>;

interface PdfFont {
  readonly name?: string;
  readonly bold?: boolean;
  readonly black?: boolean;
  readonly vertical?: boolean;
  readonly fontMatrix?: readonly number[];
}

/**
 * @param ops the numbers of pdf.js's commands by name
 * @param isShown whether a layer (optional content) is visible
 */
export async function glyphsOf(
  page: PdfPage,
  ops: Ops,
  isShown: (layer: unknown) => boolean,
): Promise<PageGlyphs> {
  const list = await page.getOperatorList();
  const viewport = page.getViewport({ scale: 1 });
  const names = new Map(Object.entries(ops).map(([name, number]) => [number, name]));
  const canvas = new Canvas(viewport.width, viewport.height);
  const glyphs: Glyph[] = [];
  const base = viewport.transform as unknown as Matrix;
  let state: State = {
    ctm: base,
    fill: [0, 0, 0],
    stroke: [0, 0, 0],
    alpha: 1,
    groupAlpha: 1,
    font: { scale: 0.001, bold: false, vertical: false },
    fontSize: 1,
    charSpacing: 0,
    wordSpacing: 0,
    hScale: 1,
    leading: 0,
    rise: 0,
    mode: 0,
  };
  const saved: State[] = [];
  let text: Matrix = identity;
  let line: Matrix = identity;
  const layers: boolean[] = [];
  const save = () => {
    if (saved.length < 1_000) saved.push({ ...state });
    canvas.save();
  };
  const restore = () => {
    state = saved.pop() ?? state;
    canvas.restore();
  };
  const nextLine = (x: number, y: number) => {
    line = times(line, [1, 0, 0, 1, x, y]);
    text = line;
  };

  const show = (shown: readonly unknown[]) => {
    const { fontSize, font, hScale } = state;
    for (const one of shown) {
      if (typeof one === "number") {
        const shift = (-one / 1000) * fontSize;
        text = times(text, font.vertical ? [1, 0, 0, 1, 0, shift] : [1, 0, 0, 1, shift * hScale, 0]);
        continue;
      }
      if (typeof one !== "object" || one === null || !("unicode" in one)) continue;
      const glyph = one as { unicode?: unknown; width?: unknown; isSpace?: unknown };
      const width = typeof glyph.width === "number" ? glyph.width : 0;
      const advance =
        width * font.scale * fontSize + state.charSpacing + (glyph.isSpace === true ? state.wordSpacing : 0);
      place(String(glyph.unicode ?? ""), width * font.scale * fontSize * hScale);
      text = times(text, font.vertical ? [1, 0, 0, 1, 0, -fontSize] : [1, 0, 0, 1, advance * hScale, 0]);
    }
  };

  const place = (unicode: string, width: number) => {
    if (glyphs.length >= mostGlyphs || unicode === "") return;
    const at = times(state.ctm, times(text, [1, 0, 0, 1, 0, state.rise]));
    const along = Math.hypot(at[0], at[1]);
    const size = Math.abs(state.fontSize) * (Math.hypot(at[2], at[3]) || along);
    const turn = (Math.round(Math.atan2(at[1], at[0]) / (Math.PI / 2)) + 4) % 4;
    const [x, y] = [at[4], at[5]];
    const wide = Math.abs(width * along);
    glyphs.push({
      text: unicode,
      x,
      y,
      width: wide,
      size,
      turn,
      bold: state.font.bold,
      hidden: why(x, y, wide, size),
    });
  };

  const why = (x: number, y: number, width: number, size: number): Glyph["hidden"] => {
    if (
      state.mode === 3 ||
      state.mode === 7 ||
      state.alpha * state.groupAlpha < 0.1 ||
      layers.includes(false)
    )
      return "invisible";
    if (size < smallestPt) return "tiny";
    if (x + width < 0 || y < 0 || x > viewport.width || y - size > viewport.height) return "off the page";
    const inked =
      state.mode === 1 ? [state.stroke] : state.mode === 2 ? [state.fill, state.stroke] : [state.fill];
    return inked.every((ink) => canvas.swallows(ink, x + width / 2, y - size * 0.3)) ? "colour" : null;
  };

  const fontNamed = (name: unknown): Font => {
    let found: PdfFont = {};
    try {
      if (page.commonObjs.has(String(name))) found = page.commonObjs.get(String(name)) as PdfFont;
    } catch {
      // A font that is broken still has letters with widths.
    }
    return {
      scale: found.fontMatrix?.[0] ?? 0.001,
      bold:
        found.bold === true ||
        found.black === true ||
        /bold|black|heavy|semibold|demi/i.test(found.name ?? ""),
      vertical: found.vertical === true,
    };
  };

  const commands = Math.min(list.fnArray.length, mostCommands);
  for (let at = 0; at < commands; at += 1) {
    const name = names.get(list.fnArray[at] ?? -1) ?? "";
    const args = (list.argsArray[at] ?? []) as readonly unknown[];
    const [first, second] = args;
    switch (name) {
      case "save":
        save();
        break;
      case "beginGroup":
        save();
        state.groupAlpha *= state.alpha;
        state.alpha = 1;
        break;
      case "restore":
      case "endGroup":
      case "paintFormXObjectEnd":
      case "endAnnotation":
        restore();
        break;
      case "transform":
        state.ctm = times(state.ctm, matrixOf(args));
        break;
      case "paintFormXObjectBegin":
        save();
        state.ctm = times(state.ctm, matrixOf(first));
        break;
      case "beginAnnotation":
        save();
        state.ctm = times(times(base, matrixOf(args[2])), matrixOf(args[3]));
        break;
      case "beginText":
        text = identity;
        line = identity;
        break;
      case "setTextMatrix":
        line = matrixOf(args.length === 1 ? first : args);
        text = line;
        break;
      case "moveText":
        nextLine(num(first), num(second));
        break;
      case "setLeadingMoveText":
        state.leading = -num(second);
        nextLine(num(first), num(second));
        break;
      case "nextLine":
        nextLine(0, -state.leading);
        break;
      case "setLeading":
        state.leading = num(first);
        break;
      case "setCharSpacing":
        state.charSpacing = num(first);
        break;
      case "setWordSpacing":
        state.wordSpacing = num(first);
        break;
      case "setHScale":
        state.hScale = num(first) / 100;
        break;
      case "setTextRise":
        state.rise = num(first);
        break;
      case "setTextRenderingMode":
        state.mode = num(first);
        break;
      case "setFont":
        state.font = fontNamed(first);
        state.fontSize = num(second);
        break;
      case "showText":
      case "showSpacedText":
        if (Array.isArray(first)) show(first);
        break;
      case "nextLineShowText":
      case "nextLineSetSpacingShowText":
        nextLine(0, -state.leading);
        if (Array.isArray(args.at(-1))) show(args.at(-1) as unknown[]);
        break;
      case "setFillRGBColor":
        state.fill = colourOf(args);
        break;
      case "setStrokeRGBColor":
        state.stroke = colourOf(args);
        break;
      case "setFillColorN":
      case "setFillTransparent":
        state.fill = null;
        break;
      case "setStrokeColorN":
      case "setStrokeTransparent":
        state.stroke = null;
        break;
      case "setGState":
        for (const [key, value] of (first ?? []) as [string, unknown][]) {
          if (key === "ca") state.alpha = num(value);
          if (key === "Font" && Array.isArray(value)) {
            state.font = fontNamed(value[0]);
            state.fontSize = num(value[1]);
          }
        }
        break;
      case "clip":
      case "eoClip":
        canvas.clipNext();
        break;
      case "constructPath":
        canvas.path(
          names.get(num(first)) ?? "",
          second,
          args[2],
          state.ctm,
          state.fill,
          state.alpha * state.groupAlpha,
        );
        break;
      case "shadingFill":
        canvas.everything();
        break;
      case "beginMarkedContentProps":
        layers.push(first === "OC" ? isShown(second) : true);
        break;
      case "beginMarkedContent":
        layers.push(true);
        break;
      case "endMarkedContent":
        layers.pop();
        break;
      default:
        if (/^paint.*Image/.test(name)) canvas.picture(state.ctm);
    }
  }
  return { glyphs, pictured: canvas.pictured() };
}

const num = (value: unknown): number => (typeof value === "number" && Number.isFinite(value) ? value : 0);

function matrixOf(value: unknown): Matrix {
  const list = ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value;
  if (!Array.isArray(list) || list.length < 6) return identity;
  return list.slice(0, 6).map(num) as unknown as Matrix;
}

/** "#rrggbb" or three numbers. */
function colourOf(args: readonly unknown[]): Colour {
  const [first] = args;
  if (typeof first === "string") {
    const match = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(first);
    return match ? [match[1], match[2], match[3]].map((hex) => Number.parseInt(hex ?? "0", 16)) : null;
  }
  return args.length >= 3 ? args.slice(0, 3).map(num) : null;
}
