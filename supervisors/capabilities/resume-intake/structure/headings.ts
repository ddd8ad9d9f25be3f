/** Which part of a résumé a heading opens. English, with the words of German, Spanish and French résumés. */
import type { TextLine } from "../text-line.ts";

export type Part =
  | "summary"
  | "work"
  | "education"
  | "skills"
  | "languages"
  | "certificates"
  | "projects"
  | "accomplishments"
  | "awards"
  | "volunteer"
  | "publications"
  | "interests"
  | "references"
  | "contact";

/** Nouns that name a part; the first that matches decides, so the telling ones stand first. */
const nouns: readonly (readonly [Part, string])[] = [
  ["references", "references referees recommendations referenzen referencias références"],
  ["languages", "languages sprachen sprachkenntnisse idiomas langues languagesknowledge languageskills"],
  [
    "certificates",
    "certifications certification certificates certificate licenses licences licensure credentials zertifikate certificaciones",
  ],
  ["publications", "publications papers patents publikationen publicaciones"],
  [
    "volunteer",
    "volunteer volunteering volunteerwork volunteerexperience communityservice ehrenamt voluntariado",
  ],
  [
    "interests",
    "interests hobbies activities extracurriculars curriculars extracurricular aficiones interessen loisirs",
  ],
  ["awards", "awards award honors honours scholarships premios auszeichnungen"],
  ["accomplishments", "accomplishments achievements accomplishment achievement logros erfolge"],
  ["projects", "projects project projekte proyectos projets projectexamples portfolio"],
  [
    "education",
    "education educational academic academics schooling studies degrees training coursework courses ausbildung bildung studium formación formation estudios educación educacion formacion",
  ],
  [
    "work",
    "experience experiences employment work career internship internships workhistory workbackground jobhistory berufserfahrung werdegang experiencia expérience positions",
  ],
  [
    "skills",
    "skills skill competencies competences expertise highlights qualifications qualification technologies tools tech proficiencies proficiency strengths specialties kenntnisse fähigkeiten habilidades compétences stack software abilities knowledge aptitudes skillset skillsets",
  ],
  [
    "summary",
    "summary profile objective overview about introduction statement bio zusammenfassung profil perfil resumen résumé objetivo",
  ],
  ["contact", "contact details contacts links kontakt contacto personal personaldetails"],
];
const partOfNoun = new Map(
  nouns.flatMap(([part, words]) => words.split(" ").map((word) => [word, part] as const)),
);

/** Words that stand beside those nouns without saying anything of their own. */
const adjectives = new Set(
  `professional personal executive career key core technical relevant other additional selected my me and of the in to work history
  background hard soft main general previous current job employment summary highlights areas area top related industry special
  recent notable major academic proficient at information participated side open source own training skills skill computer it
  programming used experience profile research teaching leadership military project client clickable laboral profesional
  professionnelle beruflicher examples history memberships affiliations for with methods section brief online specific`.split(
    /\s+/,
  ),
);
/** Alone these are adjectives, but nothing else: "Research" may be a job's title. */
const weakAlone = new Set([
  "training",
  "courses",
  "tools",
  "software",
  "knowledge",
  "work",
  "details",
  "academic",
  "studies",
  "tech",
  "technologies",
  "about",
  "statement",
  "personal",
  "positions",
  "project",
  "career",
]);

export interface Heading {
  readonly part: Part;
  /** As written. */
  readonly title: string;
  /** What stands behind it on the same line. */
  readonly rest: string;
  /** Two headings stand on the line: text of two columns is mixed. */
  readonly mixed: boolean;
}

/** Headings that people put before their text on one line. */
const inline =
  /^((?:(?:technical|hard|soft|key|core|professional|computer)\s+)?skills|languages?|education|certifications?|certificates|objective|summary|profile|interests|hobbies|areas of expertise)\s*[:–]\s*(\S.*)$/i;

