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

export function reviewOfChanges(base: JsonResume, resume: JsonResume): Changes {
  const known = vocabulary(base);
  const lines = lineLists(resume).flatMap((list) =>
    diffLines(linesOf(base, list), linesOf(resume, list)).filter((change) => change.kind !== "same"),
  );
  const said = lines.flatMap((change) => (change.kind === "removed" ? [] : [change.text]));
  const summary = summaryOf(resume);
  const reworded = summary !== summaryOf(base);
  return {
    changed: lines.length + (reworded ? 1 : 0),
    claims: (reworded ? [summary, ...said] : said)
      .map((line) => ({ line, words: newClaims(line, known) }))
      .filter(({ words }) => words.length > 0),
  };
}
