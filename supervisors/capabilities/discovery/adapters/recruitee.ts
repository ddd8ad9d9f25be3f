/** Recruitee: all offers of a company in one answer, with texts, pay and form. */
import type { PortalAdapter } from "../adapter.ts";
import { changed } from "../reading/answer.ts";
import { isoDate } from "../reading/dates.ts";
import { type Draft, readRows, rowOf } from "../reading/listing.ts";
import { at, type Fields, fieldsOf, firstText, flagOf, listOf, textOf } from "../reading/loose-json.ts";
import { payOf } from "../reading/pay.ts";
import { firstRemote, placeOf, remoteFlags, remoteFrom } from "../reading/places.ts";

export const recruitee: PortalAdapter = {
  kind: "recruitee",
  knows: ({ json }) => Array.isArray(at(json, "offers")) || at(json, "offer", "careers_url") !== undefined,
  read: ({ json, url }) => {
    const single = at(json, "offer");
    const offers = single === undefined ? at(json, "offers") : [single];
    if (!Array.isArray(offers)) return changed("It is no list of Recruitee offers.");
    return readRows(offers, toDraft, {
      base: url,
      none: "The company lists no offers.",
      total: offers.length,
    });
  },
  ask: ({ url }) => ({ url }),
  paged: false,
};

function toDraft(row: unknown): Draft | null {
  const offer = rowOf(row);
  const status = textOf(offer.status);
  if (status !== "" && status !== "published") return null;
  const [language, translation] = Object.entries(fieldsOf(offer.translations))[0] ?? [];
  const places = placesOf(offer);
  const salary = fieldsOf(offer.salary);
  return {
    id: offer.id,
    title: firstText(offer.title, at(translation, "title")),
    company: offer.company_name,
    locations: places,
    remote: firstRemote(
      remoteFlags(flagOf(offer.remote), flagOf(offer.hybrid), flagOf(offer.on_site)),
      remoteFrom(places),
    ),
    employmentType: offer.employment_type_code,
    salary: payOf({ min: salary.min, max: salary.max, currency: salary.currency, unit: salary.period }),
    datePosted: isoDate(firstText(offer.published_at, offer.created_at)),
    validThrough: isoDate(offer.close_at),
    description: [
      firstText(offer.description, at(translation, "description")),
      firstText(offer.requirements, at(translation, "requirements")),
    ]
      .filter(Boolean)
      .join("\n<br>"),
    skills: offer.tags,
    language: Object.keys(fieldsOf(offer.translations)).length === 1 ? language : "",
    url: offer.careers_url,
    applyUrl: offer.careers_apply_url,
  };
}

function placesOf(offer: Fields): string[] {
  const listed = listOf(offer.locations)
    .map(
      (place) =>
        placeOf(at(place, "city"), at(place, "state"), at(place, "country")) || textOf(at(place, "name")),
    )
    .filter(Boolean);
  if (listed.length > 0) return listed;
  return [firstText(placeOf(offer.city, offer.state_name, offer.country), offer.location)];
}
