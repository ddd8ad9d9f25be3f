/**
 * A résumé as the PDF that is uploaded to a portal: one column, real text, no pictures, so that a portal's parser reads
 * what a person reads. The same résumé gives the same bytes, so its SHA-256 names the version.
 */
import { createRequire } from "node:module";
import PDFDocument from "pdfkit";
import type { JsonResume } from "../../../protocols/json-resume.ts";

const require = createRequire(import.meta.url);
/** Nothing in the file may depend on the day it was made. */
const NO_DATE = new Date(0);
const MARGIN = 54; // points, 1.9 cm
const INK = "#1a1a1a";
const FAINT = "#555555";
/** A résumé that fills more is no résumé; bounds the work for a hostile document. */
const MAX_TEXT = 4_000;
const MAX_ITEMS = 100;

type Doc = PDFKit.PDFDocument;

/**
 * Letters of the standard fonts stay in Helvetica; a résumé with any other letter (ł, č, Ω, Я) is set in DejaVu, which is
 * embedded. What even that lacks becomes "?".
 *
 * @returns the file's bytes, A4. Never rejects for a decoded résumé, also not for an empty one.
 */
export const renderResumePdf = (resume: JsonResume): Promise<Uint8Array> => renderTextPdf(resume, []);

/** @param paragraphs set below the name and the address, before the sections */
export async function renderTextPdf(resume: JsonResume, paragraphs: readonly string[]): Promise<Uint8Array> {
  const { basics } = resume;
  const name = clean(basics?.name) || "Résumé";
  const doc = new PDFDocument({
    size: "A4",
    margin: MARGIN,
    info: { Title: name, Author: name, Producer: "Callboard", Creator: "Callboard", CreationDate: NO_DATE },
  });
  const chunks: Uint8Array[] = [];
  const done = new Promise<Uint8Array>((resolve, reject) => {
    doc.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    doc.on("end", () => resolve(new Uint8Array(Buffer.concat(chunks))));
    doc.on("error", reject);
  });
  const write = writerFor(doc, JSON.stringify([resume, paragraphs]));

  write.line(name, 20, "bold");
  if (clean(basics?.label)) write.line(basics?.label, 12, "regular", FAINT);
  const place = joined(
    [basics?.location?.city, basics?.location?.region, basics?.location?.countryCode],
    ", ",
  );
  const profiles = (basics?.profiles ?? []).slice(0, 5).map((profile) => profile.url);
  write.line(
    joined([basics?.email, basics?.phone, place, basics?.url, ...profiles], "  ·  "),
    9,
    "regular",
    FAINT,
  );

  for (const paragraph of paragraphs) write.entryText(paragraph);
  if (clean(basics?.summary)) {
    write.heading("Summary");
    write.line(basics?.summary);
  }
  const work = items(resume.work);
  if (work.length > 0) write.heading("Experience");
  for (const job of work) {
    write.entry(joined([job.position, job.name], ", "), period(job.startDate, job.endDate), job.location);
    write.line(job.summary);
    for (const highlight of items(job.highlights)) write.bullet(highlight);
  }
  const projects = items(resume.projects);
  if (projects.length > 0) write.heading("Projects");
  for (const project of projects) {
    write.entry(
      project.name,
      project.startDate ? period(project.startDate, project.endDate) : "",
      project.url,
    );
    write.line(project.description);
    for (const highlight of items(project.highlights)) write.bullet(highlight);
    write.line(joined(items(project.keywords), ", "), 9, "regular", FAINT);
  }
  const schools = items(resume.education);
  if (schools.length > 0) write.heading("Education");
  for (const school of schools) {
    const what = joined([school.studyType, school.area], ", ");
    write.entry(
      what,
      school.startDate || school.endDate ? period(school.startDate, school.endDate) : "",
      school.institution,
    );
    write.line(joined(items(school.courses), ", "), 9, "regular", FAINT);
  }
  const skills = items(resume.skills);
  if (skills.length > 0) write.heading("Skills");
  for (const skill of skills) write.line(joined([skill.name, joined(items(skill.keywords), ", ")], ": "));
  const certificates = items(resume.certificates);
  if (certificates.length > 0) write.heading("Certificates");
  for (const one of certificates) write.line(joined([one.name, one.issuer, one.date], ", "));
  const languages = items(resume.languages);
  if (languages.length > 0) write.heading("Languages");
  for (const one of languages) write.line(joined([one.language, one.fluency], ": "));

  doc.end();
  return done;
}

