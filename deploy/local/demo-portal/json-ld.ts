/** The `JobPosting` a page carries: a plain object, an array or an `@graph`, and the absurd ones. */
import { zonedTime } from "./board-api.ts";
import { descriptionHtml } from "./job-text.ts";
import { escapeEntities } from "./page.ts";
import type { Listing } from "./postings.ts";

/** Careers sites write titles in their own way; the words stay. */
export const careersTitle = (listing: Listing): string => {
  const { title, sequence } = listing.opening;
  if (!listing.mirror) return title;
  return sequence % 2 === 0 ? title.toUpperCase() : title.toLowerCase();
};

const jobPosting = (listing: Listing, site: string): Record<string, unknown> => {
  const { opening, jobId } = listing;
  const { company, city, pay } = opening;
  const html = descriptionHtml(opening, listing.mirror);
  const posted = zonedTime(listing.publishedAt, company.utcOffset);
  return {
    "@context": "https://schema.org/",
    "@type": "JobPosting",
    title: careersTitle(listing),
    description: opening.sequence % 3 === 0 ? escapeEntities(html) : html,
    identifier: { "@type": "PropertyValue", name: company.name, value: String(jobId) },
    datePosted: opening.sequence % 2 === 0 ? posted.slice(0, 10) : posted,
    validThrough: new Date(listing.publishedAt.getTime() + 90 * 86_400_000).toISOString(),
    employmentType: opening.sequence % 4 === 0 ? ["FULL_TIME"] : "FULL_TIME",
    hiringOrganization: {
      "@type": "Organization",
      name: company.name,
      sameAs: `${site}/careers/${company.token}`,
    },
    // A remote job may come with a place or without. The twins of board postings come without, as the board says it.
    ...(opening.workplace === "remote" && listing.mirror
      ? {}
      : {
          jobLocation: {
            "@type": "Place",
            address: {
              "@type": "PostalAddress",
              addressLocality: city.locality,
              ...(city.state === "" ? {} : { addressRegion: city.state }),
              postalCode: city.postalCode,
              addressCountry: opening.sequence % 2 === 0 ? city.countryCode : city.country,
            },
          },
        }),
    ...(opening.workplace === "remote"
      ? {
          jobLocationType: "TELECOMMUTE",
          applicantLocationRequirements: { "@type": "Country", name: city.country },
        }
      : {}),
    ...(pay === null
      ? {}
      : {
          baseSalary: {
            "@type": "MonetaryAmount",
            currency: pay.currency,
            value: { "@type": "QuantitativeValue", minValue: pay.min, maxValue: pay.max, unitText: pay.unit },
          },
        }),
    directApply: true,
    url: `${site}/careers/${company.token}/jobs/${jobId}`,
  };
};

const script = (json: string): string => `<script type="application/ld+json">${json}</script>\n`;
/** "<" must not end the script element. */
const safe = (value: unknown): string => JSON.stringify(value).replaceAll("<", "\\u003c");

const absurd = (listing: Listing, posting: Record<string, unknown>): string => {
  switch (listing.absurdity) {
    case null:
    case "no-json-ld":
      return "";
    case "missing-title": {
      const { title: _, ...rest } = posting;
      return script(safe(rest));
    }
    case "title-not-text":
      return script(safe({ ...posting, title: { "@value": ["Chief", 7, null] } }));
    case "salary-in-words":
      return script(
        safe({
          ...posting,
          baseSalary: "competitive, and lots of fruit",
          employmentType: "whatever suits you",
        }),
      );
    case "expired":
      return script(safe({ ...posting, validThrough: "2019-12-31" }));
    case "nothing-but-title":
      return script(safe({ "@context": "https://schema.org", "@type": "JobPosting", title: posting.title }));
    case "absurd-values":
      return script(
        safe({
          ...posting,
          datePosted: "32nd of Smarch",
          description: "x",
          hiringOrganization: null,
          jobLocation: [null, 12, { address: 7 }],
          baseSalary: { value: { minValue: -5, maxValue: "1e999" } },
        }),
      );
    case "unescaped-quotes":
      return script(safe(posting).replace(/"title":"[^"]*"/, '"title":"Head of "Special" Projects",\n'));
  }
};

/** The ld+json scripts for the head of a posting's page. */
export const jsonLdScripts = (listing: Listing, site: string): string => {
  const posting = jobPosting(listing, site);
  if (listing.absurdity !== null) return absurd(listing, posting);
  const { company } = listing.opening;
  const crumbs = {
    "@context": "https://schema.org",
    "@type": "BreadcrumbList",
    itemListElement: [
      { "@type": "ListItem", position: 1, name: "Jobs", item: `${site}/careers/${company.token}` },
    ],
  };
  switch (listing.place === "board" ? 0 : listing.opening.sequence % 5) {
    case 1:
      return script(safe([crumbs, posting]));
    case 2: {
      // As a popular plug-in writes it: parts refer to each other by @id.
      const organization = { "@id": `${site}/careers/${company.token}#organization` };
      const { "@context": context, hiringOrganization: _, ...rest } = posting;
      return script(
        safe({
          "@context": context,
          "@graph": [
            { "@type": "Organization", ...organization, name: company.name },
            { ...rest, hiringOrganization: organization },
          ],
        }),
      );
    }
    case 3:
      return script(safe(crumbs)) + script(safe(posting));
    default:
      return script(safe(posting));
  }
};
