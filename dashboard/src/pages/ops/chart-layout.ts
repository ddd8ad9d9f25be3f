/**
 * Where the states and steps of one region of a statechart stand: in columns by how many steps lie between a state and the
 * initial one, forward steps as curves to the right, steps back as arcs beneath. Pure arithmetic, in SVG units.
 */
import type { Chart, ChartState } from "../../../../protocols/inspection.ts";

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
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
  readonly width: number;
  readonly height: number;
}

export const boxWidth = 132;
export const boxHeight = 34;
const columnStep = 250;
const rowStep = 62;
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
  const tallest = Math.max(1, ...columns.map((column) => column.length));
  const boxes: Box[] = columns.flatMap((column, c) =>
    column.flatMap((path, r) => {
      const state = inside.find((one) => one.path === path);
      const y = edge + ((tallest - column.length) * rowStep) / 2 + r * rowStep;
      return state ? [{ state, x: edge + c * columnStep, y }] : [];
    }),
  );
  const boxOf = new Map(boxes.map((box) => [box.state.path, box]));
  const floorY = edge + (tallest - 1) * rowStep + boxHeight;
  let arcs = 0;
  const arrows = links.flatMap((link): Arrow[] => {
    const [a, b] = [boxOf.get(link.from), boxOf.get(link.to)];
    if (!a || !b) return [];
    const [from, to] = [columnAt.get(link.from) ?? 0, columnAt.get(link.to) ?? 0];
    const drawn =
      from < to ? forward(a, b) : from === to ? beside(a, b) : back(a, b, floorY + ++arcs * arcStep);
    return [{ ...drawn, from: link.from, to: link.to, all: [...link.all], label: labelOf([...link.all]) }];
  });
  return {
    boxes,
    arrows,
    width: 2 * edge + (columns.length - 1) * columnStep + boxWidth + (arrows.length > 0 ? 60 : 0),
    height: floorY + arcs * arcStep + edge + 6,
  };
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

type Drawn = Pick<Arrow, "path" | "labelX" | "labelY">;

function forward(a: Box, b: Box): Drawn {
  const [x1, y1] = [a.x + boxWidth, a.y + boxHeight / 2];
  const [x2, y2] = [b.x - 4, b.y + boxHeight / 2];
  const bend = (x2 - x1) / 2;
  return {
    path: `M${x1},${y1} C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`,
    labelX: (x1 + x2) / 2,
    labelY: y1 + (y2 - y1) * 0.5 - 5,
  };
}

function beside(a: Box, b: Box): Drawn {
  const x = a.x + boxWidth;
  const down = b.y > a.y;
  const [y1, y2] = [a.y + (down ? 24 : 10), b.y + (down ? 10 : 24)];
  return {
    path: `M${x},${y1} C${x + 46},${y1} ${x + 46},${y2} ${x + 4},${y2}`,
    labelX: x + 48,
    labelY: (y1 + y2) / 2,
  };
}

function back(a: Box, b: Box, y: number): Drawn {
  const [x1, x2] = [a.x + boxWidth * 0.4, b.x + boxWidth * 0.6];
  const [from, to] = [a.y + boxHeight, b.y + boxHeight + 4];
  return {
    path: `M${x1},${from} L${x1},${y - 8} Q${x1},${y} ${x1 - 8},${y} L${x2 + 8},${y} Q${x2},${y} ${x2},${y - 8} L${x2},${to}`,
    labelX: (x1 + x2) / 2,
    labelY: y - 4,
  };
}

function labelOf(all: readonly string[]): string {
  const shown = all.slice(0, namedOn).join(", ");
  return all.length > namedOn ? `${shown} +${all.length - namedOn}` : shown;
}
