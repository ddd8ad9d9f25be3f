/** Jobs: each begins with a head of one to three lines that holds a span of time, and goes on with what was done. */
import type { ResumeWork } from "../../../../protocols/json-resume.ts";
import type { TextLine } from "../text-line.ts";
import { type Span, spanIn } from "./dates.ts";
import { paragraphsOf } from "./paragraphs.ts";
import { isPlace, namesTitle, piecesOf } from "./pieces.ts";

export interface Entry {
  readonly head: readonly TextLine[];
  readonly span: Span | undefined;
  readonly body: readonly TextLine[];
}

const longestHead = 120;

/** Cuts lines into entries at the spans of time. What stands before the first entry is an entry without head. */
export function entriesOf(unjoined: readonly TextLine[]): Entry[] {
  const lines = joinSplitDates(unjoined);
  const dated = lines.flatMap((line, at) => (isDated(line) ? [at] : []));
  if (dated.length === 0) return undatedEntries(lines);
  const entries: Entry[] = [];
  let bodyFrom = 0;
  let open: { head: TextLine[]; span: Span | undefined } | undefined;
  for (const [number, at] of dated.entries()) {
    if (at < bodyFrom) continue;
    const start = headStart(lines, at, bodyFrom);
    const before = lines.slice(bodyFrom, start);
    if (open !== undefined || before.length > 0)
      entries.push({ head: open?.head ?? [], span: open?.span, body: before });
    const end = headEnd(lines, start, at, dated[number + 1] ?? lines.length);
    const head = lines.slice(start, end);
    open = { head, span: spanIn(lines[at]?.text ?? "") };
    bodyFrom = end;
  }
  entries.push({ head: open?.head ?? [], span: open?.span, body: lines.slice(bodyFrom) });
  return entries;
}

/** A span of time in a short line; in a sentence it is part of the story. */
function isDated(line: TextLine): boolean {
  if (line.text.length > longestHead + 40) return false;
  const span = spanIn(line.text);
  if (span === undefined) return false;
  if (span.single)
    return (
      line.text.length <= 70 &&
      span.rest.length <= 60 &&
      !/[.;]$/.test(line.text) &&
      !line.bullet &&
      /^\W*\d|\d\W*$/.test(line.text)
    );
  return (
    span.rest.length <= longestHead &&
    !(line.bullet && span.rest.length > 60) &&
    !/[a-z]{3}\.$/.test(line.text)
  );
}

/** "August 2013" / "to" / "Current" on three lines. */
function joinSplitDates(lines: readonly TextLine[]): TextLine[] {
  const joined: TextLine[] = [];
  for (const line of lines) {
    const before = joined.at(-1);
    const open =
      before !== undefined && /(^|\s)(to|-|–|—)$/i.test(before.text) && spanIn(before.text)?.single === true;
    const onlyTo =
      /^(to|-|–|—)$/i.test(line.text) &&
      before !== undefined &&
      before.text.length < 25 &&
      spanIn(before.text) !== undefined;
    if (
      before !== undefined &&
      (onlyTo ||
        (open &&
          line.text.length < 120 &&
          /^(present|current|now|\p{L}{3,9}\.? \d{4}|\d{1,2}\/\d{4}|\d{4})/iu.test(line.text)))
    )
      joined[joined.length - 1] = { ...before, text: `${before.text} ${line.text}` };
    else joined.push(line);
  }
  return joined;
}

/** Lines above the date that belong to the head: short ones that are no item and end no sentence. */
function headStart(lines: readonly TextLine[], at: number, from: number): number {
  const dated = lines[at];
  let start = at;
  if (dated === undefined || (dated.gap && piecesOf(spanIn(dated.text)?.rest ?? "").title !== "")) return at;
  while (start > from && at - start < 2) {
    const above = lines[start - 1];
    if (above === undefined || !headLike(above)) break;
    const looks = above.bold || above.heading || above.gap || namesTitle(above.text) || start - 1 === from;
    if (
      !looks ||
      (lines[start]?.gap === true &&
        !above.bold &&
        !above.heading &&
        start - 1 !== from &&
        !namesTitle(above.text))
    )
      break;
    start -= 1;
    if (above.gap) break;
  }
  return start;
}

function headEnd(lines: readonly TextLine[], start: number, at: number, next: number): number {
  let end = at + 1;
  while (end < next && end - at <= 2) {
    const line = lines[end];
    if (line === undefined || !headLike(line)) break;
    const said = piecesOf(textOfHead(lines.slice(start, end)));
    const wanted =
      (said.title === "" && namesTitle(line.text)) ||
      isPlace(line.text) ||
      /company name|city\s*,\s*state/i.test(line.text) ||
      (said.organisation === "" && (line.bold || line.text.length < 60));
    if (
      !wanted ||
      (said.title !== "" &&
        said.organisation !== "" &&
        !isPlace(line.text) &&
        !/city\s*,\s*state/i.test(line.text))
    )
      break;
    end += 1;
  }
  return end;
}

const headLike = (line: TextLine) =>
  !line.bullet &&
  line.text.length <= longestHead &&
  !/[a-z]{2}[.;:]$/.test(line.text) &&
  !/^\p{Ll}/u.test(line.text);

/** Without any date the bold lines, or those that name a title, are the heads. */
function undatedEntries(lines: readonly TextLine[]): Entry[] {
  const isHead = (line: TextLine) =>
    headLike(line) &&
    line.text.length <= 80 &&
    (line.bold || line.heading || (namesTitle(line.text) && line.text.split(/\s+/).length <= 8));
  const entries: { head: TextLine[]; span: undefined; body: TextLine[] }[] = [];
  for (const line of lines) {
    const entry = entries.at(-1);
    if (isHead(line)) {
      if (entry !== undefined && entry.body.length === 0 && entry.head.length < 3) entry.head.push(line);
      else entries.push({ head: [line], span: undefined, body: [] });
    } else if (entry === undefined) entries.push({ head: [], span: undefined, body: [line] });
    else entry.body.push(line);
  }
  return entries;
}

const textOfHead = (head: readonly TextLine[]) =>
  head.map((line) => spanIn(line.text)?.rest ?? line.text).join("\t");

export function workOf(lines: readonly TextLine[]): ResumeWork[] {
  return entriesOf(lines).flatMap((entry) => {
    const { title, organisation, location } = piecesOf(textOfHead(entry.head));
    const highlights = paragraphsOf(entry.body)
      .map((one) => one.text.replace(/\t/g, " "))
      .filter((text) => /\p{L}{2}/u.test(text));
    if (entry.head.length === 0 && highlights.length === 0) return [];
    return [
      {
        ...(organisation === "" ? {} : { name: organisation }),
        ...(title === "" ? {} : { position: title }),
        ...(location === "" ? {} : { location }),
        ...(entry.span === undefined
          ? {}
          : { startDate: entry.span.start, ...(entry.span.end === null ? {} : { endDate: entry.span.end }) }),
        highlights,
      },
    ];
  });
}
