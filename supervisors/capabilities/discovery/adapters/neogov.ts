/** NEOGOV (governmentjobs.com): an agency's feed, with fields of its own. */
import type { PortalAdapter } from "../adapter.ts";
import { isoDate } from "../reading/dates.ts";
import { payOf } from "../reading/pay.ts";
import { childText } from "../reading/xml-elements.ts";
import { itemDraft, looksLikeXml, readFeed } from "./feed.ts";

const own = (name: string) => `joblisting:${name}`;

export const neogov: PortalAdapter = {
  kind: "neogov",
  knows: ({ body }) =>
    looksLikeXml(body) && /neogov\.com\/namespaces|governmentjobs\.com/i.test(body.slice(0, 3_000)),
  read: (answer) =>
    readFeed(answer, (item, feed) => {
      const draft = itemDraft(item);
      return {
        ...draft,
        id: childText(item, own("jobId")) || draft.id,
        company: childText(item, own("agency")) || feed.title,
        locations: [childText(item, own("location"))],
        employmentType: childText(item, own("jobType")),
        salary: payOf({
          min: childText(item, own("minimumSalary")),
          max: childText(item, own("maximumSalary")),
          currency: childText(item, own("salaryCurrency")),
          unit: childText(item, own("salaryInterval")),
        }),
        validThrough: isoDate(childText(item, own("advertiseToDateTimeUTC"), own("advertiseToDateUTC"))),
        description: [
          childText(item, "description"),
          ...["examplesofduties", "qualifications", "supplementalinformation"].map((part) =>
            childText(item, own(part)),
          ),
        ]
          .filter(Boolean)
          .join("\n<br>"),
      };
    }),
  ask: ({ url }) => ({ url }),
  paged: false,
};
