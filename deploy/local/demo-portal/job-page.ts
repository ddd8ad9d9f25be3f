/** The careers site of a company: the list of its postings, and the page of one. */
import type { Company } from "./data/companies.ts";
import { descriptionHtml, longPlaceText, payText, placeText } from "./job-text.ts";
import { careersTitle, jsonLdScripts } from "./json-ld.ts";
import { escapeHtml, page } from "./page.ts";
import type { Listing } from "./postings.ts";

const visibleTitle = (listing: Listing): string =>
  listing.absurdity === "missing-title" || listing.absurdity === "title-not-text"
    ? ""
    : careersTitle(listing);

const visiblePlace = (listing: Listing): string =>
  listing.mirror ? longPlaceText(listing.opening.city) : placeText(listing.opening);

/** `GET /careers/{company}` */
export const listingPage = (company: Company, listings: readonly Listing[]): string => {
  const newestFirst = [...listings].sort((a, b) => b.publishedAt.getTime() - a.publishedAt.getTime());
  const items = newestFirst.map(
    (one) =>
      `<li><a class="job-link" href="/careers/${company.token}/jobs/${one.jobId}">${escapeHtml(visibleTitle(one) || "Open position")}</a><br><span class="meta">${escapeHtml(visiblePlace(one))} · ${escapeHtml(one.opening.department)}</span></li>`,
  );
  return page(
    company,
    "Open positions",
    `<h1>Work at ${escapeHtml(company.name)}</h1>\n<p>${escapeHtml(company.about)}</p>\n<h2>${listings.length} open positions</h2>\n<ul class="jobs">\n${items.join("\n")}\n</ul>`,
  );
};

/** `GET /careers/{company}/jobs/{id}` */
export const jobPage = (listing: Listing, site: string): string => {
  const { opening, jobId } = listing;
  const title = visibleTitle(listing) || "Open position";
  const pay = payText(opening);
  const facts = [visiblePlace(listing), opening.department, "Full-time", pay].filter((one) => one !== null);
  return page(
    opening.company,
    title,
    `<p class="meta">${facts.map((one) => escapeHtml(one)).join(" · ")}</p>
<h1>${escapeHtml(title)}</h1>
<div class="description">
${descriptionHtml(opening, listing.mirror)}
</div>
<p><a class="button" data-testid="apply" href="/careers/${opening.company.token}/jobs/${jobId}/apply">Apply for this job</a></p>`,
    `${jsonLdScripts(listing, site)}<link rel="canonical" href="${site}/careers/${opening.company.token}/jobs/${jobId}">\n`,
  );
};
