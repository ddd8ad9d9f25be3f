import { expect, test } from "vitest";
import { cleanDescription } from "../clean-html.ts";
import { listingOf, readRows } from "./listing.ts";

const draft = { id: "1", title: "Engineer", url: "https://example.org/1" };

test("a cut never leaves half a character", () => {
  const long = (most: number) => `${"a".repeat(most - 1)}😀b`;
  const listing = listingOf({
    ...draft,
    id: long(300),
    title: long(300),
    company: long(200),
    locations: [long(200)],
    employmentType: long(100),
    skills: [long(100)],
    description: long(200_000),
  });
  expect(JSON.stringify(listing).match(/.{9}\\ud83d/g)).toBeNull();
  expect(listing.title).toBe("a".repeat(299));
  expect(listingOf({ ...draft, title: "Engineer 😀" }).title).toBe("Engineer 😀");
});

test("half a character that the portal sends is replaced, in the listing and in what is shown", () => {
  const row: unknown = JSON.parse('{"title":"Engineer \\ud83d (all)","company":"Ac\\ude00me"}');
  const { listings } = readRows([row], () => ({ ...draft, ...(row as object) }), { none: "" });
  expect(listings).toMatchObject([{ title: "Engineer \ufffd (all)", company: "Ac\ufffdme" }]);
  for (const source of ["\ud83d", "<p>\ud83d</p>", "&#xd83d;", "&amp;#xd83d;", "&lt;p&gt;&#55357;"])
    expect(JSON.stringify(cleanDescription(`Build. ${source}`))).not.toContain("\\ud83d");
  expect(cleanDescription("a".repeat(19_999).concat("😀")).text).toBe("a".repeat(19_999));
});
