/** XML of feeds as a tree, in one pass over the text: feeds are often not well formed, and none may cost more than its length. */
import { parse } from "node-html-parser";

export interface XmlElement {
  /** With its prefix, as written: "joblisting:jobId". */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Of its own and of all below, entities resolved once. */
  readonly text: string;
}

interface Open {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: XmlElement[];
  readonly texts: string[];
}

const maxDepth = 60;
const maxElements = 200_000;

/** @returns the root element, or null if the text is no XML */
export function readXml(source: string): XmlElement | null {
  const root: Open = { name: "", attributes: {}, children: [], texts: [] };
  const stack: Open[] = [root];
  let elements = 0;
  const close = () => {
    const { name, attributes, children, texts } = stack.pop() as Open;
    const text = texts.join("");
    const parent = stack.at(-1);
    parent?.children.push({ name, attributes, children, text: text.trim() });
    parent?.texts.push(text);
  };
  for (let at = 0; at < source.length; ) {
    const next = source.indexOf("<", at);
    const stop = next < 0 ? source.length : next;
    if (stop > at) stack.at(-1)?.texts.push(resolved(source.slice(at, stop)));
    if (next < 0) break;
    const skipped = passOver(source, next);
    if (skipped !== null) {
      if (skipped.text !== "") stack.at(-1)?.texts.push(skipped.text);
      at = skipped.end;
      continue;
    }
    const end = source.indexOf(">", next);
    const tag =
      end < 0
        ? null
        : /^(\/?)([A-Za-z_][\w:.-]*)([\s\S]*?)(\/?)$/.exec(
            source.slice(next + 1, Math.min(end, next + 5_000)),
          );
    if (end < 0 || tag === null) {
      stack.at(-1)?.texts.push("<");
      at = next + 1;
      continue;
    }
    at = end + 1;
    const [, closing, name = "", rest = "", empty] = tag;
    if (closing === "/") {
      const level = stack.findLastIndex((one) => one.name === name);
      // An end without a beginning is passed over; what was left open inside ends with it.
      if (level > 0) while (stack.length > level) close();
      continue;
    }
    if (++elements > maxElements || stack.length > maxDepth) return null;
    stack.push({ name, attributes: attributesIn(rest), children: [], texts: [] });
    if (empty === "/") close();
  }
  while (stack.length > 1) close();
  return root.children.find(({ name }) => name !== "") ?? null;
}

/** Comments, declarations and CDATA; null for a tag. */
function passOver(source: string, start: number): { end: number; text: string } | null {
  for (const [open, shut] of [
    ["<!--", "-->"],
    ["<![CDATA[", "]]>"],
    ["<?", "?>"],
    ["<!", ">"],
  ] as const) {
    if (!source.startsWith(open, start)) continue;
    const found = source.indexOf(shut, start + open.length);
    const end = found < 0 ? source.length : found;
    return {
      end: Math.min(end + shut.length, source.length),
      text: open === "<![CDATA[" ? source.slice(start + open.length, end) : "",
    };
  }
  return null;
}

const attributesIn = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/([\w:.-]{1,100})\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(([, name = "", a, b]) => [
      name,
      resolved(a ?? b ?? ""),
    ]),
  );

/** XML knows five entities; feeds use those of HTML too. */
const resolved = (text: string): string =>
  text.includes("&") ? parse(text.replaceAll("<", "&lt;")).textContent : text;

/** The first child of that name, with or without prefix if the name has none. */
export const childOf = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element?.children.find((one) => one.name === name) ??
  (name.includes(":") ? undefined : element?.children.find((one) => one.name.endsWith(`:${name}`)));

export const childText = (element: XmlElement | undefined, ...names: readonly string[]): string => {
  for (const name of names) {
    const text = childOf(element, name)?.text ?? "";
    if (text !== "") return text;
  }
  return "";
};

export const childrenOf = (element: XmlElement | undefined, name: string): readonly XmlElement[] =>
  element?.children.filter((one) => one.name === name) ?? [];
