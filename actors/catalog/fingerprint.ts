/**
 * What makes two listings the same job: company, title and place, written alike. Boards differ in case, accents, legal
 * forms, gender marks, remote marks and in how they write a place; the job does not.
 *
 * A change here gives every job a new identity: postings already listed would be listed again.
 */
import { createHash } from "node:crypto";

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

/** Case, accents and punctuation gone; `+` and `#` stay, since C, C++ and C# are different work. */
const plain = (text: string) =>
  text
    .replace(/ß/g, "ss")
    .replace(/[øØ]/g, "o")
    .replace(/[łŁ]/g, "l")
    .replace(/[æÆ]/g, "ae")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/&/g, " and ")
    .replace(/['’`´]/g, "")
    .replace(/[^\p{L}\p{N}+#]+/gu, " ")
    .trim();

const legalForms =
  /(?: (?:gmbh(?: and co kg)?|ggmbh|mbh|ag|kg|ug|se|e v|inc|incorporated|llc|llp|ltd|limited|plc|corp|corporation|company|co|b v|bv|n v|nv|s a|sa|sas|sarl|s l|sl|s r l|srl|s p a|spa|oy|ab|a s|as|aps|pty|kft|sp z o o))+$/;

function normalCompany(company: string): string {
  const words = plain(company).replace(/^the /, "");
  return words.replace(legalForms, "") || words;
}

const remoteMark =
  /\b(?:fully remote|100 remote|remote first|remote only|remotely|remote|home ?office|work from home|wfh|telecommute|hybrid|on ?site|in office|anywhere)\b/g;
/** "(m/f/d)", "m/w/d", "f/m/x", "all genders", with or without brackets. */
const genderMark =
  /[([]?\s*\b(?:[mwfdhxi](?:\s*[/|*,]\s*(?:[mwfdhxi]|div|diverse|gn|nb))+|all genders?|any gender|gn)\b\s*[)\]]?/gi;

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

/** The towns, each once, in one order; countries and two-letter codes only where a place names nothing smaller. "Portland, OR" is one place. */
function normalPlaces(locations: readonly string[]): string {
  const towns = new Set(locations.flatMap((location) => location.split(/[;|•]|(?<!,)\s+or\s+/i)).map(townOf));
  towns.delete("");
  return [...towns].sort().join("|");
}

function townOf(location: string): string {
  const parts = location
    .replace(/[()[\]]/g, ",")
    .split(/[,/]|\s[-–—]\s/)
    .map((part) =>
      plain(part)
        .replace(remoteMark, " ")
        .replace(/\b\d{4,}\b/g, " ")
        .replace(/\b(?:greater|metropolitan|metro|area|region|city of)\b/g, " ")
        .replace(/\s+/g, " ")
        .trim(),
    )
    .map((part) => otherNames[part] ?? part)
    .filter((part) => part !== "");
  return parts.find((part) => !(part.length <= 2 || wide.has(part))) ?? parts[0] ?? "";
}

const otherNames: Readonly<Record<string, string>> = {
  koln: "cologne",
  koeln: "cologne",
  munchen: "munich",
  muenchen: "munich",
  wien: "vienna",
  zurich: "zurich",
  zuerich: "zurich",
  praha: "prague",
  warszawa: "warsaw",
  lisboa: "lisbon",
  milano: "milan",
  roma: "rome",
  kobenhavn: "copenhagen",
  "new york city": "new york",
  nyc: "new york",
  "san francisco bay": "san francisco",
  deutschland: "germany",
  "united states": "united states",
  usa: "united states",
  "united states of america": "united states",
  "u s": "united states",
  uk: "united kingdom",
  "great britain": "united kingdom",
  "the netherlands": "netherlands",
};

/** Names that are no town: countries and continents that postings write behind one, or before it. */
const wide = new Set(
  (
    "germany,austria,switzerland,netherlands,belgium,luxembourg,france,spain,portugal,italy,ireland,united kingdom," +
    "england,scotland,wales,denmark,sweden,norway,finland,iceland,poland,czechia,czech republic,slovakia,hungary," +
    "romania,bulgaria,greece,croatia,slovenia,serbia,estonia,latvia,lithuania,ukraine,turkey,turkiye,israel,egypt," +
    "united states,canada,mexico,brazil,argentina,chile,colombia,peru,india,pakistan,china,japan,south korea,taiwan," +
    "vietnam,thailand,malaysia,indonesia,philippines,australia,new zealand,south africa,nigeria,kenya,morocco," +
    "united arab emirates,saudi arabia,europe,eu,emea,apac,latam,americas,north america,worldwide,global,dach,benelux," +
    "bavaria,bayern,california,texas,washington state,massachusetts,illinois,colorado,florida,georgia,oregon,ohio"
  ).split(","),
);
