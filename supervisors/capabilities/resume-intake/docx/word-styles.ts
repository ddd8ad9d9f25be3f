/** Word's styles: a paragraph that looks like nothing special may be a heading, or hidden, by its style alone. */
import { Parser } from "htmlparser2";
import { type Looks, usualLooks, withProperty } from "./word-looks.ts";

export interface WordStyle {
  readonly heading: boolean;
  /** Applies the style's own properties to looks. */
  readonly apply: (looks: Looks) => Looks;
}

interface Found {
  based: string;
  name: string;
  outline: boolean;
  properties: [string, Record<string, string>][];
}

export interface WordStyles {
  /** The looks of text without any style. */
  readonly usual: Looks;
  style(id: string): WordStyle;
}

const plain: WordStyle = { heading: false, apply: (looks) => looks };

export function readStyles(xml: string): WordStyles {
  const found = new Map<string, Found>();
  let usual = usualLooks;
  let current: Found | undefined;
  let inDefaults = false;
  let inRun = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (name === "w:docDefaults") inDefaults = true;
        if (name === "w:style") {
          current = { based: "", name: "", outline: false, properties: [] };
          found.set(attributes["w:styleId"] ?? "", current);
        }
        if (name === "w:rPr") inRun += 1;
        if (current !== undefined) {
          if (name === "w:basedOn") current.based = attributes["w:val"] ?? "";
          if (name === "w:name") current.name = attributes["w:val"] ?? "";
          if (name === "w:outlineLvl" && Number(attributes["w:val"]) < 9) current.outline = true;
          if (inRun > 0 && current.properties.length < 50) current.properties.push([name, attributes]);
        } else if (inDefaults && inRun > 0) usual = withProperty(usual, name, attributes);
      },
      onclosetag(name) {
        if (name === "w:docDefaults") inDefaults = false;
        if (name === "w:style") current = undefined;
        if (name === "w:rPr") inRun -= 1;
      },
    },
    { xmlMode: true },
  );
  parser.end(xml);

  const styleOf = (id: string, depth: number): WordStyle => {
    const style = found.get(id);
    if (style === undefined || depth > 10) return plain;
    const base = style.based === "" ? plain : styleOf(style.based, depth + 1);
    return {
      heading:
        style.outline || /^(heading|title|überschrift|titre|título)\b/i.test(style.name) || base.heading,
      apply: (looks) =>
        style.properties.reduce(
          (now, [name, attributes]) => withProperty(now, name, attributes),
          base.apply(looks),
        ),
    };
  };
  const known = new Map<string, WordStyle>();
  return {
    get usual() {
      return usual;
    },
    style(id) {
      const before = known.get(id) ?? styleOf(id, 0);
      known.set(id, before);
      return before;
    },
  };
}
