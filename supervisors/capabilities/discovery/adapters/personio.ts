/** Personio: a company's positions as XML. A position may stand there several times, once per office. */
import type { PortalAdapter } from "../adapter.ts";
import { type Answer, changed } from "../reading/answer.ts";
import { isoDate } from "../reading/dates.ts";
import { type Draft, readRows } from "../reading/listing.ts";
import { childOf, childrenOf, childText, readXml, type XmlElement } from "../reading/xml-elements.ts";

export const personio: PortalAdapter = {
  kind: "personio",
  knows: ({ body }) => /<workzag-jobs\b/i.test(body.slice(0, 2_000)),
  read: ({ body, url }) => {
    const root = readXml(body);
    if (root === null || !/^workzag-jobs$/i.test(root.name))
      return changed("It is no list of Personio positions.");
    const positions = childrenOf(root, "position");
    return readRows(positions, (_, index) => toDraft(positions[index] as XmlElement, url), {
      none: "The company lists no positions.",
      total: null,
    });
  },
  ask: ({ url }) => ({ url }),
  paged: false,
};

function toDraft(position: XmlElement, url: Answer["url"]): Draft {
  const id = childText(position, "id");
  const offices = [
    childText(position, "office"),
    ...childrenOf(childOf(position, "additionalOffices"), "office").map(({ text }) => text),
  ];
  const parts = childrenOf(childOf(position, "jobDescriptions"), "jobDescription");
  const page =
    url !== null && /\.jobs\.personio\.(?:de|com)$/.test(url.hostname) && id !== ""
      ? `${url.origin}/job/${encodeURIComponent(id)}`
      : "";
  return {
    id,
    title: childText(position, "name"),
    company: childText(position, "subcompany"),
    locations: offices,
    employmentType: [childText(position, "employmentType"), childText(position, "schedule")]
      .filter(Boolean)
      .join(", "),
    datePosted: isoDate(childText(position, "createdAt")),
    description: parts
      .map((part) => {
        const heading = childText(part, "name");
        return `${heading === "" ? "" : `<h3>${heading}</h3>`}${childText(part, "value")}`;
      })
      .join("\n"),
    skills: childText(position, "keywords"),
    url: page,
    applyUrl: page === "" ? "" : `${page}#apply`,
  };
}
