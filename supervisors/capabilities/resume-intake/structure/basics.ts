/** Who it is: name, profession, and how to reach them, out of the lines above the first heading. */
import type { ResumeBasics } from "../../../../protocols/json-resume.ts";
import type { TextLine } from "../text-line.ts";
import { isPlace, namesTitle } from "./pieces.ts";

const email = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/;
const phone = /(?<![\w/])(?:\+|00)?\(?\d[\d\s().-]{6,18}\d(?![\w/])/;
const url = /\b(?:https?:\/\/)?(?:www\.)?[a-z0-9-]{1,60}(?:\.[a-z]{2,10}){1,2}(?:\/[\w./#?=%-]{0,200})?/gi;

export interface BasicsReading {
  readonly basics: ResumeBasics;
  /** Lines above the first heading that are neither name nor address: often a summary without a heading. */
  readonly left: readonly TextLine[];
}

/** @param contact lines of a section about contact, wherever it stands */
export function basicsOf(
  top: readonly TextLine[],
  contact: readonly TextLine[],
  all: readonly TextLine[],
): BasicsReading {
  const near = [...top.slice(0, 25), ...contact.slice(0, 15)];
  const text = near.map((line) => line.text).join("\n");
  const everywhere = all.map((line) => line.text).join("\n");
  const mail = (email.exec(text) ?? email.exec(everywhere))?.[0];
  const number = text
    .split("\n")
    .map((line) => phone.exec(line.replace(email, ""))?.[0])
    .find((one) => one !== undefined && digits(one) >= 7);
  const name = nameLine(top.slice(0, 12)) ?? nameLine(all.slice(0, 15).filter((line) => line.size > 0));
  const label = top
    .slice(0, 10)
    .find(
      (line) =>
        line !== name &&
        namesTitle(line.text) &&
        line.text.length <= 70 &&
        !/[.;]$/.test(line.text) &&
        !email.test(line.text),
    );
  const place = near
    .flatMap((line) => line.text.split(/[|•·\t]|\s[–—]\s|\s,\s/))
    .map((piece) => piece.replace(/^\W*(location|address)\s*:/i, "").trim())
    .find((piece) => isPlace(piece) && piece.length > 4 && piece !== name?.text);
  const profiles = profilesIn(text.replace(new RegExp(email, "g"), " "));
  const left = top.filter(
    (line) =>
      line !== name &&
      line !== label &&
      !email.test(line.text) &&
      !phone.test(line.text) &&
      !isPlace(line.text) &&
      !/^(address|phone|mobile|email|e-mail|location|linked ?in|git(hub)?|cell|tel|skype|whatsapp)\b/i.test(
        line.text,
      ) &&
      line.text.length > 25 &&
      !/^\S+$/.test(line.text),
  );
  return {
    basics: {
      ...(name === undefined ? {} : { name: nameOf(name.text) }),
      ...(label === undefined ? {} : { label: label.text.split("\t")[0]?.trim() }),
      ...(mail === undefined ? {} : { email: mail }),
      ...(number === undefined ? {} : { phone: number.trim() }),
      ...(place === undefined ? {} : { location: locationOf(place) }),
      ...(profiles.length === 0 ? {} : { profiles }),
    },
    left,
  };
}

/** The largest of the first lines that can be a name; of equal ones the first. */
function nameLine(lines: readonly TextLine[]): TextLine | undefined {
  const fits = lines.filter(({ text }) => isName(text.split("\t")[0] ?? ""));
  const largest = Math.max(0, ...fits.map((line) => line.size));
  return fits.find((line) => line.size >= largest - 0.1);
}

const notNames =
  /\b(resume|résumé|curriculum|vitae|cv|street|road|avenue|city|state|name|page|university|college|company|limited|llc|inc|technologies|solutions|summary|profile|skills|services|fresher|remote|israel|usa|india)\b/i;

function isName(text: string): boolean {
  const words = text
    .replace(/,?\s*(ph\.?d|mba|md|rn|cpa|pmp|jr|sr|esq)\.?\b/gi, "")
    .trim()
    .split(/\s+/);
  if (words.length < 2 || words.length > 4 || notNames.test(text) || namesTitle(text) || isPlace(text))
    return false;
  return (
    words.every((word) =>
      /^(\p{Lu}[\p{L}'’.-]{0,20}|\p{Lu}\.|de|da|von|van|der|del|di|la|el|bin|al)$/u.test(word),
    ) && words.some((word) => word.length > 2)
  );
}

function nameOf(text: string): string {
  const said = (text.split("\t")[0] ?? "").trim();
  if (said !== said.toUpperCase()) return said;
  return said
    .toLowerCase()
    .replace(/(^|[\s'’-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
}

function locationOf(place: string) {
  const [city = "", region, country] = place.split(",").map((part) => part.trim());
  return { city, ...(region ? { region: country ? `${region}, ${country}` : region } : {}) };
}

function profilesIn(text: string) {
  const found = new Map<string, { network: string; url: string }>();
  for (const [match] of text.matchAll(url)) {
    if (!/\//.test(match) && !/^(www\.|https?:)/i.test(match)) continue;
    const network = /linkedin/i.test(match)
      ? "LinkedIn"
      : /github/i.test(match)
        ? "GitHub"
        : /gitlab/i.test(match)
          ? "GitLab"
          : "Website";
    if (found.size < 10) found.set(match.toLowerCase(), { network, url: match });
  }
  return [...found.values()];
}

const digits = (text: string) => text.replace(/\D/g, "").length;
