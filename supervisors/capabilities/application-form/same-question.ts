/**
 * Whether two wordings ask the same: by their words without filler, case and endings. Strict on purpose. A question that has
 * one more word ("... in Kubernetes") is another question, and a wrong answer is worse than none.
 */
const filler = new Set(
  (
    "a an the of in to for is are be been was your you yours our us we at with this that these do does did please i my me by on and or " +
    "as it its if any so would could can have has had will what which there here from optional required position role job company"
  ).split(" "),
);
const negations = new Set(["no", "not", "without", "never", "none", "dont", "cant", "except"]);

/** What a question is about. `company` is the employer's name, which forms like to put in. */
export function questionWords(question: string, company: string): Set<string> {
  const name = new Set(words(company));
  return new Set(
    words(question)
      .filter((word) => !filler.has(word) && !name.has(word))
      .map(stem),
  );
}

const words = (text: string) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/['’]/g, "")
    .split(/[^\p{L}\p{N}+#]+/u)
    .filter((word) => word !== "");

const stem = (word: string) => (word.length > 4 ? word.replace(/(?:ies|es|ed|ing|s)$/, "") : word);

/** @param asked what the form asks @param known what was answered once */
export function asksTheSame(asked: string, known: string, company: string): boolean {
  const form = questionWords(asked, company);
  const book = questionWords(known, company);
  if (form.size === 0 || book.size === 0) return words(asked).join(" ") === words(known).join(" ");
  if ([...form].some((word) => !book.has(word))) return false;
  const more = [...book].filter((word) => !form.has(word));
  return (
    more.length === 0 ||
    (form.size >= 2 &&
      more.length <= Math.max(1, Math.floor(book.size / 5)) &&
      !more.some((word) => negations.has(word)))
  );
}

/** Nothing may be more or less on either side: for questions where a shade decides. */
export function asksExactly(asked: string, known: string, company: string): boolean {
  const form = questionWords(asked, company);
  const book = questionWords(known, company);
  return form.size > 0 && form.size === book.size && [...form].every((word) => book.has(word));
}

/** Texts of options and answers, made comparable. */
export const sameText = (text: string): string => words(text).join(" ");
