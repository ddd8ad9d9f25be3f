import { expect, test } from "vitest";
import { PostingUnreadable, readPostingFile } from "./posting-file.ts";

const read = (text: string) => readPostingFile(new TextEncoder().encode(text));

test("reads text with a title above, and text without one", () => {
  expect(read("Nurse, ICU\nYou care for patients.\nRequirements\nRN license")).toMatchObject({
    title: "Nurse, ICU",
    description: "You care for patients.\nRequirements\nRN license",
  });
  expect(read("We look for a nurse who likes nights.").title).toBe("");
});

test("reads the JobPosting of a page, also within a graph and beside a broken script", () => {
  const job = {
    "@type": "JobPosting",
    title: "Data Engineer",
    description: "<p>Pipelines</p><ul><li>Python</li></ul>",
  };
  const page = `<html><head><script type="application/ld+json">{broken</script>
    <script type="application/ld+json">${JSON.stringify({ "@graph": [{ "@type": "Organization" }, job] })}</script></head>
    <body><h1>Careers</h1></body></html>`;
  expect(read(page)).toMatchObject({ title: "Data Engineer", description: "Pipelines\nPython" });
});

test("reads a page without JSON-LD by its heading and text, and our own JSON", () => {
  const page = read("<html><body><nav>Home</nav><main><h1>Cook</h1><p>Grill fish.</p></main></body></html>");
  expect(page.title).toBe("Cook");
  expect(page.description).toContain("Grill fish.");
  expect(page.description).not.toContain("Home");
  expect(read('{"title":"Cook","description":"Grill fish.","company":"Acme"}')).toMatchObject({
    title: "Cook",
  });
});

test("says what is wrong with what it can't use", () => {
  for (const text of ["", "   ", "PK\u0003\u0004\u0000\u0000", '{"name":"x"}', "<html><body></body></html>"])
    expect(() => read(text)).toThrow(PostingUnreadable);
  expect(() => readPostingFile(new Uint8Array(6 * 1024 * 1024))).toThrow(/larger than 5 MB/);
});
