import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { type ReadingLimits, readResume } from "./read-resume.ts";
import { ResumeRefused } from "./refusal.ts";
import { docx, pageWith, paragraphs, pdf, rawPdf, resumeText } from "./testkit/resume-files.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const refusal = async (bytes: Uint8Array, name = "cv.pdf", limits?: ReadingLimits) => {
  const error = await readResume(bytes, name, limits).catch((cause: unknown) => cause);
  if (!(error instanceof ResumeRefused)) expect.fail(`Not refused: ${JSON.stringify(error).slice(0, 300)}`);
  expect(error.message).toMatch(/\. \S/); // what happened, then what to do
  return error.reason;
};
const helloPdf = () => pdf((doc) => doc.fontSize(11).text(resumeText));

describe("what is read", () => {
  test("a PDF, a DOCX and a text of the same résumé give the same document", async () => {
    const [fromPdf, fromDocx, fromText] = await Promise.all([
      readResume(await helloPdf(), "cv.pdf"),
      readResume(docx(paragraphs(resumeText)), "cv.docx"),
      readResume(utf8(resumeText), "cv.txt"),
    ]);
    expect(fromText.document).toMatchObject({
      basics: { name: "Alex Example", label: "Backend Engineer", email: "alex@example.invalid" },
      work: [
        {
          name: "Example GmbH",
          position: "Senior Backend Engineer",
          location: "Berlin, Germany",
          startDate: "2021-03",
        },
        { name: "Sample Ltd", position: "Software Developer", startDate: "2018", endDate: "2021-02" },
      ],
      education: [
        { institution: "Example University", studyType: "BSc", area: "Computer Science", endDate: "2018" },
      ],
      skills: [
        { name: "Languages", keywords: ["TypeScript", "C#", "C++"] },
        { name: "Stores", keywords: ["PostgreSQL", "MongoDB"] },
      ],
      languages: [
        { language: "English", fluency: "native" },
        { language: "German", fluency: "B2" },
      ],
    });
    expect(fromPdf.document).toEqual(fromText.document);
    expect(fromDocx.document).toEqual(fromText.document);
    expect(Math.min(...Object.values(fromPdf.confidence))).toBeGreaterThanOrEqual(0.7);
    expect(fromPdf.problems).toEqual([]);
  });

  test("text in any usual encoding, and under a wrong name", async () => {
    const text = resumeText.replace("Alex Example", "Zoë Müller");
    const files = {
      utf16: new Uint8Array(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")])),
      latin1: new Uint8Array(Buffer.from(text, "latin1")),
      bom: utf8(`\ufeff${text}`),
    };
    for (const [encoding, bytes] of Object.entries(files)) {
      const { document } = await readResume(bytes, "cv.pdf");
      expect(document.basics, encoding).toMatchObject({ name: "Zoë Müller" });
    }
  });

  test("a JSON Resume keeps the fields that we don't know, and other JSON is refused", async () => {
    const document = {
      basics: { name: "Ada" },
      work: [{ name: "Acme", position: "Engineer" }],
      volunteer: [{ x: 1 }],
    };
    const read = await readResume(utf8(JSON.stringify(document)), "cv.json");
    expect(read.document).toEqual(document);
    expect(read.text).toContain("Engineer, Acme");
    expect(await refusal(utf8('{"name":"left-pad"}'), "package.json")).toBe("not-a-resume");
    expect(await refusal(utf8('{"basics": '), "cv.json")).toBe("not-a-resume");
  });
});

describe("what is refused, and why", () => {
  test("at sight: empty, too large, other formats, two in one", async () => {
    expect(await refusal(new Uint8Array(0))).toBe("empty");
    expect(await refusal(new Uint8Array(5 * 1024 * 1024 + 1))).toBe("too-large");
    expect(await refusal(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]))).toBe(
      "unsupported-format",
    );
    expect(await refusal(utf8("{\\rtf1 hello}"))).toBe("unsupported-format");
    expect(await refusal(utf8("<!DOCTYPE html><p>cv</p>"))).toBe("unsupported-format");
    expect(
      await refusal(
        Uint8Array.from({ length: 5_000 }, (_, at) => (at * 7919) % 256),
        "cv.txt",
      ),
    ).toBe("unsupported-format");
    const both = new Uint8Array(Buffer.concat([await helloPdf(), docx(paragraphs("other text"))]));
    expect(await refusal(both)).toBe("ambiguous-format");
  });

  test("without text, cut off, or with a password", async () => {
    expect(await refusal(await pdf((doc) => doc.rect(50, 50, 200, 100).fill("#00f")))).toBe("no-text");
    expect(await refusal((await helloPdf()).subarray(0, 900))).toBe("damaged");
    const locked = await pdf((doc) => doc.text(resumeText), { userPassword: "secret", pdfVersion: "1.7" });
    expect(await refusal(locked)).toBe("encrypted");
    expect(await refusal(docx(paragraphs(resumeText)).subarray(0, 400), "cv.docx")).toBe("damaged");
    expect(await refusal(docx("<w:p/>"), "cv.docx")).toBe("no-text");
    expect(await refusal(docx(paragraphs(resumeText), { "word/vbaProject.bin": "x" }), "cv.docm")).toBe(
      "macros",
    );
    const office = Buffer.concat([
      Buffer.from("d0cf11e0a1b11ae1", "hex"),
      Buffer.from("EncryptedPackage", "utf16le"),
    ]);
    expect(await refusal(new Uint8Array(office), "cv.docx")).toBe("encrypted");
  });

  test("bombs: unpacked size, pages, depth, endless work", async () => {
    expect(await refusal(docx(paragraphs("a".repeat(30_000_000))), "cv.docx")).toBe("out-of-memory");
    expect(await refusal(docx("<w:p>".repeat(50_000)), "cv.docx")).toBe("damaged");
    expect(
      await refusal(await pdf((doc) => Array.from({ length: 70 }, () => doc.addPage().text("page")))),
    ).toBe("too-many-pages");
    const bomb = deflateSync(deflateSync(Buffer.alloc(1_500_000_000 / 8, 32), { level: 9 }), { level: 9 });
    const unpacked = await refusal(pageWith(bomb, "/Filter[/FlateDecode/FlateDecode]"), "cv.pdf", {
      memoryMb: 150,
    });
    expect(unpacked).toBe("out-of-memory");
    const kids = rawPdf(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"]);
    expect(await refusal(kids)).toBe("damaged");
    const slow = pageWith(
      deflateSync(Buffer.from("q 1 0 0 1 0 0 cm BT /F1 1 Tf (a) Tj ET Q\n".repeat(400_000))),
      "/Filter/FlateDecode",
    );
    expect(await refusal(slow, "cv.pdf", { cpuMs: 1_500 })).toBe("out-of-time");
    expect(await refusal(utf8("word ".repeat(900_000)), "cv.txt")).toBe("too-long");
  });
});