/** The few marks the layout is made of. Blank text leaves no mark and no gap. */
function writerFor(doc: Doc, everything: string) {
  const fonts = fontsFor(doc, everything);
  const font = (weight: "regular" | "bold", size: number, color: string) =>
    doc.font(fonts[weight]).fontSize(size).fillColor(color);
  const line = (
    raw: string | null | undefined,
    size = 10,
    weight: "regular" | "bold" = "regular",
    color = INK,
  ) => {
    const text = fonts.writable(clean(raw));
    if (text) font(weight, size, color).text(text, MARGIN, undefined, { paragraphGap: 2 });
  };
  /** Starts a new page where only the first of lines that belong together would fit. */
  const keepTogether = (height: number) => {
    if (doc.y + height > doc.page.height - MARGIN) doc.addPage();
  };
  return {
    line,
    heading(title: string) {
      keepTogether(60);
      doc.moveDown(0.7);
      line(title, 12, "bold");
      const y = doc.y;
      doc
        .moveTo(MARGIN, y)
        .lineTo(doc.page.width - MARGIN, y)
        .lineWidth(0.5)
        .strokeColor("#bbbbbb")
        .stroke();
      doc.y = y + 5;
    },
    entry(title: string | null | undefined, when: string, where: string | null | undefined) {
      keepTogether(40);
      doc.moveDown(0.3);
      line(title, 10.5, "bold");
      line(joined([when, where], "  ·  "), 9, "regular", FAINT);
    },
    entryText(raw: string) {
      doc.moveDown(0.5);
      line(raw);
    },
    bullet(raw: string) {
      const text = fonts.writable(clean(raw));
      if (text)
        font("regular", 10, INK).text(`•  ${text}`, MARGIN + 8, undefined, { paragraphGap: 1.5, indent: -8 });
      doc.x = MARGIN;
    },
  };
}

function fontsFor(doc: Doc, everything: string) {
  if (isWinAnsi(everything))
    return { regular: "Helvetica", bold: "Helvetica-Bold", writable: (text: string) => text };
  doc.registerFont("regular", require.resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf"));
  doc.registerFont("bold", require.resolve("dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf"));
  // One that the font cannot draw would come out as an empty box, and as nothing at all when the text is read back.
  const writable = (text: string) =>
    [...text]
      .map((letter) =>
        /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}]/u.test(
          letter,
        ) && (letter.codePointAt(0) ?? 0) < 0x2c00
          ? letter
          : "?",
      )
      .join("");
  return { regular: "regular", bold: "bold", writable };
}

/** Whether PDF's standard fonts have every letter: Latin-1 and the few that Windows put between. */
const isWinAnsi = (text: string) => /^[\s\x20-\x7e\xa0-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]*$/.test(text);

/** Composed letters, no control or invisible characters, bounded. */
const clean = (text: string | null | undefined): string =>
  (text ?? "")
    .slice(0, MAX_TEXT)
    .normalize("NFC")
    .replace(/[\p{Cc}\s]+/gu, " ")
    .replace(/\p{C}/gu, "")
    .trim();

const items = <A>(list: readonly A[] | null | undefined): readonly A[] => (list ?? []).slice(0, MAX_ITEMS);
const joined = (parts: readonly (string | null | undefined)[], by: string) =>
  [...new Set(parts.map(clean))].filter(Boolean).join(by);
const period = (from: string | null | undefined, to: string | null | undefined) =>
  [clean(from).slice(0, 7), clean(to).slice(0, 7) || "present"].filter(Boolean).join(" – ");
