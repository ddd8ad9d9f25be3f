/** JSON-LD that no mending makes JSON: what stands clearly beside its key is taken, the rest is left out. */
import type { Fields } from "./loose-json.ts";

/** @returns null if not even a title can be told */
export function byKey(text: string): Fields | null {
  if (!/"JobPosting"/.test(text)) return null;
  const title = textAt(text, "title");
  if (title === "") return null;
  const organization = partAt(text, "hiringOrganization");
  const identifier = partAt(text, "identifier");
  const address = partAt(text, "jobLocation");
  return {
    "@type": "JobPosting",
    title,
    description: descriptionAt(text),
    datePosted: textAt(text, "datePosted"),
    validThrough: textAt(text, "validThrough"),
    employmentType: textAt(text, "employmentType"),
    jobLocationType: textAt(text, "jobLocationType"),
    identifier: textAt(identifier, "value"),
    hiringOrganization: { name: textAt(organization, "name") },
    jobLocation: {
      address: {
        addressLocality: textAt(address, "addressLocality"),
        addressRegion: textAt(address, "addressRegion"),
        addressCountry: textAt(address, "addressCountry"),
      },
    },
  };
}

const textAt = (text: string, key: string): string =>
  plain(new RegExp(`"${key}"\\s*:\\s*"((?:[^"\\\\]|\\\\.){0,2000})"`).exec(text)?.[1] ?? "");

/** What follows a key whose value is an object, up to the object's likely end. */
function partAt(text: string, key: string): string {
  const start = text.search(new RegExp(`"${key}"\\s*:\\s*[{[]`));
  return start < 0 ? "" : text.slice(start, start + 1_500);
}

/** Up to the quote that the next key of the object follows. */
function descriptionAt(text: string): string {
  const start = /"description"\s*:\s*"/.exec(text);
  if (start === null) return "";
  const rest = text.slice(start.index + start[0].length, start.index + 200_000);
  const end = rest.search(/"\s*,\s*"[@A-Za-z]{2,40}"\s*:/);
  return end < 0 ? "" : plain(rest.slice(0, end));
}

const plain = (text: string): string =>
  text
    .replace(/\\u([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\n|\\r|\\t/g, " ")
    .replace(/\\(["\\/])/g, "$1")
    .trim();
