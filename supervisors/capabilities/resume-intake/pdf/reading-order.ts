/**
 * The order in which a person reads a page's segments: columns one after the other, rows across. A gutter that runs down a
 * good part of the page parts two columns, unless both sides stand on the same base lines, as dates beside jobs do and
 * labels beside their values: those are rows.
 */
import type { Segment } from "./page-segments.ts";

export interface PageLine {
  readonly text: string;
  readonly size: number;
  readonly bold: boolean;
  readonly x: number;
  readonly y: number;
}

/** Fewest lines on each side of a gutter. */
const fewestLines = 4;
const deepest = 12;

/** @returns lines in reading order; pieces of one line are parted by a tab */
export function linesInOrder(segments: readonly Segment[], depth = 0): PageLine[] {
  const gutter = depth < deepest ? bestGutter(segments) : null;
  if (gutter === null) return rows(segments);
  const above: Segment[] = [];
  const left: Segment[] = [];
  const right: Segment[] = [];
  const below: Segment[] = [];
  for (const segment of segments) {
    if (segment.y < gutter.y0) above.push(segment);
    else if (segment.y > gutter.y1) below.push(segment);
    else (segment.x1 <= gutter.x + 1 ? left : right).push(segment);
  }
  return [above, left, right, below].flatMap((part) => linesInOrder(part, depth + 1));
}

interface Gutter {
  readonly x: number;
  readonly y0: number;
  readonly y1: number;
}

/** The gutter with most lines beside it, if any deserves the name. */
function bestGutter(segments: readonly Segment[]): Gutter | null {
  if (segments.length < fewestLines * 2) return null;
  const byY = [...segments].sort((a, b) => a.y - b.y);
  let best: Gutter | null = null;
  let bestWorth = 0;
  for (const x of candidateEdges(segments)) {
    for (const run of runsBeside(byY, x)) {
      const left = run.filter((segment) => segment.x1 <= x + 1);
      const right = run.filter((segment) => segment.x1 > x + 1);
      const worth = Math.min(linesOf(left), linesOf(right)) * 2 + linesOf(run);
      if (linesOf(left) < fewestLines || linesOf(right) < fewestLines || worth <= bestWorth) continue;
      const width = Math.min(...right.map((one) => one.x0)) - Math.max(...left.map((one) => one.x1));
      if (width < 0.8 * medianOf(run.map((one) => one.size)) || areRows(left, right)) continue;
      best = { x, y0: run[0]?.y ?? 0, y1: run.at(-1)?.y ?? 0 };
      bestWorth = worth;
    }
  }
  return best;
}

/** Right edges of segments that have nothing right beside them: a gutter begins at one of these. */
function candidateEdges(segments: readonly Segment[]): number[] {
  const edges = [...new Set(segments.map((segment) => Math.ceil(segment.x1)))].sort((a, b) => a - b);
  return edges.filter((edge, at) => at === edges.length - 1 || (edges[at + 1] ?? 0) - edge > 1).slice(0, 150);
}

/** Stretches of the page in which no segment crosses `x`. */
function runsBeside(byY: readonly Segment[], x: number): Segment[][] {
  const runs: Segment[][] = [[]];
  for (const segment of byY) {
    if (segment.x0 < x + 1 && segment.x1 > x + 1) {
      if (runs.at(-1)?.length) runs.push([]);
    } else runs.at(-1)?.push(segment);
  }
  return runs.filter((run) => run.length >= fewestLines * 2);
}

const dateLike = /\b(19|20)\d\d\b|\bpresent\b|\bcurrent\b|^\p{Lu}[\p{L} ]+,\s*\p{Lu}/iu;

/** Whether the narrower side stands line by line beside the other: one row each. */
function areRows(left: readonly Segment[], right: readonly Segment[]): boolean {
  const letters = (side: readonly Segment[]) =>
    side.reduce((sum, one) => sum + one.text.length, 0) / side.length;
  const [narrow, wide] = letters(left) < letters(right) ? [left, right] : [right, left];
  const besides = (tolerance: number) =>
    narrow.filter((one) => wide.some((other) => Math.abs(other.y - one.y) <= tolerance)).length /
    narrow.length;
  const dates = narrow.filter((one) => dateLike.test(one.text)).length / narrow.length;
  return (
    besides(0.6) >= 0.92 || (besides(medianOf(narrow.map((one) => one.size)) * 0.35) >= 0.7 && dates >= 0.4)
  );
}

/** Segments on one base line become one line, from the top down. */
function rows(segments: readonly Segment[]): PageLine[] {
  const lines: Segment[][] = [];
  for (const segment of [...segments].sort((a, b) => a.y - b.y)) {
    const line = lines.at(-1);
    const first = line?.[0];
    if (line && first && segment.y - first.y <= Math.min(first.size, segment.size) * 0.45) line.push(segment);
    else lines.push([segment]);
  }
  return lines.map((line) => {
    const pieces = line.sort((a, b) => a.x0 - b.x0);
    return {
      text: pieces.map((piece) => piece.text).join("\t"),
      size: Math.max(...pieces.map((piece) => piece.size)),
      bold: pieces[0]?.bold ?? false,
      x: pieces[0]?.x0 ?? 0,
      y: pieces[0]?.y ?? 0,
    };
  });
}

const linesOf = (side: readonly Segment[]) => new Set(side.map((segment) => Math.round(segment.y))).size;

const medianOf = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
