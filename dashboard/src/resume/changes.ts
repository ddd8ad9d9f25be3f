/** All changes of a résumé against its base version, counted, with the claims among them that a reviewer must vouch for. */
import type { JsonResume } from "../../../protocols/json-resume.ts";
import { newClaims, vocabulary } from "./claims.ts";
import { lineLists, linesOf, summaryOf } from "./edit.ts";
import { diffLines } from "./line-diff.ts";

export interface Changes {
  readonly changed: number;
  /** Each changed line that says something new, with the words in question. */
  readonly claims: ReadonlyArray<{ readonly line: string; readonly words: readonly string[] }>;
}

/** A removed line says what it said. */
interface Changed {
  readonly text: string;
  readonly removed: boolean;
}

function changedLines(base: JsonResume, resume: JsonResume): Changed[] {
  const lines = lineLists(resume).flatMap((list) =>
    diffLines(linesOf(base, list), linesOf(resume, list)).flatMap((change) =>
      change.kind === "same"
        ? []
        : change.kind === "removed"
          ? [{ text: change.base, removed: true }]
          : [{ text: change.text, removed: false }],
    ),
  );
  const summary = summaryOf(resume);
  return summary === summaryOf(base) ? lines : [{ text: summary, removed: false }, ...lines];
}

/** How many of the changes the reviewer has said to keep; `kept` holds their texts, also those that are gone by now. */
export const keptOf = (base: JsonResume, resume: JsonResume, kept: ReadonlySet<string>): number =>
  changedLines(base, resume).filter(({ text }) => kept.has(text)).length;

export function reviewOfChanges(base: JsonResume, resume: JsonResume): Changes {
  const known = vocabulary(base);
  const lines = changedLines(base, resume);
  return {
    changed: lines.length,
    claims: lines
      .filter(({ removed }) => !removed)
      .map(({ text }) => ({ line: text, words: newClaims(text, known) }))
      .filter(({ words }) => words.length > 0),
  };
}
