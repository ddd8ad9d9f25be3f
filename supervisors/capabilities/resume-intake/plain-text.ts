/** Text files: finds the encoding, then the lines. Markdown is text whose marks say what is a heading or an item. */
import { ResumeRefused } from "./refusal.ts";
import { type FileText, plainLine, type TextLine, withoutBullet } from "./text-line.ts";

/** UTF-8, UTF-16 (with or without mark), else Windows-1252, the superset of Latin-1 that people's files are in. */
export function decodeText(bytes: Uint8Array): string {
  const [first = 0, second = 0] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  const zeros = [0, 0];
  const looked = Math.min(bytes.length, 4096);
  for (let at = 0; at < looked; at += 1) if (bytes[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > looked * 0.2 && even < looked * 0.05) return new TextDecoder("utf-16le").decode(bytes);
  if (even > looked * 0.2 && odd < looked * 0.05) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // No UTF-8: then one byte is one letter.
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** @throws ResumeRefused if it is no text */
export function readPlainText(bytes: Uint8Array): FileText {
  const text = decodeText(bytes);
  requireText(text);
  return { lines: linesOfText(text), hidden: [], problems: [] };
}

export function linesOfText(text: string): TextLine[] {
  const lines: TextLine[] = [];
  let gap = false;
  for (const raw of text.split(/\r\n?|[\n\v\f\u0085\u2028\u2029]/)) {
    const { text: said, bullet } = withoutBullet(raw.replace(/ {4,}/g, "\t").trim());
    if (said.trim() === "") gap = true;
    else {
      lines.push(plainLine(said.trim(), { bullet, gap }));
      gap = false;
    }
  }
  return lines;
}

/** @throws ResumeRefused if it is no text */
export function readMarkdown(bytes: Uint8Array): FileText {
  const text = decodeText(bytes);
  requireText(text);
  const hidden: string[] = [];
  const visible = text
    .replace(/\r\n?/g, "\n")
    .replace(/^---\n[\s\S]{0,5000}?\n---\n/, "")
    .replace(/<!--([\s\S]{0,20000}?)-->/g, (_, said: string) => {
      hidden.push(said.trim());
      return "";
    });
  const lines: TextLine[] = [];
  let gap = false;
  for (const raw of visible.split("\n")) {
    const line = markdownLine(raw, gap);
    if (line === null) gap = true;
    else {
      // A line of = or - below a line makes that one a heading.
      const before = lines.at(-1);
      if (/^(=|-){3,}$/.test(line.text)) {
        if (before !== undefined && !gap) lines[lines.length - 1] = { ...before, heading: true };
      } else lines.push(line);
      gap = false;
    }
  }
  return { lines, hidden: hidden.filter(Boolean), problems: [] };
}

function markdownLine(raw: string, gap: boolean): TextLine | null {
  const heading = /^\s{0,3}(#{1,6})\s+/.exec(raw);
  const item = /^\s*([-*+]|\d{1,2}[.)])\s+/.exec(raw);
  const whole = /^\s*(\*\*|__)(.+)\1:?\s*$/.test(raw);
  const text = raw
    .slice((heading ?? item)?.[0].length ?? 0)
    .replace(/!\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/\[([^\]]+)\]\(([^)\s]*)[^)]*\)/g, (_, label: string, url: string) =>
      url.startsWith("#") || url.replace(/^mailto:/, "") === label ? label : `${label} (${url})`,
    )
    .replace(/(\*\*|__)(.+?)\1/g, "$2")
    .replace(/(^|\s)[*_](\S(?:[^*_]*\S)?)[*_](?=\s|$|[.,;:])/g, "$1$2")
    .replace(/`([^`]+)`/g, "$1")
    .replace(/<\/?[a-z][^>]{0,200}>/gi, " ")
    .replace(/^\s*>+\s?/, "")
    .replace(/^\s*\|/, "")
    .replace(/\s*\|\s*$/, "")
    .replace(/\s+#+\s*$/, "")
    .trim();
  if (text === "" || /^[|:\s-]+$/.test(text.replace(/^-{3,}$/, "x"))) return null;
  return plainLine(text, { heading: heading !== null, bullet: item !== null, bold: whole, gap, size: 0 });
}

/** Control characters and bytes that mean nothing: then it is no text, whatever its name. */
function requireText(text: string) {
  const sample = text.slice(0, 20_000);
  // Of the control characters text has tab, line feed and their like; U+FFFD stands for bytes that are no letter.
  const odd = [...sample].filter(
    (sign) => sign < "\t" || (sign > "\r" && sign < " ") || sign === "\ufffd",
  ).length;
  if (odd > Math.max(2, sample.length * 0.01)) throw new ResumeRefused("unsupported-format");
}
