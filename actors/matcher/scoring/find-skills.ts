/** Finds the lexicon's skills in a text. */
import { SKILLS } from "./skills.ts";
import { plain, wordsOf } from "./words.ts";

export interface SkillMention {
  readonly skill: string;
  readonly start: number;
  readonly end: number;
}

const MAX_WORDS = 4;
const key = (alias: string) =>
  wordsOf(alias)
    .map((word) => word.text)
    .join(" ");

/** alias -> skill; aliases with a capital are kept apart, since they match only as written. */
const exact = new Map<string, string>();
const anyCase = new Map<string, string>();
for (const { name, aliases } of SKILLS)
  for (const alias of aliases) {
    const table = /\p{Lu}/u.test(alias) ? exact : anyCase;
    if (!table.has(key(alias))) table.set(key(alias), name);
  }

/** How names of several words begin: after any other word there is no use in looking for one. */
const firstWords = new Set(
  [...exact.keys(), ...anyCase.keys()]
    .filter((name) => name.includes(" "))
    .map((name) => name.slice(0, name.indexOf(" ")).toLowerCase()),
);

const implied = new Map(SKILLS.map((skill) => [skill.name, skill.implies]));

/** "Reconciles", "code review" and "pull request" are what the plural or the verb's stem is; short names stay exact. */
const inOtherNumber = (written: string) =>
  written.length > 5 ? (anyCase.get(written.replace(/s$/, "")) ?? anyCase.get(`${written}s`)) : undefined;

/** Mentions in order, longest name first ("React Native" is not also "React"). `text` must have gone through `plain`. */
export function findSkills(text: string): SkillMention[] {
  const words = wordsOf(text);
  const found: SkillMention[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const longest = firstWords.has(words[at]?.text.toLowerCase() ?? "") ? MAX_WORDS : 1;
    for (let size = Math.min(longest, words.length - at); size > 0; size -= 1) {
      const run = words.slice(at, at + size);
      const written = run.map((word) => word.text).join(" ");
      const skill =
        exact.get(written) ?? anyCase.get(written.toLowerCase()) ?? inOtherNumber(written.toLowerCase());
      const [first, last] = [run[0], run.at(-1)];
      if (!skill || !first || !last) continue;
      // "sales, force" is no name: nothing but blanks, slashes and hyphens may stand between the words of one.
      if (/[,;:()|]/.test(text.slice(first.start, last.end))) continue;
      found.push({ skill, start: first.start, end: last.end });
      at += size - 1;
      break;
    }
  }
  return found;
}

/** The skills a text shows, with all that they include. */
export const skillsIn = (text: string): Set<string> => withImplied(findSkills(plain(text)));

export function withImplied(mentions: readonly SkillMention[]): Set<string> {
  const shown = new Set<string>();
  const add = (skill: string) => {
    if (shown.has(skill)) return;
    shown.add(skill);
    for (const other of implied.get(skill) ?? []) add(other);
  };
  for (const { skill } of mentions) add(skill);
  return shown;
}
