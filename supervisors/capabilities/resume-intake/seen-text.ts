/**
 * Keeps what a person would read and reports the rest: zero-width letters, lines made unreadable with them, text that was
 * hidden by its looks, and sentences that speak to the scorer instead of a reader.
 */
import { withoutGarble, withoutSpacedLetters } from "./mended-text.ts";
import { type FileText, type TextLine, withoutBullet } from "./text-line.ts";

const zeroWidth =
  /[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u180e\u061c]|\u034f|[\u{e0000}-\u{e007f}]/gu;
const softHyphen = /\u00ad/g;

/** Orders to a program. A résumé tells of its owner, so no sentence of one is lost by this. */
const orders = [
  /\b(ignore|disregard|forget|override)\b.{0,40}\b(previous|prior|above|all|any|earlier|other)\b.{0,30}\b(instructions?|prompts?|rules?|criteria|guidelines?)\b/i,
  /\b(give|assign|award|rate|score|grade|rank)\b.{0,40}\b(this|the|my|me|him|her|candidate|resume|résumé|cv|applicant)\b.{0,40}\b(100|perfect|maximum|highest|top|full)\b.{0,20}\b(score|marks?|rating|points?|match|candidate|%)/i,
  /\b(give|return|output|respond|answer|assign|set)\b.{0,40}\b(score|rating|match)\b.{0,20}\b(100|99|9\d|perfect|maximum)\b/i,
  /\byou are (now )?(an?|the) (ats|ai|assistant|language model|recruit\w+ (bot|assistant|system)|scor\w+)\b/i,
  /\b(system|assistant)\s*(prompt|message)?\s*:\s*\S.{0,80}\b(must|should|shall|always|hire|recommend|approve|score)\b/i,
  /\b(this|the) (candidate|applicant)\b.{0,40}\b(must be|should be|is to be)\b.{0,30}\b(hired|approved|selected|shortlisted|accepted|interviewed)\b/i,
];

const mostReported = 5;

export function seenText(file: FileText): FileText {
  const problems = [...file.problems];
  const hidden = [...file.hidden];
  let invisible = 0;
  const spoken: string[] = [];
  const lines: TextLine[] = [];
  for (const line of file.lines) {
    const raw = withoutGarble(line.text);
    const marks = raw.match(zeroWidth)?.length ?? 0;
    const mended = withoutSpacedLetters(raw.replace(zeroWidth, "").replace(softHyphen, ""));
    const { text, bullet } = withoutBullet(tidy(mended));
    invisible += marks;
    if (text === "") continue;
    // A mark between most of the letters serves only to make programs and people read different things.
    if (marks >= 6 && marks > text.length * 0.3) hidden.push(text);
    else if (orders.some((order) => order.test(text))) spoken.push(text);
    else lines.push({ ...line, text, bullet: line.bullet || bullet });
  }
  if (invisible > 0)
    problems.push({
      kind: "zero-width",
      message: `${invisible} invisible characters stood in the text and were taken out.`,
    });
  if (hidden.length > 0)
    problems.push({
      kind: "hidden-text",
      message: `The file holds text that a reader does not see; it does not count: ${quoted(hidden)}`,
    });
  if (spoken.length > 0)
    problems.push({
      kind: "scorer-instruction",
      message: `The file speaks to whoever scores it; this does not count: ${quoted(spoken)}`,
    });
  return { lines, hidden, problems };
}

/** Composed letters, no control characters, blanks joined; a tab stays, it parts the pieces of a line. */
const tidy = (text: string) =>
  text
    .normalize("NFC")
    .replace(/[\ue000-\uf8ff]/g, "")
    .replace(/[^\S\t]+/g, " ")
    .replace(/ *\t[\t ]*/g, "\t")
    .replace(/[\p{Cc}\p{Cs}]/gu, (sign) => (sign === "\t" ? sign : ""))
    .trim();

const quoted = (texts: readonly string[]) =>
  texts
    .slice(0, mostReported)
    .map((text) => `“${text.length > 120 ? `${text.slice(0, 120)}…` : text}”`)
    .join(", ") + (texts.length > mostReported ? ` and ${texts.length - mostReported} more.` : ".");
