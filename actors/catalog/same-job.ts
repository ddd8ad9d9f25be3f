/**
 * Whether a listing is a job that is known already: the same company and core of the title is given (both reached one catalog
 * actor); place and text decide. Other towns are other jobs, whatever the text says: companies post one text for many towns.
 */
import type { Posting } from "../../protocols/posting.ts";
import { comparePlaces, type Places, placesOf } from "./places.ts";
import { overlap, type Sketch, sketchOf } from "./sketch.ts";

/** What is kept of a listing to compare others with it. */
export interface Traits {
  readonly places: Places;
  readonly remote: Posting["remote"];
  readonly sketch: Sketch;
}

export const traitsOf = ({
  locations,
  remote,
  description,
}: Pick<Posting, "locations" | "remote" | "description">): Traits => ({
  places: placesOf(locations),
  remote: remote === "unknown" && locations.some((place) => /\bremote\b/i.test(place)) ? "yes" : remote,
  sketch: sketchOf(description),
});

/** Two teams that look for the same in one town share what the company says of itself, up to half of the text. */
const sameText = 0.65;
/** A teaser is so short that chance weighs more. */
const sameTeaser = 0.4;
const teaser = 0.35;
/** Where a place is missing, the text alone must tell. */
const sameTextAlone = 0.8;

/**
 * @param onSameBoard both listed by one board at the same time; a board seldom lists one job twice in two languages
 */
export function isSameJob(a: Traits, b: Traits, onSameBoard: boolean): boolean {
  const place = comparePlaces(a.places, b.places);
  if (place === "different" || remoteContradicts(a, b)) return false;
  const { contained, ratio } = overlap(a.sketch, b.sketch);
  if (place === "possible") return contained >= sameTextAlone;
  if (contained >= (ratio < teaser ? sameTeaser : sameText)) return true;
  // Translated: nothing of the text can be compared.
  const [one, other] = [a.sketch.language, b.sketch.language];
  return !onSameBoard && one !== "" && other !== "" && one !== other;
}

/** Only from home here and only at the place there; where a town is named too, boards mark remote work as they like. */
const remoteContradicts = (a: Traits, b: Traits) =>
  (a.remote === "yes" && b.remote === "no" && a.places.towns.length === 0) ||
  (b.remote === "yes" && a.remote === "no" && b.places.towns.length === 0);
