/** An answer with something wrong with it, the same for the same seed. */
import { bodyOf, type SmallAnswer } from "./small-answer.ts";

export interface Damaged {
  readonly body: string;
  /** The title of a posting that the damage does not touch, so that it has to be kept; null if nothing is promised. */
  readonly spares: string | null;
}

type Random = (below: number) => number;

/** A small generator of numbers (mulberry32), so that a failure can be seen again. */
function randomOf(seed: number): Random {
  let state = (seed * 2_654_435_761) >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const hostile = [
  '<img src=x onerror="alert(1)">',
  "<script>alert(1)</script><style>*{}</style>",
  '<a href="javascript:alert(1)">x</a>',
  "<svg/onload=alert(1)><math><mi//xlink:href='data:x,<script>alert(4)</script>'>",
  "&lt;script&gt;alert(1)&lt;/script&gt;&amp;lt;b&amp;gt;",
  "<!--<p>--><p ".repeat(50),
  "<div>".repeat(3_000),
  "\u0000\u202e\ud800\ufeff",
  "]]></item></channel>",
  '"}],"jobs":[{"',
];

const deep = (levels: number): unknown => {
  let value: unknown = "x";
  for (let i = 0; i < levels; i++) value = i % 2 === 0 ? [value] : { title: value };
  return value;
};

const wrong = (random: Random): unknown =>
  [
    () => null,
    () => random(1e9) - 5e8,
    () => -1,
    () => `${random(1e9)}`,
    () => random(2) === 0,
    () => [],
    () => ({}),
    () => [null, [random(9)], { a: random(9) }],
    () => ({ value: { value: { value: random(99) } }, name: [] }),
    () => `${hostile[random(hostile.length)]}${random(1e6)}`,
    () => "x".repeat(1 + random(60_000)),
    () => "1".repeat(300),
    () => deep(1 + random(400)),
    () => "2026-13-45T99:99:99Z",
    () => "$".repeat(random(2_000)) + "1,".repeat(random(2_000)),
    () => `https://${"a.".repeat(random(400))}example`,
    () => "javascript:alert(1)",
    () => " \n\t",
  ][random(18)]?.();

type Fields = Record<string, unknown>;
const isRow = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Every object under a value, the value itself included. */
function objectsIn(value: unknown): Fields[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  return isRow(value) ? [value, ...Object.values(value).flatMap(objectsIn)] : [];
}

/** The lists of postings: an object with the first title somewhere in it, beside one with the second. */
function rowsOf(answer: unknown): unknown[] | undefined {
  const lists = [answer, ...objectsIn(answer).flatMap((one) => Object.values(one))].filter(
    Array.isArray,
  ) as unknown[][];
  return lists.find(
    (list) => list.some((row) => isRow(row) && JSON.stringify(row).includes("Rigger")) && list.length > 1,
  );
}

function damagedRow(answer: unknown, random: Random): Damaged | null {
  const rows = rowsOf(answer);
  const row = rows?.find((one) => JSON.stringify(one).includes("Lamp Keeper"));
  if (rows === undefined || !isRow(row)) return null;
  for (let blows = 1 + random(3); blows > 0; blows--) {
    const targets = objectsIn(row);
    const target = targets[random(targets.length)] ?? row;
    const keys = Object.keys(target);
    const key = keys[random(Math.max(keys.length, 1))] ?? "title";
    const blow = random(10);
    if (blow < 3) delete target[key];
    else if (blow === 3)
      Object.defineProperty(target, "__proto__", {
        writable: true,
        configurable: true,
        value: { polluted: random(99), title: "x" },
        enumerable: true,
      });
    else if (blow === 4)
      target[["constructor", "toString", "hasOwnProperty", "then"][random(4)] ?? ""] = wrong(random);
    else target[key] = wrong(random);
  }
  if (random(4) === 0) rows.push(wrong(random), null, random(99));
  return { body: JSON.stringify(answer), spares: "Rigger" };
}

function damagedText(body: string, random: Random): Damaged {
  const at = random(body.length);
  const end = Math.min(body.length, at + random(200));
  const other = hostile[random(hostile.length)] ?? "";
  const cut = [
    () => body.slice(0, at),
    () => body.slice(0, at) + body.slice(end),
    () => body.slice(0, at) + other + body.slice(at),
    () => body.slice(0, at) + body.slice(at, end).repeat(1 + random(300)) + body.slice(end),
    () => body.replaceAll('"', random(2) === 0 ? "'" : `"${random(9)}`),
    () => "[".repeat(1 + random(20_000)) + body,
    () => body.slice(at) + body.slice(0, at),
    () => body.replace(/\d+/g, () => String(random(2) === 0 ? random(1e9) : "")),
  ][random(8)];
  return { body: cut?.() ?? body, spares: null };
}

export function damage(small: SmallAnswer, seed: number): Damaged {
  const random = randomOf(seed);
  const row =
    typeof small.answer === "string" || random(3) === 0
      ? null
      : damagedRow(structuredClone(small.answer), random);
  return row ?? damagedText(bodyOf(small), random);
}
