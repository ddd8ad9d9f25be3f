/** Sections that are lists: skills, languages, certificates, projects. */
import type { JsonResume, ResumeProject, ResumeSkill } from "../../../../protocols/json-resume.ts";
import type { TextLine } from "../text-line.ts";
import { spanIn } from "./dates.ts";
import { paragraphsOf } from "./paragraphs.ts";
import { entriesOf } from "./work.ts";

const separators = /\s*(?:[,;|•·▪●\t]|\s[–—]\s)\s*/;
const label = /^([\p{L}][\p{L}\d &/+().-]{1,40}):\s+(\S.*)$/u;

export function skillsOf(lines: readonly TextLine[]): ResumeSkill[] {
  const groups: { name: string; text: string }[] = [];
  const free: TextLine[] = [];
  for (const line of lines) {
    const match = label.exec(line.text);
    const group = groups.at(-1);
    if (match?.[1] !== undefined && match[2] !== undefined) groups.push({ name: match[1], text: match[2] });
    else if (
      group !== undefined &&
      free.length === 0 &&
      !line.bullet &&
      (/[,;]$/.test(group.text) || (/,/.test(group.text) && /,/.test(line.text) && !line.gap))
    )
      group.text += ` ${line.text}`;
    else free.push(line);
  }
  const skills: ResumeSkill[] = groups.map(({ name, text }) => ({ name, keywords: itemsOf(text) }));
  const commas = free.filter((line) => /,/.test(line.text)).length;
  const texts =
    commas > free.length * 0.5 && free.every((line) => !line.bullet)
      ? [free.map((line) => line.text).join(" ")]
      : paragraphsOf(free).map((paragraph) => paragraph.text);
  const keywords = [...new Set(texts.flatMap(itemsOf))];
  if (keywords.length > 0) skills.push({ name: "Skills", keywords });
  return skills;
}

/** Commas inside brackets part no items: "databases (MySQL, MongoDB)". */
function itemsOf(text: string): string[] {
  const guarded = text.replace(/\([^()]{0,200}\)/g, (inner) => inner.replaceAll(",", "\u0001"));
  return guarded
    .split(separators)
    .map((item) =>
      item
        .replaceAll("\u0001", ",")
        .replace(/^(?:and|or)\s+|[.\s]+$/g, "")
        .trim(),
    )
    .filter((item) => /[\p{L}\p{N}]/u.test(item))
    .slice(0, 300);
}

const languages =
  /\b(english|german|deutsch|french|spanish|español|italian|portuguese|dutch|russian|ukrainian|polish|hebrew|arabic|hindi|chinese|mandarin|cantonese|japanese|korean|turkish|greek|swedish|norwegian|danish|finnish|czech|slovak|hungarian|romanian|bulgarian|serbian|croatian|urdu|bengali|tamil|telugu|marathi|gujarati|punjabi|kannada|malayalam|vietnamese|thai|indonesian|tagalog|persian|farsi|swahili|catalan)\b/gi;

export function languagesOf(lines: readonly TextLine[]): NonNullable<JsonResume["languages"]>[number][] {
  const found: { language: string; fluency?: string }[] = [];
  for (const { text } of lines) {
    const matches = [...text.matchAll(languages)];
    for (const [at, match] of matches.entries()) {
      const behind = text.slice(match.index + match[0].length, matches[at + 1]?.index ?? text.length);
      const fluency = behind.replace(/^[\s:(,–—-]+|[\s),.;|/–—-]+$|\band\s*$/g, "").trim();
      const language = (match[0][0] ?? "").toUpperCase() + match[0].slice(1).toLowerCase();
      if (found.some((one) => one.language === language)) continue;
      found.push({ language, ...(fluency !== "" && fluency.length <= 60 ? { fluency } : {}) });
    }
  }
  return found.slice(0, 30);
}

export function certificatesOf(
  lines: readonly TextLine[],
): NonNullable<JsonResume["certificates"]>[number][] {
  return paragraphsOf(lines)
    .flatMap(({ text }) => (text.length > 200 ? text.split(/[;•]\s*/) : [text]))
    .slice(0, 100)
    .flatMap((text) => {
      const span = spanIn(text);
      const [name = "", issuer] = (span?.rest ?? text).split(/\s*\t\s*|\s+[|–—-]\s+/);
      if (!/\p{L}{2}/u.test(name)) return [];
      return [
        {
          name: name.trim(),
          ...(issuer?.trim() ? { issuer: issuer.trim() } : {}),
          ...(span === undefined ? {} : { date: span.start }),
        },
      ];
    });
}

export function projectsOf(lines: readonly TextLine[]): ResumeProject[] {
  const heads = lines.some((line) => line.bold || line.heading || spanIn(line.text)?.single === false);
  if (!heads)
    return paragraphsOf(lines).map(({ text }) => {
      const match = /^([^:.]{3,80}):\s+(\S.*)$/.exec(text);
      return match?.[1] === undefined
        ? { name: text.replace(/\t/g, " ") }
        : { name: match[1], description: match[2] };
    });
  return entriesOf(lines).map(({ head, span, body }) => {
    const [name = "", ...more] = head
      .map((line) => (spanIn(line.text)?.rest ?? line.text).replace(/\t+/g, " ").trim())
      .filter(Boolean);
    const highlights = paragraphsOf(body).map((one) => one.text.replace(/\t/g, " "));
    return {
      name: name || (highlights[0] ?? ""),
      ...(more.length === 0 ? {} : { description: more.join(", ") }),
      highlights: name === "" ? highlights.slice(1) : highlights,
      ...(span === undefined
        ? {}
        : { startDate: span.start, ...(span.end === null ? {} : { endDate: span.end }) }),
    };
  });
}
