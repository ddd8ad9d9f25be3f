/** What kind of file it is, by what is in it; the name is only a hint, since people rename files. */
import { ResumeRefused } from "./refusal.ts";

export type FileFormat = "pdf" | "docx" | "text" | "markdown" | "json";

export const maxFileBytes = 5 * 1024 * 1024;

/** @throws ResumeRefused for what can be told at sight: empty, too large, another format, two formats in one */
export function formatOf(bytes: Uint8Array, name = ""): FileFormat {
  if (bytes.length === 0) throw new ResumeRefused("empty");
  if (bytes.length > maxFileBytes) throw new ResumeRefused("too-large");
  const head = latin1(bytes.subarray(0, 1024));
  const isZip = head.startsWith("PK\x03\x04") || head.startsWith("PK\x05\x06");
  const pdfAt = head.indexOf("%PDF-");
  // A PDF may begin a little later than at the first byte; after a ZIP's header or HTML it is two files in one.
  if (
    pdfAt >= 0 &&
    (isZip ||
      otherFormats.some(([marks]) => marks.some((mark) => head.startsWith(mark))) ||
      /<(html|script|!doctype)/i.test(head.slice(0, pdfAt)))
  )
    throw new ResumeRefused("ambiguous-format");
  if (pdfAt >= 0) {
    if (endsAsZip(bytes)) throw new ResumeRefused("ambiguous-format");
    return "pdf";
  }
  if (isZip) return "docx";
  if (head.startsWith("\xd0\xcf\x11\xe0")) throw oldOffice(bytes);
  const start = head.trimStart().toLowerCase();
  const other = otherFormats.find(([marks]) =>
    marks.some((mark) => head.startsWith(mark) || start.startsWith(mark)),
  );
  if (other !== undefined) throw new ResumeRefused("unsupported-format", unsupported(other[1]));
  if (/\.json$/i.test(name) || /^(\xef\xbb\xbf)?\s*\{\s*("|\})/.test(head)) return "json";
  return /\.(md|markdown)$/i.test(name) ? "markdown" : "text";
}

/** How files of other formats begin. */
const otherFormats: readonly (readonly [readonly string[], string])[] = [
  [["{\\rtf"], "an RTF document"],
  [["\x89PNG", "\xff\xd8\xff", "GIF8", "BM\x00", "II*\0", "MM\0*", "RIFF"], "a picture"],
  [["\x1f\x8b", "BZh", "7z\xbc\xaf", "Rar!", "\xfd7zXZ"], "an archive"],
  [["MZ\x90", "\x7fELF", "\xcf\xfa\xed\xfe", "#!/"], "a program"],
  [["<!doctype html", "<html", "<?xml"], "a web page or XML"],
  [["%!PS"], "a PostScript file"],
];

const unsupported = (what: string) =>
  `The file is ${what}, which cannot be read as a résumé. Save it as PDF, DOCX, Markdown, plain text or JSON Resume.`;

/** Word's format before 2007, and what Word makes of a DOCX with a password. */
function oldOffice(bytes: Uint8Array): ResumeRefused {
  const encrypted = Buffer.from(bytes).includes(Buffer.from("EncryptedPackage", "utf16le"));
  return encrypted
    ? new ResumeRefused("encrypted")
    : new ResumeRefused("unsupported-format", unsupported("a Word document of the old kind (.doc)"));
}

/** Whether the file's end is a ZIP directory: then unpackers read a ZIP where viewers read a PDF. */
function endsAsZip(bytes: Uint8Array): boolean {
  const tail = latin1(bytes.subarray(-66_000));
  const at = tail.lastIndexOf("PK\x05\x06");
  if (at < 0 || at + 22 > tail.length) return false;
  const comment = tail.charCodeAt(at + 20) + 256 * tail.charCodeAt(at + 21);
  return at + 22 + comment === tail.length;
}

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");
