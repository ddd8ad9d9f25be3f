/** The `ld+json` scripts of a page as values. Pages write JSON with raw line breaks, comments and trailing commas. */
import { type Fields, isFields, parseJson } from "./reading/loose-json.ts";

export interface Scripts {
  readonly values: readonly unknown[];
  /** Those of the values that are JSON only since quotes inside strings were escaped: likely, not sure. */
  readonly mended: readonly unknown[];
  /** Texts that are no JSON even after mending. */
  readonly broken: readonly string[];
}

const maxScript = 1_000_000;

export function readScripts(texts: readonly string[]): Scripts {
  const values: unknown[] = [];
  const guessed: unknown[] = [];
  const broken: string[] = [];
  for (const text of texts.slice(0, 40)) {
    const source = text.slice(0, maxScript);
    const value = parseJson(source) ?? parseJson(mended(source, false));
    const guess = value ?? parseJson(mended(source, true));
    if (guess === undefined) broken.push(source);
    else {
      values.push(guess);
      if (value === undefined) guessed.push(guess);
    }
  }
  return { values, mended: guessed, broken };
}

/**
 * Without comments and CDATA around it, control characters inside strings escaped, no comma before a bracket.
 * @param quotes also escapes quotes inside strings: one ends a string only if what follows may follow a string
 */
function mended(source: string, quotes: boolean): string {
  const bare = source
    .replace(/^\s*(?:<!--|\/\*\s*<!\[CDATA\[\s*\*\/|\/\/\s*<!\[CDATA\[|<!\[CDATA\[)/, "")
    .replace(/(?:-->|\/\*\s*\]\]>\s*\*\/|\/\/\s*\]\]>|\]\]>)\s*$/, "")
    .trim()
    .replace(/;$/, "");
  let out = "";
  let inString = false;
  /** Outside of strings, the last one that is no blank. Looking back into what is written would copy it each time. */
  let last = "";
  for (let i = 0; i < bare.length; i++) {
    const char = bare[i] ?? "";
    if (inString && char === "\\") {
      const next = bare[++i] ?? "";
      // An escape that JSON does not know stands for itself.
      out += /["\\/bfnrtu]/.test(next) ? char + next : next;
      continue;
    }
    if (char === '"') {
      if (inString && quotes && !endsString(bare, i)) {
        out += '\\"';
        continue;
      }
      inString = !inString;
    }
    if (inString && char < " ") out += `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
    else if (!inString && char === "," && /^\s*(?:[}\],]|$)/.test(bare.slice(i + 1, i + 200))) continue;
    else if (!inString && char === "," && (last === "[" || last === "{")) continue;
    else out += char;
    if (!inString && char.trim() !== "") last = char;
  }
  return out;
}

/** After a string comes a colon, a bracket, or a comma before the next key or value. */
const endsString = (text: string, at: number): boolean =>
  /^\s*(?::|[}\]]\s*(?:[,}\]]|$)|,\s*(?:["[{}\]]|-?\d|true|false|null)|$)/.test(text.slice(at + 1, at + 200));

/** Every object in the scripts: top level, arrays, `@graph`, list items. Bounded in depth and number. */
export function nodesIn(values: readonly unknown[]): readonly Fields[] {
  const nodes: Fields[] = [];
  const visit = (value: unknown, depth: number) => {
    if (depth > 6 || nodes.length > 2_000) return;
    if (Array.isArray(value)) for (const one of value) visit(one, depth + 1);
    if (!isFields(value)) return;
    nodes.push(value);
    for (const key of ["@graph", "itemListElement", "item", "mainEntity", "mainEntityOfPage", "about"])
      visit(value[key], depth + 1);
  };
  visit(values, 0);
  return nodes;
}

/** "JobPosting", "schema:JobPosting", "http://schema.org/JobPosting", or among several. */
export const isOfType = (node: Fields, type: string): boolean =>
  [node["@type"]]
    .flat()
    .some((one) => typeof one === "string" && one.trim().replace(/^.*[/:#]/, "") === type);
