/**
 * Finds what a résumé now says that its base version nowhere said: the words and figures a reviewer must vouch for.
 * A résumé is somebody else's word; to reword it is help, to add to it is a claim.
 */
import type { JsonResume } from "../../../protocols/json-resume.ts";

const commonWords = new Set(
  (
    "a about above across after all also an and any are as at be been before being between both but by can could did do " +
    "does each for from had has have having her here his how i if in into is it its just more most my no not of off on " +
    "once one only or other our out over own same she he should so some such than that the their them then there these " +
    "they this those through to too under until up us very was we were what when where which while who whom why will " +
    "with within without would year years you your using used use including include strong experienced experience skilled " +
    "proven well able role team work working worked new"
  ).split(" "),
);

/** Words that carry a claim, in the order they are written; "C++", "Node.js", "40%" and "CI/CD" stay whole. */
function claimWords(text: string): string[] {
  return (text.match(/[\p{L}\p{N}][\p{L}\p{N}+#%./'-]*/gu) ?? [])
    .map((word) => word.replace(/[./'-]+$/, ""))
    .filter(
      (word) => !commonWords.has(word.toLowerCase()) && (word.length > 2 || /[\p{Lu}\p{N}+#]/u.test(word)),
    );
}

/** So that "engineer", "engineered" and "engineering", "service" and "services" count as one word. */
function stem(word: string): string {
  const lower = word.toLowerCase();
  if (/[^\p{L}]/u.test(lower)) return lower;
  const bare = lower.replace(/(ations?|ings?|ed|ers?|ly|es|s|e)$/, "").replace(/(.)\1$/, "$1");
  return bare.length < 4 || bare === lower ? lower : stem(bare);
}

/** Every word of a résumé, whatever field it stands in. */
export function vocabulary(resume: JsonResume): ReadonlySet<string> {
  const words = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value === "string")
      for (const word of claimWords(value)) {
        words.add(stem(word));
        for (const part of word.split(/[./-]/)) if (part) words.add(stem(part));
      }
    else if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(visit);
  };
  visit(resume);
  return words;
}

/** The claim words of `line` that the base résumé does not know, each once. Empty: nothing new is claimed. */
export function newClaims(line: string, base: ReadonlySet<string>): string[] {
  const found = new Map<string, string>();
  for (const word of claimWords(line)) {
    const key = stem(word);
    if (!base.has(key) && !found.has(key)) found.set(key, word);
  }
  return [...found.values()];
}
