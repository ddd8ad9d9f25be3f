/** Jobvite: a company's page as a table of links; the texts stand on the pages of the jobs. */
import type { PortalAdapter } from "../adapter.ts";
import { changed, empty } from "../reading/answer.ts";
import { readRows } from "../reading/listing.ts";
import { parsedHtml } from "../reading/parsed-html.ts";

const jobLink = /\/job\/(o[A-Za-z0-9]{5,})(?:[/?#]|$)/;

export const jobvite: PortalAdapter = {
  kind: "jobvite",
  knows: ({ body }) => /jv-job-list|jobs\.jobvite\.com|class="jv-/.test(body),
  read: ({ body, url }) => {
    const page = parsedHtml(body);
    const links = page.querySelectorAll("a").filter((link) => jobLink.test(link.getAttribute("href") ?? ""));
    if (links.length === 0)
      return /jv-job-list|jv-page-jobs/.test(body) && /no (?:open|current|job)|0 jobs/i.test(page.textContent)
        ? empty("The page says that there are no openings.")
        : changed("The page has no links to Jobvite jobs.");
    return readRows(
      links,
      (_, index) => {
        const link = links[index];
        const href = link?.getAttribute("href") ?? "";
        const row = link?.closest("tr") ?? link?.closest("li") ?? link?.parentNode;
        return {
          id: jobLink.exec(href)?.[1],
          title: (link?.querySelector(".jv-job-list-name") ?? link)?.textContent,
          locations: (row?.querySelector(".jv-job-list-location")?.textContent ?? "").split(/\s*;\s*/),
          url: href,
        };
      },
      { base: url ?? "https://jobs.jobvite.com/", none: "" },
    );
  },
  ask: ({ url }) => ({ url }),
  paged: false,
};
