/** Small résumé files made on the spot, honest and hostile. */

import { strToU8, zipSync } from "fflate";
import PDFDocument from "pdfkit";

export const resumeText = `Alex Example
Backend Engineer
alex@example.invalid | +00 000 000 0000

SUMMARY
Backend engineer who moves services to events.

EXPERIENCE
Senior Backend Engineer, Example GmbH, Berlin, Germany, March 2021 - present
- Cut p99 latency of the matching service from 900 ms to 120 ms
- Moved 14 services to event sourcing
Software Developer, Sample Ltd, London, UK, 2018 - 02/2021
- Built REST and GraphQL APIs in Node.js

EDUCATION
BSc in Computer Science, Example University, 2018

SKILLS
Languages: TypeScript, C#, C++
Stores: PostgreSQL, MongoDB

LANGUAGES
English (native), German: B2
`;

const head = '<?xml version="1.0" encoding="UTF-8"?>';
const space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const inXml = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

export const run = (text: string, properties = "") =>
  `<w:r><w:rPr>${properties}</w:rPr><w:t xml:space="preserve">${inXml(text)}</w:t></w:r>`;
export const paragraph = (...runs: string[]) => `<w:p>${runs.join("")}</w:p>`;
export const paragraphs = (text: string) =>
  text
    .split("\n")
    .map((line) => paragraph(run(line)))
    .join("");

/** A DOCX with this body; `parts` are further files of the package. */
export const docx = (body: string, parts: Readonly<Record<string, string>> = {}): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries({
        "[Content_Types].xml": `${head}<Types/>`,
        "word/document.xml": `${head}<w:document ${space}><w:body>${body}</w:body></w:document>`,
        ...parts,
      }).map(([name, text]) => [name, strToU8(text)]),
    ),
  );

/** A PDF drawn by `draw`. */
export function pdf(
  draw: (doc: PDFKit.PDFDocument) => void,
  options: PDFKit.PDFDocumentOptions = {},
): Promise<Uint8Array> {
  const doc = new PDFDocument({ size: "A4", margin: 50, ...options });
  const chunks: Uint8Array[] = [];
  return new Promise((resolve, reject) => {
    doc.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    doc.on("end", () => resolve(new Uint8Array(Buffer.concat(chunks))));
    doc.on("error", reject);
    draw(doc);
    doc.end();
  });
}

/** A PDF by hand, with a table of its objects: for what no honest library writes. */
export function rawPdf(objects: readonly string[]): Uint8Array {
  let text = "%PDF-1.4\n";
  const places = objects.map((object, at) => {
    const place = text.length;
    text += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const table = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  for (const place of places) text += `${String(place).padStart(10, "0")} 00000 n \n`;
  text += `trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${table}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(text, "latin1"));
}

/** A page whose content is this stream (already filtered as `filter` says). */
export const pageWith = (stream: Uint8Array | string, filter = ""): Uint8Array => {
  const content = typeof stream === "string" ? stream : Buffer.from(stream).toString("latin1");
  return rawPdf([
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
    `<</Length ${content.length}${filter}>>stream\n${content}\nendstream`,
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
  ]);
};
