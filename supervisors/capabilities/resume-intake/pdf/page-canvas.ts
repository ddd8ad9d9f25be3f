/**
 * What lies on a page under its text, as boxes of one colour: enough to know whether a letter has the colour of its ground.
 * Where the ground is a picture or a gradient nobody can tell, and then the letter counts as seen.
 */

/** Red, green, blue, 0 to 255; null if it can't be told (a pattern, half transparent). */
export type Colour = readonly number[] | null;

type Matrix = readonly [number, number, number, number, number, number];

interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}
interface Painted extends Box {
  readonly colour: Colour;
}

/** Colours nearer than this are one to the eye: #e8e8e8 on white. The greatest distance is 441. */
const alikeBelow = 40;
const mostBoxes = 5_000;
const white = [255, 255, 255];

export class Canvas {
  readonly #width: number;
  readonly #height: number;
  readonly #painted: Painted[] = [];
  readonly #pictures: Box[] = [];
  readonly #clips: Box[] = [];
  #clip: Box;
  #clipNext = false;

  constructor(width: number, height: number) {
    this.#width = width;
    this.#height = height;
    this.#clip = { x0: -1e6, y0: -1e6, x1: 1e6, y1: 1e6 };
  }

  save() {
    if (this.#clips.length < 1_000) this.#clips.push(this.#clip);
  }

  restore() {
    this.#clip = this.#clips.pop() ?? this.#clip;
  }

  /** The next path narrows what is painted on. */
  clipNext() {
    this.#clipNext = true;
  }

  /** @param kind the command that ends the path: `fill`, `eoFill`, `endPath`, … @param minMax its corners in user space */
  path(kind: string, data: unknown, minMax: unknown, ctm: Matrix, fill: Colour, alpha: number) {
    const box = boxOf(minMax, ctm);
    if (box === null) {
      this.#clipNext = false;
      return;
    }
    if (/fill/i.test(kind) && alpha > 0.02) {
      const colour = isBox(data)
        ? this.#mixed(fill, alpha, (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
        : null;
      this.#paint({ ...box, colour }, isBox(data));
    }
    if (this.#clipNext) this.#clip = common(this.#clip, box) ?? { x0: 0, y0: 0, x1: 0, y1: 0 };
    this.#clipNext = false;
  }

  picture(ctm: Matrix) {
    const box = common(boxOf([0, 0, 1, 1], ctm) ?? this.#clip, this.#clip);
    if (box === null) return;
    this.#paint({ ...box, colour: null }, true);
    if (this.#pictures.length < mostBoxes) this.#pictures.push(box);
  }

  /** A gradient over all that the clip leaves. */
  everything() {
    this.#paint({ ...this.#clip, colour: null }, true);
  }

  /** Whether ink of this colour at this place can't be seen. */
  swallows(ink: Colour, x: number, y: number): boolean {
    if (ink === null) return false;
    const colour = this.#groundAt(x, y);
    if (colour === null) return false;
    return Math.hypot(...ink.map((value, index) => value - (colour[index] ?? 0))) < alikeBelow;
  }

  #groundAt(x: number, y: number): Colour {
    const ground = this.#painted.findLast((box) => x >= box.x0 && x <= box.x1 && y >= box.y0 && y <= box.y1);
    return ground === undefined ? white : ground.colour;
  }

  /** What half transparent paint makes of the ground in the middle of its box. */
  #mixed(paint: Colour, alpha: number, x: number, y: number): Colour {
    const ground = this.#groundAt(x, y);
    if (paint === null || ground === null) return alpha > 0.95 ? paint : null;
    return paint.map((value, at) => value * alpha + (ground[at] ?? 0) * (1 - alpha));
  }

  /** Share of the page under pictures; overlaps counted twice. */
  pictured(): number {
    const page = { x0: 0, y0: 0, x1: this.#width, y1: this.#height };
    const area = this.#pictures
      .map((box) => common(box, page))
      .reduce((sum, box) => sum + (box === null ? 0 : (box.x1 - box.x0) * (box.y1 - box.y0)), 0);
    return Math.min(1, area / Math.max(1, this.#width * this.#height));
  }

  /** Lines and small signs are no ground; a shape that is no box leaves its surroundings untold. */
  #paint(painted: Painted, box: boolean) {
    const seen = common(painted, this.#clip);
    if (seen === null || this.#painted.length >= mostBoxes) return;
    if (seen.y1 - seen.y0 < 3 || seen.x1 - seen.x0 < 3) return;
    if (!box && (seen.y1 - seen.y0 < 8 || seen.x1 - seen.x0 < 8)) return;
    this.#painted.push({ ...seen, colour: painted.colour });
  }
}

/** Straight lines through four or five corners, parallel to the page's edges; data as pdf.js keeps it: 0 move, 1 line, 2+ curves. */
function isBox(data: unknown): boolean {
  const list = (Array.isArray(data) ? data[0] : data) as ArrayLike<number> | null | undefined;
  if (list === null || list === undefined || list.length === undefined || list.length > 40) return false;
  const xs = new Set<number>();
  const ys = new Set<number>();
  for (let at = 0; at < list.length; ) {
    const kind = list[at];
    if (kind !== 0 && kind !== 1) {
      at += 1;
      if (kind === 2) return false;
      continue;
    }
    xs.add(Math.round(list[at + 1] ?? 0));
    ys.add(Math.round(list[at + 2] ?? 0));
    at += 3;
  }
  return xs.size <= 2 && ys.size <= 2;
}

function boxOf(minMax: unknown, m: Matrix): Box | null {
  const list = minMax as ArrayLike<number> | null | undefined;
  if (list === null || list === undefined || list.length !== 4) return null;
  const corners = [
    [list[0], list[1]],
    [list[2], list[1]],
    [list[0], list[3]],
    [list[2], list[3]],
  ].map(([x = 0, y = 0]) => [m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]] as const);
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  const box = { x0: Math.min(...xs), y0: Math.min(...ys), x1: Math.max(...xs), y1: Math.max(...ys) };
  return Object.values(box).every(Number.isFinite) ? box : null;
}

function common(a: Box, b: Box): Box | null {
  const box = {
    x0: Math.max(a.x0, b.x0),
    y0: Math.max(a.y0, b.y0),
    x1: Math.min(a.x1, b.x1),
    y1: Math.min(a.y1, b.y1),
  };
  return box.x1 > box.x0 && box.y1 > box.y0 ? box : null;
}
