/**
 * Which catalog actor a listing belongs to: one per company and core of the title, so that every copy of a job reaches the
 * same actor and only that one has to compare places and texts.
 *
 * A change here sends listings to other actors than before: a job would be listed again, though under the same id.
 */
import { createHash } from "node:crypto";
import { type Listing, normalCompany } from "./fingerprint.ts";
import { isPlace, type Places, placesOf } from "./places.ts";
import { genderMark, plain, remoteMark } from "./plain.ts";

/** 16 hexadecimal digits. */
export function catalogGroup(listing: Listing): string {
  const key = [coreCompany(listing.company), coreTitle(listing)].join("\n");
  return createHash("sha256").update(key).digest("hex").slice(0, 16);
}

/** Without what a company's branches and boards add: "Acme Group", "acme.io", "ACME Deutschland GmbH". */
function coreCompany(company: string): string {
  const nobody: Places = { towns: [], countries: [], states: [] };
  let words = normalCompany(company.replace(/\.(?:com|io|ai|co|org|net|de|eu|app|dev)\b\s*$/i, ""));
  for (let shorter = words; ; words = shorter) {
    shorter = normalCompany(
      shorter.replace(/ (?:group|gruppe|holding|holdings|international|careers|jobs)$/, ""),
    );
    const [, before = "", last = ""] = /^(.+) (\S+)$/.exec(shorter) ?? [];
    if (before !== "" && isPlace(last, nobody) && last.length > 2) shorter = before;
    if (shorter === words || shorter === "") return words.replaceAll(" ", "");
  }
}

/** The words that say what the work is, each once, in one order. */
function coreTitle({ title, company, locations }: Listing): string {
  const own = placesOf(locations);
  const employer = normalCompany(company);
  const segments = title
    .replace(genderMark, " ")
    .replace(feminine, "")
    .split(/[,;:|•()[\]–—·]|\s-+\s|\s[/@]\s/)
    .map((segment) => plain(segment).replace(remoteMark, " ").replace(/\s+/g, " ").trim())
    .filter((segment) => segment !== "");
  const telling = segments.filter(
    (segment) => !(aside.test(segment) || isPlace(segment, own) || segment === employer),
  );
  const words = (telling.length > 0 ? telling : segments)
    .join(" ")
    .replace(spelling, (found) => oneSpelling[found.replace(/\s+/g, " ")] ?? found)
    .split(" ")
    .filter((word) => word !== "" && !empty.has(word));
  return [...new Set(words)].sort().join(" ");
}

/** "Entwickler/in", "Entwickler:in", "Entwickler*in", "Développeur(se)", "Verkäufer (in)". */
const feminine = /(?<=\p{L})(?:[/*:_]-?in(?:nen)?\b|\s?\((?:in|e|se|rice|ne|a)\)|In\b(?=$|[\s,(]))/gu;

/** A part of a title that says nothing about the work: how, how much, since when, which number. */
const aside =
  /^(?:full ?time|vollzeit|temps plein|permanent|unbefristet|festanstellung|cdi|tempo indeterminato|indefinido|direct hire|new|urgent|urgently hiring|now hiring|hiring now|immediate start|ab sofort|asap|multiple locations|various locations|m|w|d|f|x|all genders|equal opportunity|(?:req|r|jr|job|id|ref|requisition|position)?(?: ?(?:id|no|nr|number|ref))? ?#?\d{3,}|[a-z]{1,4} ?\d{4,}|\d+ ?(?:k|000)?(?: \d+ ?(?:k|000)?)? ?(?:usd|eur|gbp|chf|a year|per year|pa|p a)?|visa sponsorship|relocation|relocation support|europe|emea|worldwide|us|usa|uk|eu)$/;

const oneSpelling: Readonly<Record<string, string>> = {
  sr: "senior",
  snr: "senior",
  jr: "junior",
  jnr: "junior",
  mgr: "manager",
  engr: "engineer",
  eng: "engineer",
  dev: "developer",
  assoc: "associate",
  asst: "assistant",
  vp: "vice president",
  "back end": "backend",
  "front end": "frontend",
  "full stack": "fullstack",
  "dev ops": "devops",
  "e commerce": "ecommerce",
  "node js": "nodejs",
  "react js": "react",
  reactjs: "react",
  "vue js": "vue",
  vuejs: "vue",
  golang: "go",
  i: "1",
  ii: "2",
  iii: "3",
  iv: "4",
};
const spelling = new RegExp(
  `(?<![\\p{L}\\p{N}+#])(?:${Object.keys(oneSpelling).join("|").replaceAll(" ", "\\s+")})(?![\\p{L}\\p{N}+#])`,
  "gu",
);

const empty = new Set(
  "a,an,the,of,for,and,in,at,to,with,und,fur,im,der,die,das,de,la,le,du,des,et,y,e".split(","),
);
