/** We Work Remotely: a feed per category. All of its jobs are remote; the text begins and ends with lines of the site. */

import type { PortalAdapter } from "../adapter.ts";
import { parsedHtml } from "../reading/parsed-html.ts";
import { payFromText } from "../reading/pay-text.ts";
import { placeOf } from "../reading/places.ts";
import { childText } from "../reading/xml-elements.ts";
import { itemDraft, looksLikeXml, readFeed } from "./feed.ts";

export const weworkremotely: PortalAdapter = {
  kind: "weworkremotely",
  knows: ({ body }) =>
    looksLikeXml(body) && /We Work Remotely|weworkremotely\.com/i.test(body.slice(0, 3_000)),
  read: (answer) =>
    readFeed(answer, (item) => {
      const draft = itemDraft(item);
      const [, company = "", title = ""] =
        /^([\s\S]{1,200}?):\s+([\s\S]+)$/.exec(childText(item, "title")) ?? [];
      const description = withoutFrame(childText(item, "description"));
      return {
        ...draft,
        ...(title === "" ? {} : { title, company }),
        locations: [
          childText(item, "region") || placeOf(childText(item, "state"), childText(item, "country")),
        ],
        remote: "yes",
        employmentType: childText(item, "type"),
        description,
        salary: payIn(description),
      };
    }),
  ask: ({ url }) => ({ url }),
  paged: false,
};

/** The headquarters are no place of work, and the link to apply stands in a field of its own. */
const withoutFrame = (html: string): string =>
  html
    .replace(/^\s*(?:<img\b[^>]*>\s*)?<p>\s*<strong>\s*Headquarters:\s*<\/strong>[\s\S]{0,1000}?<\/p>/i, "")
    .replace(/<p>\s*<strong>\s*To apply:\s*<\/strong>[\s\S]{0,2000}$/i, "");

/** Employers' boards hand their block for pay on; other figures may be anything. */
function payIn(html: string) {
  if (!html.includes("pay-range")) return null;
  const page = parsedHtml(html.slice(0, 200_000));
  const ranges = page.querySelectorAll(".pay-range");
  const [range] = ranges;
  return range === undefined || ranges.length > 1
    ? null
    : payFromText(range.textContent, { unit: page.querySelector(".pay-input .title")?.textContent });
}
