/**
 * What makes two listings the same job: company, title and place, written alike. Boards differ in case, accents, legal
 * forms, gender marks, remote marks and in how they write a place; the job does not.
 *
 * A change here gives every job a new identity: postings already listed would be listed again.
 */
import { createHash } from "node:crypto";
import { placesOf } from "./places.ts";
import { genderMark, plain, remoteMark } from "./plain.ts";

export interface Listing {
  readonly title: string;
  readonly company: string;
  readonly locations: readonly string[];
}

/** 24 hexadecimal digits, the same for the same job on every board. */
export function fingerprint({ title, company, locations }: Listing): string {
  const key = [normalCompany(company), normalTitle(title), normalPlaces(locations)].join("\n");
  return createHash("sha256").update(key).digest("hex").slice(0, 24);
}

const legalForms =
  /(?: (?:gmbh(?: and co kg)?|ggmbh|mbh|ag|kg|ug|se|e v|inc|incorporated|llc|llp|ltd|limited|plc|corp|corporation|company|co|b v|bv|n v|nv|s a|sa|sas|sarl|s l|sl|s r l|srl|s p a|spa|oy|ab|a s|as|aps|pty|kft|sp z o o))+$/;

export function normalCompany(company: string): string {
  const words = plain(company).replace(/^the /, "");
  return words.replace(legalForms, "") || words;
}

function normalTitle(title: string): string {
  const words = plain(title.replace(genderMark, " "));
  const short = words
    .replace(remoteMark, " ")
    .replace(/\bsr\b/g, "senior")
    .replace(/\bjr\b/g, "junior")
    .replace(/\s+/g, " ")
    .trim();
  return short || words;
}

/** The towns; countries and states only where a listing names nothing smaller. */
function normalPlaces(locations: readonly string[]): string {
  const { towns, states, countries } = placesOf(locations);
  const named = [towns, states, countries].find((names) => names.length > 0) ?? [];
  // A place that is none of these still tells listings apart.
  return named.length > 0 ? named.join("|") : [...new Set(locations.map(plain))].sort().join("|");
}
