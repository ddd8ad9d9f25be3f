/** The parts of a DOCX that hold text, unpacked with a bound: a ZIP says how large its parts are and may lie. */
import { unzipSync } from "fflate";
import { ResumeRefused } from "../refusal.ts";

/** All parts with text together. A rich résumé's main part has 500 KB, mostly formatting. */
const mostBytes = 20 * 1024 * 1024;
const mostParts = 40;
const textPart = /^word\/(document\d*|styles|numbering|header\d*|footer\d*)\.xml$/;

/** @returns the text of each part by its name. @throws ResumeRefused */
export function openDocx(bytes: Uint8Array): ReadonlyMap<string, string> {
  let total = 0;
  let count = 0;
  let macros = false;
  let files: Record<string, Uint8Array>;
  const names: string[] = [];
  try {
    files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        names.push(name);
        if (names.length > 5_000) throw new ResumeRefused("out-of-memory");
        if (/vbaProject\.bin$/i.test(name)) macros = true;
        if (!textPart.test(name)) return false;
        total += originalSize;
        count += 1;
        // `originalSize` is also the room that is made for the part: what claims little gets little.
        if (total > mostBytes || count > mostParts) throw new ResumeRefused("out-of-memory");
        return true;
      },
    });
  } catch (error) {
    if (error instanceof ResumeRefused) throw error;
    throw new ResumeRefused("damaged");
  }
  if (macros) throw new ResumeRefused("macros");
  if (files["word/document.xml"] === undefined) throw notWord(names);
  return new Map(Object.entries(files).map(([name, part]) => [name, decode(part)]));
}

function notWord(names: readonly string[]): ResumeRefused {
  if (names.some((name) => /^(xl|ppt)\//.test(name)))
    return new ResumeRefused(
      "unsupported-format",
      "The file is a spreadsheet or a presentation. Save the résumé as PDF or DOCX.",
    );
  if (names.includes("content.xml") && names.includes("mimetype"))
    return new ResumeRefused(
      "unsupported-format",
      "The file is an OpenDocument text (.odt). Save it as PDF or DOCX.",
    );
  return new ResumeRefused(names.some((name) => name.startsWith("word/")) ? "damaged" : "unsupported-format");
}

/** Word writes UTF-8; UTF-16 is allowed and begins with its mark. */
function decode(part: Uint8Array): string {
  const utf16 = (part[0] === 0xff && part[1] === 0xfe) || (part[0] === 0xfe && part[1] === 0xff);
  return new TextDecoder(utf16 ? (part[0] === 0xff ? "utf-16le" : "utf-16be") : "utf-8").decode(part);
}
