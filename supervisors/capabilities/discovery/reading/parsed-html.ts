/** A page as a tree. What is left open costs the parser the third power of its depth, so no page may be deeper than pages are. */
import { type HTMLElement, parse } from "node-html-parser";

/** Real pages stay below 60. */
const deepest = 250;
/** The parser closes these by itself, or they hold nothing. */
const flat =
  /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|li|p|td|th|tr|dd|dt|option|h[1-6])$/i;

export const parsedHtml = (html: string): HTMLElement => parse(withoutAbyss(withoutOpenComments(html)));

/** For the end of each comment that has none the parser would search the whole rest. */
function withoutOpenComments(html: string): string {
  const end = html.lastIndexOf("-->");
  return html.slice(0, Math.max(0, end)) + html.slice(Math.max(0, end)).replaceAll("<!--", "");
}

/** Leaves out the opening tags beyond that depth; what is in them stays. One pass. */
function withoutAbyss(html: string): string {
  let depth = 0;
  let isDeep = false;
  /** Inside of a script nothing is a tag but its end. */
  let raw = "";
  const shallow = html.replace(/<(\/?)([a-z][a-z0-9:-]{0,40})([^<>]*)>?/gi, (tag, end, name, rest) => {
    if (raw !== "") {
      if (end === "/" && name.toLowerCase() === raw) raw = "";
      return tag;
    }
    if (/^(?:script|style)$/i.test(name) && end === "" && !rest.endsWith("/")) {
      raw = name.toLowerCase();
      return tag;
    }
    if (flat.test(name) || rest.endsWith("/")) return tag;
    if (end === "/") {
      depth = Math.max(0, depth - 1);
      return tag;
    }
    if (depth >= deepest) {
      isDeep = true;
      return "";
    }
    depth++;
    return tag;
  });
  return isDeep ? shallow : html;
}
