import { expect, test } from "vitest";
import { documentOf, nameIn, sectionsOf } from "./section-texts.ts";

const resume = {
  basics: { name: "Ada Lind", email: "ada@example.org", summary: "Engineer." },
  work: [{ name: "Parcel", position: "Engineer", highlights: ["Built things"] }],
  meta: { theme: "plain" },
};
const changed = (name: string, text: string) =>
  documentOf(
    resume,
    sectionsOf(resume).map((one) => (one.name === name ? { ...one, text } : one)),
  );

test("unchanged sections give the document back, with what no section shows", () => {
  const { document, wrong } = documentOf(resume, sectionsOf(resume));
  expect(wrong).toEqual({});
  expect(document).toMatchObject(resume);
  expect(nameIn(document)).toBe("Ada Lind");
});

test("a corrected section is taken, a broken one says where and saves nothing", () => {
  expect(changed("summary", " Nurse. ").document.basics).toMatchObject({
    summary: "Nurse.",
    name: "Ada Lind",
  });
  expect(changed("summary", "").document.basics).not.toHaveProperty("summary");
  expect(changed("work", "[{").wrong.work).toMatch(/can't be read/);
  expect(changed("work", '"much"').wrong.work).toMatch(/wrong kind/);
  expect(changed("basics", '{"name": " "}').wrong.basics).toMatch(/name is missing/);
  expect(changed("basics", "[]").wrong).toHaveProperty("basics");
});
