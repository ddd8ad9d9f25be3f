/** The `ld+json` scripts of a page as values. Pages write JSON with raw line breaks, comments and trailing commas. */
import { Schema } from "effect";

const Fields = Schema.Record(Schema.String, Schema.Unknown);
export type Fields = typeof Fields.Type;
const decodeFields = Schema.decodeUnknownOption(Fields);
const decodeJson = Schema.decodeUnknownOption(Schema.fromJsonString(Schema.Unknown));

/** An object's fields, or null for anything else. */
export function fieldsOf(value: unknown): Fields | null {
  const fields = Array.isArray(value) ? null : decodeFields(value);
  return fields?._tag === "Some" ? fields.value : null;
}

export interface Scripts {
  readonly values: readonly unknown[];
  /** Texts that are no JSON even after mending. */
  readonly broken: readonly string[];
}

const maxScript = 1_000_000;

export function readScripts(texts: readonly string[]): Scripts {
  const values: unknown[] = [];
  const broken: string[] = [];
  for (const text of texts.slice(0, 20)) {
    const source = text.slice(0, maxScript);
    const value = [source, mended(source)].map((one) => decodeJson(one)).find((one) => one._tag === "Some");
    if (value?._tag === "Some") values.push(value.value);
    else broken.push(source);
  }
  return { values, broken };
}

/** Without comments and CDATA around it, control characters inside strings escaped, no comma before a bracket. */
function mended(source: string): string {
  const bare = source
    .replace(/^\s*(?:<!--|\/\*\s*<!\[CDATA\[\s*\*\/|\/\/\s*<!\[CDATA\[|<!\[CDATA\[)/, "")
    .replace(/(?:-->|\/\*\s*\]\]>\s*\*\/|\/\/\s*\]\]>|\]\]>)\s*$/, "")
    .trim()
    .replace(/;$/, "");
  let out = "";
  let inString = false;
  for (let i = 0; i < bare.length; i++) {
    const char = bare[i] ?? "";
    if (inString && char === "\\") {
      out += char + (bare[++i] ?? "");
      continue;
    }
    if (char === '"') inString = !inString;
    if (inString && char < " ") out += `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
    else if (!inString && char === "," && /^\s*[}\]]/.test(bare.slice(i + 1, i + 200))) continue;
    else out += char;
  }
  return out;
}

/** Every object in the scripts: top level, arrays, `@graph`, list items. Bounded in depth and number. */
export function nodesIn(values: readonly unknown[]): readonly Fields[] {
  const nodes: Fields[] = [];
  const visit = (value: unknown, depth: number) => {
    if (depth > 6 || nodes.length > 2_000) return;
    if (Array.isArray(value)) for (const one of value) visit(one, depth + 1);
    const fields = fieldsOf(value);
    if (fields === null) return;
    nodes.push(fields);
    for (const key of ["@graph", "itemListElement", "item", "mainEntity", "mainEntityOfPage"])
      visit(fields[key], depth + 1);
  };
  visit(values, 0);
  return nodes;
}

export const isOfType = (node: Fields, type: string): boolean =>
  [node["@type"]].flat().some((one) => typeof one === "string" && one.replace(/^.*[/:]/, "") === type);
