import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import type { JsonResume } from "../../../protocols/json-resume.ts";
import { renderResumePdf } from "./render-resume-pdf.ts";

const resume: JsonResume = {
  basics: {
    name: "Zoë Müller",
    label: "Backend engineer",
    email: "zoe@example.org",
    location: { city: "Köln", countryCode: "DE" },
    summary: "Builds quiet services — and keeps them so.",
  },
  work: [
    {
      name: "Acme",
      position: "Engineer",
      startDate: "2019-02",
      highlights: ["Cut the latency of search by half"],
    },
  ],
  education: [{ institution: "Universität Köln", area: "Informatics", studyType: "Bachelor" }],
  skills: [{ name: "Languages", keywords: ["Go", "SQL"] }],
  languages: [{ language: "German", fluency: "Native" }],
};

/** The text operators of a PDF in Helvetica, as a reader would join them. Enough for WinAnsi text in hexadecimal strings. */
function textOf(pdf: Uint8Array): string {
  const bytes = Buffer.from(pdf);
  let text = "";
  for (let at = bytes.indexOf("stream\n"); at >= 0; at = bytes.indexOf("stream\n", at + 7)) {
    if (bytes.subarray(at - 3, at).toString() === "end") continue;
    const end = bytes.indexOf("endstream", at);
    let content: string;
    try {
      content = inflateSync(bytes.subarray(at + 7, end)).toString("latin1");
    } catch {
      continue; // not a compressed content stream
    }
    for (const array of content.matchAll(/\[([^\]]*)\] TJ/g)) {
      for (const hex of (array[1] ?? "").matchAll(/<([0-9a-f]*)>/g))
        text += Buffer.from(hex[1] ?? "", "hex").toString("latin1");
      text += "\n";
    }
  }
  return text;
}

test("holds the résumé as text that can be read back", async () => {
  const text = textOf(await renderResumePdf(resume));
  for (const part of [
    "Zoë Müller",
    "zoe@example.org",
    "Cut the latency of search by half",
    "Universität Köln",
    "Go, SQL",
  ])
    expect(text).toContain(part);
});

test("gives the same bytes for the same résumé, and others for another", async () => {
  const [a, b, other] = await Promise.all([
    renderResumePdf(resume),
    renderResumePdf(structuredClone(resume)),
    renderResumePdf({ ...resume, basics: { ...resume.basics, label: "Engineer" } }),
  ]);
  expect(Buffer.from(a).equals(Buffer.from(b))).toBe(true);
  expect(Buffer.from(a).equals(Buffer.from(other))).toBe(false);
  expect(Buffer.from(a.subarray(0, 5)).toString()).toBe("%PDF-");
});

test("embeds a font for letters the standard fonts lack, and stays the same", async () => {
  const polish = { ...resume, basics: { name: "Łukasz Żółć Дмитрий 李 🎉" } };
  const [a, b] = [await renderResumePdf(polish), await renderResumePdf(polish)];
  expect(Buffer.from(a).includes("DejaVuSans")).toBe(true);
  expect(Buffer.from(a).equals(Buffer.from(b))).toBe(true);
});

test("renders an empty résumé and a hostile one", async () => {
  const long = "x".repeat(100_000);
  for (const odd of [
    {},
    { basics: null, work: [{}], skills: [{ keywords: [] }] },
    {
      basics: { name: "\u0000\u202e\ud800", summary: long },
      work: Array(300).fill({ highlights: [long, "ok"] }),
    },
  ])
    expect((await renderResumePdf(odd)).byteLength).toBeGreaterThan(500);
});
