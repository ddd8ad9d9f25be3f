/**
 * Where the states and steps of one region of a statechart stand: in columns by how many steps lie between a state and the
 * initial one, forward steps as curves to the right, steps back as arcs beneath. Pure arithmetic, in SVG units.
 */
import type { Chart, ChartState } from "../../../../protocols/inspection.ts";
import { type Point, placeLabels, rectOf, widthOf } from "./place-labels.ts";

export interface Box {
  readonly state: ChartState;
  readonly x: number;
  readonly y: number;
}
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly path: string;
  readonly label: string;
  readonly all: readonly string[];
  readonly labelX: number;
  readonly labelY: number;
}
export interface RegionLayout {
  /** Of what is drawn; words may stand above or left of the first state. */
  readonly x: number;
  readonly y: number;
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
  readonly width: number;
  readonly height: number;
}

export const boxWidth = 132;
export const boxHeight = 34;
/** Between two columns at least. */
const columnGap = 118;
const rowStep = 62;
/** How far the first arrow within a column swings out, and each further one more. */
const bend = 40;
const bendStep = 16;
const arcStep = 20;
const edge = 12;
/** Names of steps that fit on an arrow; the others are counted. */
const namedOn = 2;

/** The states directly inside `parent`, laid out; steps of states further inside count as those of their ancestor here. */
export function layoutRegion({ states, steps }: Chart, parent: string): RegionLayout {
  const inside = states.filter((state) => state.parent === parent);
  const ancestor = (path: string) =>
    inside.find((state) => path === state.path || path.startsWith(`${state.path}.`))?.path;
  const merged = new Map<string, { from: string; to: string; all: Set<string> }>();
  for (const step of steps) {
    const from = ancestor(step.from);
    const to = step.to === null ? undefined : ancestor(step.to);
    if (from === undefined || to === undefined || from === to) continue;
    const key = `${from} ${to}`;
    const one = merged.get(key) ?? { from, to, all: new Set<string>() };
    merged.set(key, one);
    one.all.add(step.on === "" ? `[${step.guard ?? "at once"}]` : step.on);
  }
  const links = [...merged.values()];
  const columns = columnsOf(inside, links);
  const columnAt = new Map(
    [...columns.entries()].flatMap(([c, column]) => column.map((path) => [path, c] as const)),
  );
  const columnOf = (path: string) => columnAt.get(path) ?? 0;
  const lefts = leftsOf(columns, links, columnOf);
  const tallest = Math.max(1, ...columns.map((column) => column.length));
  const boxes: Box[] = columns.flatMap((column, c) =>
    column.flatMap((path, r) => {
      const state = inside.find((one) => one.path === path);
      const y = edge + ((tallest - column.length) * rowStep) / 2 + r * rowStep;
      return state ? [{ state, x: lefts[c] ?? edge, y }] : [];
    }),
  );
  const boxOf = new Map(boxes.map((box) => [box.state.path, box]));
  const floorY = edge + (tallest - 1) * rowStep + boxHeight;
  const bends = columns.map(() => 0);
  let arcs = 0;
  const drawn = links.flatMap((link) => {
    const [a, b] = [boxOf.get(link.from), boxOf.get(link.to)];
    if (!a || !b) return [];
    const [from, to] = [columnOf(link.from), columnOf(link.to)];
    const label = labelOf([...link.all]);
    const line = () => {
      if (from < to) return forward(a, b);
      if (from > to) return back(a, b, floorY + ++arcs * arcStep);
      const nth = bends[from] ?? 0;
      bends[from] = nth + 1;
      return beside(a, b, bend + nth * bendStep, label);
    };
    return [{ ...line(), from: link.from, to: link.to, all: [...link.all], label }];
  });
  const rects = boxes.map(({ x, y }) => ({ x, y, width: boxWidth, height: boxHeight }));
  const places = placeLabels(drawn, rects);
  const arrows = drawn.map(({ places: _, ...arrow }, i): Arrow => {
    const { x, y } = places[i] ?? { x: 0, y: 0 };
    return { ...arrow, labelX: x, labelY: y };
  });
  const all = [...rects, ...arrows.map(({ label, labelX: x, labelY: y }) => rectOf(label, { x, y }))];
  const furthestBend = Math.max(
    0,
    ...columns.map((_, c) =>
      (bends[c] ?? 0) === 0 ? 0 : (lefts[c] ?? 0) + boxWidth + bend + (bends[c] ?? 0) * bendStep,
    ),
  );
  const left = Math.min(0, ...all.map(({ x }) => x - edge));
  const top = Math.min(0, ...all.map(({ y }) => y - edge));
  const right = Math.max(furthestBend, ...all.map(({ x, width }) => x + width)) + edge;
  const bottom = Math.max(floorY + arcs * arcStep + 6, ...all.map(({ y, height }) => y + height)) + edge;
  return { boxes, arrows, x: left, y: top, width: right - left, height: bottom - top };
}

