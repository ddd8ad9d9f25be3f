/** Which line of the résumé meets which requirement: the score names the résumé's words, and a line is found by them. */
import type { MatchScore } from "../../../protocols/match-score.ts";

export interface Link {
  readonly requirement: string;
  readonly evidence: string;
  readonly must: boolean;
}

export function linksOf({ parts }: Pick<MatchScore, "parts">): Link[] {
  const of = (part: MatchScore["parts"]["mustHaves"], must: boolean) =>
    part.found.map(({ requirement, evidence }) => ({ requirement, evidence, must }));
  return [...of(parts.mustHaves, true), ...of(parts.niceToHaves, false)];
}

const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** Whether `evidence` was read in this line, or the line within it: the score may name a piece, or a line with its heading. */
export function showsIn(evidence: string, line: string): boolean {
  const [said, written] = [plain(evidence), plain(line)];
  if (said === "" || written === "") return false;
  return written.includes(said) || (written.length > 3 && ` ${said} `.includes(` ${written} `));
}
