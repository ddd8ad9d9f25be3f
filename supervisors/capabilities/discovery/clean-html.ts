/** A posting's description as it comes, made into safe HTML to show and plain text to score. */
import { parse } from "node-html-parser";
import sanitizeHtml from "sanitize-html";
import { cutText } from "./reading/cut-text.ts";
import { mended } from "./reading/mend-text.ts";

export interface Description {
  /** Headings and list items each on a line of their own. */
  readonly text: string;
  readonly html: string;
}

/** Input beyond this is cut before it is looked at. */
const maxInput = 200_000;
/** What a posting may hold, so that 25 fit into one answer of a task. */
const maxText = 20_000;
const maxHtml = 40_000;

const hasTags = /<\/?(?:[a-z][a-z0-9]*)(?:\s[^<>]*)?\/?>/i;

/** Boards escape their HTML as entities, once or twice. */
export function unescapeHtml(source: string): string {
  let html = cutText(source, maxInput);
  for (let i = 0; i < 3 && !hasTags.test(html) && /&(?:lt|amp|#x?0*(?:60|3c|38|26));/i.test(html); i++)
    html = parse(html.replaceAll("<", "&lt;")).textContent;
  return html;
}

export function cleanDescription(source: string): Description {
  const unescaped = mended(unescapeHtml(source));
  const marked = hasTags.test(unescaped) ? unescaped : paragraphs(unescaped);
  const safe = sanitizeHtml(marked, {
    allowedTags: [
      ...["p", "div", "h3", "h4", "h5", "h6", "ul", "ol", "li", "br", "hr", "strong", "b", "em", "i", "u"],
      ...["a", "table", "thead", "tbody", "tr", "td", "th", "blockquote"],
    ],
    allowedAttributes: { a: ["href", "rel", "target"] },
    allowedSchemes: ["http", "https", "mailto"],
    transformTags: {
      h1: "h3",
      h2: "h3",
      a: sanitizeHtml.simpleTransform("a", { rel: "noopener noreferrer nofollow", target: "_blank" }),
    },
    nestingLimit: 40,
  }).trim();
  const text = cutText(plainly(textOf(safe)), maxText);
  return { text, html: safe.length <= maxHtml ? safe : cutText(paragraphs(text), maxHtml) };
}

const ofHtml =
  /<\/?(?:p|div|span|br|hr|ul|ol|li|strong|b|em|i|u|a|h[1-6]|table|tbody|thead|tr|td|th|font|section|img|sup|sub|blockquote|script|style)(?:\s[^<>]*)?\/?>/i;
const entity = /&(?:[a-z][a-z0-9]{1,30}|#\d{1,7}|#x[\da-f]{1,6});/i;

/** Parts that were escaped once more often than the rest still hold tags and entities. */
function plainly(text: string): string {
  let plain = text;
  for (let i = 0; i < 2 && (ofHtml.test(plain) || entity.test(plain)); i++)
    plain = ofHtml.test(plain)
      ? textOf(sanitizeHtml(plain.replaceAll("\n", "<br>"), { allowedTags: ["p", "div", "br", "li"] }))
      : parse(plain.replaceAll("<", "&lt;")).textContent;
  return plain;
}

/** Text of HTML that is clean and well formed already. */
function textOf(safe: string): string {
  const lines = safe
    .replace(/\s+/g, " ")
    .replace(/<(?:br|hr)\s*\/?>|<\/?(?:p|div|h[3-6]|ul|ol|li|tr|table|blockquote)[^>]*>/g, "\n")
    .replace(/<\/t[dh]>/g, " ")
    .replace(/<[^>]*>/g, "");
  return parse(lines.replaceAll("<", "&lt;"))
    .textContent.split("\n")
    .map((line) => line.replace(/[\s\u00a0]+/g, " ").trim())
    .filter((line) => line !== "")
    .join("\n");
}

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const paragraphs = (text: string) =>
  text
    .split(/\n+/)
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => `<p>${escaped(line)}</p>`)
    .join("\n");

/** One line of plain text: a title, a name. */
export const plainLine = (source: string): string =>
  (/[<&]/.test(source) ? cleanDescription(source.slice(0, 2_000)).text : mended(source.slice(0, 2_000)))
    .replace(/[\s\u00a0\u200b\ufeff]+/g, " ")
    .trim();
