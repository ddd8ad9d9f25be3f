/** HRM Direct: a company's page as a table; the texts stand on the pages of the jobs. */
import type { HTMLElement } from "node-html-parser";
import type { PortalAdapter } from "../adapter.ts";
import { changed, empty } from "../reading/answer.ts";
import { isoDate } from "../reading/dates.ts";
import { type Draft, Refused, readRows } from "../reading/listing.ts";
import { parsedHtml } from "../reading/parsed-html.ts";
import { placeOf } from "../reading/places.ts";

export const hrmdirect: PortalAdapter = {
  kind: "hrmdirect",
  knows: ({ body }) => /ReqRowClick|class="[^"]*\breqitem|hrmdirect\.com/.test(body),
  read: ({ body, url }) => {
    const page = parsedHtml(body);
    // Links are left open in its cells, which swallows the rest of the table: each row is parsed by itself.
    const rows = body
      .split(/(?=<tr\b)/i)
      .filter((part) => /^<tr\b[^>]*\bReqRowClick\b/i.test(part))
      .map((part) => parsedHtml(part.replace(/<\/td>/gi, "</a></td>")).querySelector("tr"));
    if (rows.length === 0)
      return /no (?:open|current|job)|there are (?:currently )?no/i.test(page.textContent)
        ? empty("The page says that there are no openings.")
        : changed("The page has no rows of jobs.");
    const company = /^Careers? (?:at|with) (.{2,100})$/i.exec(
      page.querySelector("title")?.textContent.trim() ?? "",
    )?.[1];
    return readRows(rows, (_, index) => toDraft(rows[index], company), {
      base: url,
      none: "",
      total: rows.length,
    });
  },
  ask: ({ url }) => ({ url }),
  paged: false,
};

function toDraft(row: HTMLElement | null | undefined, company: string | undefined): Draft {
  if (row === undefined || row === null) throw new Refused("It is no row.");
  const cell = (name: string) => row.querySelector(`td.${name}`)?.textContent.trim() ?? "";
  const link = row.querySelector(".posTitle a") ?? row.querySelector("a");
  const href = link?.getAttribute("href") ?? "";
  const dates = row.querySelectorAll("td").map((one) => isoDate(one.textContent.trim(), "month first"));
  return {
    id: row.getAttribute("data-req-id") ?? /[?&]req=(\d+)/.exec(href)?.[1],
    title: link?.textContent ?? cell("posTitle"),
    company,
    locations: [cell("offices") || placeOf(cell("cities"), cell("state"), cell("country"))],
    datePosted: dates.find((date) => date !== null) ?? null,
    // What stands behind "#" leads to a place on the page.
    url: href.replace(/&?#.*$/, ""),
  };
}
