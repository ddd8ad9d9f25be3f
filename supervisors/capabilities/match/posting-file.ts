/** A posting that somebody hands over as a file or an address: plain text, a page with JobPosting JSON-LD, or our own JSON. */
import { Schema } from "effect";
import { parse } from "node-html-parser";
import { postingFromText, type ScoredPosting } from "../../../actors/matcher/scoring/posting-text.ts";
import { cleanDescription } from "../discovery/clean-html.ts";

/** The posting can't be used; the message says why and what to give instead. */
export class PostingUnreadable extends Error {
  override readonly name = "PostingUnreadable";
}

/** A posting has 3 to 20 KB, the page around it seldom 2 MB. */
export const maxPostingBytes = 5 * 1024 * 1024;

const Fields = Schema.Struct({
  title: Schema.optional(Schema.NullOr(Schema.String)),
  name: Schema.optional(Schema.NullOr(Schema.String)),
  description: Schema.String,
  datePosted: Schema.optional(Schema.NullOr(Schema.String)),
});
const decode = Schema.decodeUnknownOption(Fields);

/** @throws PostingUnreadable if there is no text in it */
export function readPostingFile(bytes: Uint8Array): ScoredPosting {
  if (bytes.length > maxPostingBytes)
    throw new PostingUnreadable("The posting is larger than 5 MB: give the page of one job.");
  const text = new TextDecoder().decode(bytes);
  if (text.includes("\u0000"))
    throw new PostingUnreadable("The posting is no text: give it as text, HTML or JSON.");
  const posting = fromJson(text) ?? fromPage(text) ?? postingFromText(text);
  if (!/\p{L}{2}/u.test(posting.description)) throw new PostingUnreadable("The posting has no text.");
  return posting;
}

function fromJson(text: string): ScoredPosting | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined; // Text that begins with a bracket.
  }
  const posting = jobIn(value) ?? fieldsOf(value);
  if (posting === undefined)
    throw new PostingUnreadable('The JSON has no posting: it needs "title" and "description".');
  return posting;
}

function fromPage(text: string): ScoredPosting | undefined {
  if (!/<(html|head|body|script|div|p|ul|h1)[\s>]/i.test(text)) return undefined;
  const page = parse(text);
  for (const script of page.querySelectorAll('script[type="application/ld+json"]').slice(0, 20)) {
    try {
      const found = jobIn(JSON.parse(script.textContent));
      if (found !== undefined) return found;
    } catch {
      // One broken script does not spoil the others; a page without any is read as text.
    }
  }
  const title = page.querySelector("h1")?.textContent ?? page.querySelector("title")?.textContent ?? "";
  const main = page.querySelector("main") ?? page.querySelector("body") ?? page;
  for (const noise of main.querySelectorAll("script, style, nav, header, footer, form")) noise.remove();
  return {
    title: title.trim(),
    description: cleanDescription(main.innerHTML).text,
    datePosted: null,
  };
}

/** The first JobPosting in a JSON-LD value, at most some levels down. */
function jobIn(value: unknown, depth = 0): ScoredPosting | undefined {
  if (depth > 6 || typeof value !== "object" || value === null) return undefined;
  if ("@type" in value && [value["@type"]].flat().includes("JobPosting")) return fieldsOf(value);
  for (const inner of Object.values(value)) {
    const found = jobIn(inner, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function fieldsOf(value: unknown): ScoredPosting | undefined {
  const fields = decode(value);
  if (fields._tag === "None") return undefined;
  const { title, name, description, datePosted } = fields.value;
  const clean = cleanDescription(description).text;
  return { title: title ?? name ?? "", description: clean, datePosted: datePosted ?? null };
}
