/** What a run of Word text looks like, as far as it decides whether a person sees it. */

export interface Looks {
  readonly hidden: boolean;
  /** Points. */
  readonly size: number;
  readonly bold: boolean;
  /** Six hex digits; "" for automatic, which is always readable. */
  readonly colour: string;
  /** Six hex digits of the ground; "" for the page's white. */
  readonly ground: string;
}

export const usualLooks: Looks = { hidden: false, size: 11, bold: false, colour: "", ground: "" };

type Attributes = Readonly<Record<string, string>>;

/** The looks after one property element of `w:rPr`. */
export function withProperty(looks: Looks, name: string, attributes: Attributes): Looks {
  const value = attributes["w:val"] ?? "";
  const on = !/^(0|false|off|none)$/i.test(value);
  switch (name) {
    case "w:vanish":
    case "w:webHidden":
      return {
        ...looks,
        hidden: on && name === "w:vanish" ? true : name === "w:vanish" ? false : looks.hidden,
      };
    case "w:b":
      return { ...looks, bold: on };
    case "w:sz":
      return { ...looks, size: Number(value) / 2 || looks.size };
    case "w:color":
      return { ...looks, colour: /^[0-9a-f]{6}$/i.test(value) ? value.toLowerCase() : "" };
    case "w:shd":
      return { ...looks, ground: groundOf(attributes) ?? looks.ground };
    case "w:highlight":
      return { ...looks, ground: value === "none" || value === "" ? looks.ground : "?" };
    default:
      return looks;
  }
}

/** The colour of a shading; undefined if it has none, "?" if it can't be told. */
export function groundOf(attributes: Attributes): string | undefined {
  const fill = attributes["w:fill"] ?? "";
  if (attributes["w:themeFill"] !== undefined && !/^[0-9a-f]{6}$/i.test(fill)) return "?";
  return /^[0-9a-f]{6}$/i.test(fill) ? fill.toLowerCase() : undefined;
}

/** Letters under this size are not read by anybody. */
const smallestPt = 2.5;
/** Colours nearer than this are one to the eye, as in `pdf/page-canvas.ts`. */
const alikeBelow = 40;

/**
 * Whether a person sees text of these looks.
 * @param shapes colours of the shapes in the document: text may lie on one, and where is known to Word alone
 */
export function isSeen({ hidden, size, colour, ground }: Looks, shapes: ReadonlySet<string>): boolean {
  if (hidden || size < smallestPt) return false;
  if (colour === "" || ground === "?") return true;
  const grounds = [ground || "ffffff", ...(ground === "" ? shapes : [])];
  return grounds.some((paper) => paper === "?" || !alike(colour, paper));
}

/** The colours that shapes and pictures behind the text may give it as ground; "?" for one that can't be told. */
export function shapesOf(xml: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [, hex] of xml.matchAll(
    /(?:fillcolor="#?|<w:background [^>]{0,100}?w:color="|<a:srgbClr val=")([0-9a-f]{6})\b/gi,
  ))
    if (hex !== undefined && found.size < 100) found.add(hex.toLowerCase());
  if (/behindDoc="1"|<wps:wsp[^>]*>[\s\S]{0,3000}?<a:(gradFill|schemeClr)/.test(xml)) found.add("?");
  return found;
}

function alike(colour: string, other: string): boolean {
  const [ink, paper] = [rgb(colour), rgb(other)];
  return Math.hypot(...ink.map((value, at) => value - (paper[at] ?? 0))) < alikeBelow;
}

const rgb = (hex: string) => [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
