/** Studies: degree, subject, school and time, in any order over one to four lines. */
import type { ResumeEducation } from "../../../../protocols/json-resume.ts";
import type { TextLine } from "../text-line.ts";
import { spanIn } from "./dates.ts";
import { paragraphsOf } from "./paragraphs.ts";
import { isPlace } from "./pieces.ts";

const degree =
  /\b(ph\.?\s?d\.?|doctor(?:ate)?(?: of [\p{L} ]+)?|master'?s?(?: of (?:science|arts|business administration|engineering|technology|education|public health|laws|fine arts))?(?: degree)?|bachelor'?s?(?: of (?:science|arts|business administration|engineering|technology|education|commerce|laws|fine arts|applied science))?(?: degree)?|associate'?s?(?: of (?:science|arts|applied science))?(?: degree)?|m\.?\s?b\.?\s?a\.?|m\.?\s?sc?\.?|m\.?\s?a\.?|m\.?\s?tech|m\.?\s?eng|m\.?\s?ed|b\.?\s?sc\.?|b\.?\s?s\.?|b\.?\s?a\.?|b\.?\s?tech\.?|b\.?\s?e(?:ng)?\.?|b\.?\s?com|b\.?\s?ed|llb|llm|j\.?d\.?|high school(?: diploma)?|ged|diploma|certificate|diplom|abitur|licence|licenciatura|grado)(?![\p{L}])/iu;
const school =
  /\b(university|universität|universidad|université|college|school|institute|institution|academy|hochschule|polytechnic|faculty|seminary|mit|ucla|berkeley|udemy|coursera|practicum|stepik|hillel|technion)\b/i;

export function educationOf(lines: readonly TextLine[]): ResumeEducation[] {
  const groups: { lines: string[]; degree: boolean; school: boolean; dated: boolean }[] = [];
  for (const paragraph of paragraphsOf(lines)) {
    const text = paragraph.text;
    const has = { degree: degree.test(text), school: school.test(text), dated: spanIn(text) !== undefined };
    const group = groups.at(-1);
    const again =
      group !== undefined &&
      ((has.degree && group.degree) || (has.school && group.school) || (has.dated && group.dated));
    const apart =
      group !== undefined && paragraph.gap && (group.degree || group.school) && (has.degree || has.school);
    if (group === undefined || again || (apart && group.dated)) groups.push({ lines: [text], ...has });
    else {
      group.lines.push(text);
      group.degree ||= has.degree;
      group.school ||= has.school;
      group.dated ||= has.dated;
    }
  }
  return groups.flatMap((group) =>
    group.lines.some((line) => /\p{L}{2}/u.test(line)) ? [studyOf(group.lines)] : [],
  );
}

function studyOf(lines: readonly string[]): ResumeEducation {
  const span = lines.map((line) => spanIn(line)).find((one) => one !== undefined);
  const rest = lines.map((line) => spanIn(line)?.rest ?? line);
  const pieces = rest
    .flatMap((line) => line.split(/\t+|\s+[|•·]\s+|\s+[–—－]\s+|\s*,\s+(?=\p{Lu})|\s+from\s+(?=\p{Lu})/u))
    .map((piece) => piece.trim())
    .filter((piece) => /\p{L}/u.test(piece));
  const institution =
    pieces.find((piece) => school.test(piece) && !degree.test(piece)) ??
    pieces.find((piece) => school.test(piece)) ??
    "";
  const titled = pieces.find((piece) => degree.test(piece)) ?? "";
  const match = degree.exec(titled);
  const score = /\b(?:gpa|grade|cgpa)\b\s*:?\s*([\d.,]+(?:\s*\/\s*[\d.]+)?)/i.exec(lines.join(" "))?.[1];
  const area = areaOf(titled, match) || areaBeside(pieces, [institution, titled]);
  const left = pieces.filter(
    (piece) =>
      piece !== institution &&
      piece !== titled &&
      piece !== area &&
      !isPlace(piece) &&
      !/\bgpa\b/i.test(piece),
  );
  return {
    ...(institution === ""
      ? {}
      : { institution: institution === titled ? stripDegree(institution, match) : institution }),
    ...(match === null ? {} : { studyType: match[0].trim() }),
    ...(area === "" ? {} : { area }),
    ...(span === undefined
      ? {}
      : span.single
        ? { endDate: span.start }
        : { startDate: span.start, ...(span.end === null ? {} : { endDate: span.end }) }),
    ...(score === undefined ? {} : { score }),
    ...(left.length === 0 ? {} : { courses: left.slice(0, 30) }),
  };
}

/** "BSc in Physics", "B.Tech(Computers)", "Bachelor of Science : Nursing". */
function areaOf(titled: string, match: RegExpExecArray | null): string {
  if (match === null) return "";
  const behind = titled.slice(match.index + match[0].length);
  const found =
    /^\s*(?:degree)?\s*(?:in|of|:|-|–|\()\s*([\p{L}][^()\t]*?)\)?\s*$/iu.exec(behind)?.[1] ??
    /^\s+(\p{Lu}[^()\t,]*)$/u.exec(behind)?.[1] ??
    /^\s*\(([^)]+)\)/.exec(behind)?.[1];
  return (found ?? "").trim();
}

const areaBeside = (pieces: readonly string[], taken: readonly string[]): string =>
  pieces.find(
    (piece) =>
      !taken.includes(piece) &&
      /\b(science|engineering|administration|economics|accounting|finance|business|marketing|management|arts|mathematics|physics|chemistry|biology|nursing|psychology|law|computer|information|design|education|studies|history|communication)s?\b/i.test(
        piece,
      ) &&
      piece.length < 80,
  ) ?? "";

const stripDegree = (text: string, match: RegExpExecArray | null) => {
  if (match === null) return text;
  const behind = text.slice(match.index + match[0].length).replace(/^[\s,:()-]+/, "");
  return school.test(behind) ? behind : text.slice(0, match.index).trim() || text;
};
