/** Where the words of arrows stand, so that they cover neither one another nor a state. Pure arithmetic, in SVG units. */

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
/** The middle of a text and its baseline. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

const lineHeight = 13;
const above = 10;
/** Wide enough for the widest letters of the face that they are written in, 10.5 high. */
const letter = 6;

export const widthOf = (label: string): number => label.length * letter;

export const rectOf = (label: string, { x, y }: Point): Rect => ({
  x: x - widthOf(label) / 2,
  y: y - above,
  width: widthOf(label),
  height: lineHeight,
});

export const overlap = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** @param places for each label, the best first. Where none is free, the nearest line above or below the first is taken. */
export function placeLabels(
  labels: ReadonlyArray<{ readonly label: string; readonly places: readonly [Point, ...Point[]] }>,
  boxes: readonly Rect[],
): Point[] {
  const taken = [...boxes];
  return labels.map(({ label, places }) => {
    const free = (point: Point) => !taken.some((rect) => overlap(rect, rectOf(label, point)));
    const [best] = places;
    let point = places.find(free);
    for (let n = 1; point === undefined; n++)
      point = [n, -n].map((lines) => ({ x: best.x, y: best.y + lines * lineHeight })).find(free);
    taken.push(rectOf(label, point));
    return point;
  });
}
