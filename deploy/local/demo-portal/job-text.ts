/** A posting's words: as HTML for board and pages, with the place and the pay written out. */
import type { City } from "./data/companies.ts";
import type { Opening } from "./opening.ts";
import { escapeHtml } from "./page.ts";

/** "Berlin, Germany", "Seattle, WA", "Remote - Germany". */
export const placeText = (opening: Opening): string => {
  const { city, workplace } = opening;
  if (workplace === "remote") return `Remote, ${city.country}`;
  return city.countryCode === "US" ? `${city.locality}, ${city.state}` : `${city.locality}, ${city.country}`;
};

/** The same as a careers site would write it. */
export const longPlaceText = (city: City): string =>
  [city.locality, city.state !== city.locality ? city.state : "", city.country]
    .filter((part) => part !== "")
    .join(", ");

export const payText = (opening: Opening): string | null => {
  const { pay } = opening;
  if (pay === null) return null;
  const figure = (value: number) => value.toLocaleString("en-US");
  const sign = pay.currency === "EUR" ? "€" : "$";
  return `${sign}${figure(pay.min)} - ${sign}${figure(pay.max)} per ${pay.unit === "HOUR" ? "hour" : "year"}`;
};

const workplaceText = (opening: Opening): string =>
  ({
    "on-site": `This role is based on site in ${opening.city.locality}.`,
    hybrid: `We work hybrid: two or three days a week in our ${opening.city.locality} office.`,
    remote: `This is a remote role for people living in ${opening.city.country}.`,
  })[opening.workplace];

const list = (items: readonly string[]): string =>
  `<ul>\n${items.map((item) => `<li>${escapeHtml(item)}</li>`).join("\n")}\n</ul>`;

/** The description as HTML. `reworded`: as the careers site tells the same job, in another order and with other headings. */
export const descriptionHtml = (opening: Opening, reworded = false): string => {
  const { company } = opening;
  const pay = payText(opening);
  const intro = `<div class="content-intro"><p>${escapeHtml(company.about)}</p></div>`;
  const role = [
    `<h2>${reworded ? "Your role" : "About the role"}</h2>`,
    `<p>${escapeHtml(opening.about)} ${escapeHtml(workplaceText(opening))}</p>`,
    `<h3>${reworded ? "Your responsibilities" : "What you will do"}</h3>`,
    list(opening.does),
    `<h3>${escapeHtml(opening.mustHeading)}</h3>`,
    list(opening.must),
    `<h3>${escapeHtml(opening.niceHeading)}</h3>`,
    list(opening.nice),
  ].join("\n");
  const offer = `<h3>What we offer</h3>\n${list(company.benefits)}`;
  const payBlock =
    pay === null
      ? ""
      : `\n<div class="content-pay-transparency"><div class="pay-input"><div class="title">Pay range</div><div class="pay-range">${escapeHtml(pay)}</div></div></div>`;
  const closing = `\n<div class="content-conclusion"><p>${escapeHtml(company.closing)}</p></div>`;
  return reworded
    ? `${role}\n${offer}${payBlock}\n${intro}${closing}`
    : `${intro}\n${role}\n${offer}${payBlock}${closing}`;
};