/** Where each column begins: so far from the one before that the words between both have room. */
function leftsOf(
  columns: readonly (readonly string[])[],
  links: readonly Link[],
  columnOf: (path: string) => number,
): number[] {
  const lefts = [edge];
  for (let c = 0; c < columns.length - 1; c++) {
    const from = links.filter((link) => columnOf(link.from) === c);
    const inside = from.filter((link) => columnOf(link.to) === c);
    const wide = (some: readonly Link[]) => Math.max(0, ...some.map(({ all }) => widthOf(labelOf([...all]))));
    const swing = inside.length === 0 ? 0 : bend + inside.length * bendStep + wide(inside);
    const across = wide(from.filter((link) => columnOf(link.to) === c + 1));
    lefts.push((lefts[c] ?? edge) + boxWidth + Math.max(columnGap, swing + 24, across + 24));
  }
  return lefts;
}

interface Link {
  readonly from: string;
  readonly to: string;
  readonly all: ReadonlySet<string>;
}

/** By steps from the initial state; what is not reached from it stands last. */
function columnsOf(
  inside: readonly ChartState[],
  links: ReadonlyArray<{ from: string; to: string }>,
): string[][] {
  const columns: string[][] = [];
  const seen = new Set<string>();
  let next = inside.filter(({ initial }) => initial).map(({ path }) => path);
  if (next.length === 0) next = inside.slice(0, 1).map(({ path }) => path);
  while (next.length > 0) {
    columns.push(next);
    for (const path of next) seen.add(path);
    const reached = next.flatMap((path) => links.filter(({ from }) => from === path).map(({ to }) => to));
    // In the author's order, so that the picture keeps its shape when a step is added.
    next = inside.map(({ path }) => path).filter((path) => reached.includes(path) && !seen.has(path));
  }
  const rest = inside.map(({ path }) => path).filter((path) => !seen.has(path));
  return rest.length > 0 ? [...columns, rest] : columns;
}

interface Drawn {
  readonly path: string;
  /** For its words, the best first. */
  readonly places: readonly [Point, ...Point[]];
}

function forward(a: Box, b: Box): Drawn {
  const [x1, y1] = [a.x + boxWidth, a.y + boxHeight / 2];
  const [x2, y2] = [b.x - 4, b.y + boxHeight / 2];
  const half = (x2 - x1) / 2;
  // Along the middle of the curve, where it is nearly straight.
  const at = (t: number): Point => ({
    x: x1 + (x2 - x1) * t,
    y: y1 + (y2 - y1) * (3 * t * t - 2 * t ** 3) - 5,
  });
  return {
    path: `M${x1},${y1} C${x1 + half},${y1} ${x2 - half},${y2} ${x2},${y2}`,
    places: [at(0.5), at(0.4), at(0.6), at(0.3), at(0.7), at(0.2), at(0.8)],
  };
}

/** @param out how far its bend is drawn to the right. */
function beside(a: Box, b: Box, out: number, label: string): Drawn {
  const x = a.x + boxWidth;
  const down = b.y > a.y;
  const [y1, y2] = [a.y + (down ? 24 : 10), b.y + (down ? 10 : 24)];
  return {
    path: `M${x},${y1} C${x + out},${y1} ${x + out},${y2} ${x + 4},${y2}`,
    // Right of the bend, whose furthest point is at three quarters of the way out.
    places: [{ x: x + out * 0.75 + 6 + widthOf(label) / 2, y: (y1 + y2) / 2 + 4 }],
  };
}

function back(a: Box, b: Box, y: number): Drawn {
  const [x1, x2] = [a.x + boxWidth * 0.4, b.x + boxWidth * 0.6];
  const [from, to] = [a.y + boxHeight, b.y + boxHeight + 4];
  return {
    path: `M${x1},${from} L${x1},${y - 8} Q${x1},${y} ${x1 - 8},${y} L${x2 + 8},${y} Q${x2},${y} ${x2},${y - 8} L${x2},${to}`,
    places: [
      { x: (x1 + x2) / 2, y: y - 4 },
      { x: (2 * x1 + x2) / 3, y: y - 4 },
      { x: (x1 + 2 * x2) / 3, y: y - 4 },
    ],
  };
}

function labelOf(all: readonly string[]): string {
  const shown = all.slice(0, namedOn).join(", ");
  return all.length > namedOn ? `${shown} +${all.length - namedOn}` : shown;
}