/** The heading that a line is; undefined if it is none. `inPart` is the part in which it stands. */
export function headingOf(line: TextLine, inPart: Part | "top"): Heading | undefined {
  const text = line.text.replace(/\t/g, " ").trim();
  if (text.length > 160) return undefined;
  const behind = inline.exec(text);
  if (behind?.[1] !== undefined && behind[2] !== undefined && !line.bullet) {
    const part =
      partOfNoun.get(
        squashed(behind[1]).replace(/^(technical|hard|soft|key|core|professional|computer)/, ""),
      ) ?? "skills";
    const own = part === "languages" && !humanLanguage.test(behind[2]);
    if (!own && inPart !== "work" && inPart !== "projects") {
      const known = squashed(behind[1]) === "areasofexpertise" ? "skills" : part;
      return { part: known, title: behind[1], rest: behind[2], mixed: false };
    }
  }
  if (text.length > 60) return undefined;
  const title = text
    .replace(/\s*[:：–—_-]+$/, "")
    .replace(/\([^)]*\)$/, "")
    .trim();
  const shouted = title === title.toUpperCase();
  if (!/^\p{Lu}/u.test(title) && !/:$/.test(text)) return undefined;
  if (/[.!?;,]$/.test(title) || /\d/.test(title) || (line.bullet && !line.heading && !shouted))
    return undefined;
  const words = wordsOf(title);
  if (words.length === 0 || words.length > 6) return undefined;
  const glued = partOfNoun.get(squashed(title)) ?? gluedPart(squashed(title), words);
  if (glued !== undefined) return { part: glued, title, rest: "", mixed: false };
  const found = words.map((word) => partOfNoun.get(word));
  if (!words.every((word, at) => found[at] !== undefined || adjectives.has(word))) return undefined;
  const parts = [...new Set(found.filter((part) => part !== undefined))];
  const part = strongest(words);
  if (part === undefined) return undefined;
  // "Training" alone may be the last word of a paragraph: it must look like a heading.
  const alone = words.length === 1 && weakAlone.has(words[0] ?? "");
  if (alone && !line.heading && !line.bold && !shouted && !/:$/.test(text)) return undefined;
  const joined = /\band\b|&|\/|,/i.test(title);
  return { part, title, rest: "", mixed: parts.length > 1 && !joined && shouted && unrelated(parts) };
}

/** Which noun decides where several stand: the first in the order of `nouns`, but of "work experience" and its like all mean work. */
function strongest(words: readonly string[]): Part | undefined {
  const joined = words.join(" ");
  if (/\b(skill|highlight)s?\b/.test(joined) && !/^(languages?|certificat)/.test(joined)) return "skills";
  if (/^(professional |career |executive |personal )?(summary|profile)/.test(joined)) return "summary";
  if (
    /\b(work|professional|employment|career|job) (experience|history|background)|experience\b.*\bprojects\b/.test(
      joined,
    )
  )
    return "work";
  if (/^academic (profile|background|history|qualifications?|experience)|educational/.test(joined))
    return "education";
  if (/\bproject experience\b/.test(joined)) return "projects";
  for (const [part] of nouns) if (words.some((word) => partOfNoun.get(word) === part)) return part;
  return undefined;
}

const together = [
  ["summary", "skills"],
  ["education", "certificates"],
  ["work", "summary"],
  ["work", "projects"],
  ["work", "education"],
  ["skills", "work"],
  ["awards", "accomplishments"],
  ["accomplishments", "interests"],
  ["education", "summary"],
  ["contact", "summary"],
  ["contact", "skills"],
];
const unrelated = (parts: readonly Part[]) =>
  !together.some((pair) => parts.every((part) => pair.includes(part))) || parts.length > 2;

/** "TECHNICALCOMPETENCIES": letters that were set apart come without the blanks between words. */
function gluedPart(squash: string, words: readonly string[]): Part | undefined {
  if (words.length > 2 || squash.length < 8) return undefined;
  for (const [word, part] of partOfNoun)
    if (word.length >= 5 && squash.endsWith(word) && squash.length > word.length) {
      const before = squash.slice(0, -word.length).replace(/(and|&)$/, "");
      if (words.length === 1 && (adjectives.has(before) || partOfNoun.has(before)))
        return partOfNoun.get(before) ?? part;
    }
  return undefined;
}

const humanLanguage =
  /\b(english|german|french|spanish|italian|portuguese|dutch|russian|ukrainian|polish|hebrew|arabic|hindi|chinese|mandarin|japanese|korean|turkish|greek|swedish|czech|romanian|urdu|bengali|tamil|telugu|marathi|native|fluent)\b/i;

const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}]+/gu) ?? [];
const squashed = (text: string) => text.toLowerCase().replace(/[^\p{L}&]/gu, "");

/** "EXECUTIVE" above "SUMMARY": the upper half of a heading on two lines. */
export const isHalfHeading = (text: string): boolean => {
  const words = wordsOf(text);
  return (
    words.length > 0 &&
    words.length <= 3 &&
    text === text.toUpperCase() &&
    words.every((word) => adjectives.has(word) || partOfNoun.has(word))
  );
};
