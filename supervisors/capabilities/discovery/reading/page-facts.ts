/** What a page says about itself, found by one pass for each sign: pages may be large, broken or made to cost time. */
import { parse } from "node-html-parser";
import { plainLine } from "../clean-html.ts";

export interface PageFacts {
  readonly heading: string;
  readonly title: string;
  readonly ogTitle: string;
  /** "" if it names none. */
  readonly canonical: string;
  readonly language: string;
  /** Texts of its ld+json scripts. */
  readonly scripts: readonly string[];
}

const maxScripts = 40;

export function pageFacts(body: string): PageFacts {
  return {
    heading: plainLine(insideFirst(body, "h1")).slice(0, 300),
    title: plainLine(insideFirst(body, "title")).slice(0, 300),
    ogTitle: meta(body, "og:title"),
    canonical:
      attribute(tagWith(body, "link", /\brel\s*=\s*["']?canonical/i), "href") || meta(body, "og:url"),
    language: attribute(tagWith(body, "html", /lang/i), "lang"),
    scripts: scriptsOf(body, /\btype\s*=\s*["']?\s*application\/ld\+json/i),
  };
}

/** Texts of the scripts whose opening tag fits. */
export function scriptsOf(body: string, fits: RegExp): string[] {
  const found: string[] = [];
  for (const { tag, end } of tagsOf(body, "script")) {
    if (!fits.test(tag)) continue;
    const shut = indexOfTag(body, "</script", end);
    found.push(body.slice(end, shut < 0 ? body.length : shut));
    if (shut < 0 || found.length >= maxScripts) break;
  }
  return found;
}

export const isHtml = (body: string): boolean =>
  /<(?:!doctype html|html|head|body|div|li|section|script|table|p)\b/i.test(body.slice(0, 20_000));

function insideFirst(body: string, name: string): string {
  for (const { end } of tagsOf(body, name)) {
    const shut = indexOfTag(body, `</${name}`, end);
    return body.slice(end, Math.min(shut < 0 ? end + 1_000 : shut, end + 2_000));
  }
  return "";
}

function tagWith(body: string, name: string, fits: RegExp): string {
  for (const { tag } of tagsOf(body, name)) if (fits.test(tag)) return tag;
  return "";
}

const meta = (body: string, property: string): string =>
  plainLine(
    attribute(
      tagWith(body, "meta", new RegExp(`\\b(?:property|name)\\s*=\\s*["']?${property}\\b`, "i")),
      "content",
    ),
  ).slice(0, 300);

function attribute(tag: string, name: string): string {
  const [, double, single, bare] =
    new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>"']+))`, "i").exec(tag) ?? [];
  const value = double ?? single ?? bare ?? "";
  return value.includes("&") ? parse(value.replaceAll("<", "&lt;")).textContent : value;
}

const maxTags = 5_000;

function* tagsOf(body: string, name: string): Generator<{ readonly tag: string; readonly end: number }> {
  let at = 0;
  for (let seen = 0; seen < maxTags; seen++) {
    const start = indexOfTag(body, `<${name}`, at);
    if (start < 0) return;
    const end = body.indexOf(">", start);
    if (end < 0) return;
    yield { tag: body.slice(start, Math.min(end + 1, start + 4_000)), end: end + 1 };
    at = end + 1;
  }
}

/** Where a tag begins, in any case; not "<header" for "<head". */
function indexOfTag(body: string, opening: string, from: number): number {
  const pattern = new RegExp(`${opening}(?=[\\s/>])`, "gi");
  pattern.lastIndex = from;
  return pattern.exec(body)?.index ?? -1;
}
