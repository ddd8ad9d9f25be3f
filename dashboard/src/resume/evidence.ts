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

/** Whether `evidence` was read in this line, or the line within it: the score joins what it read in several by " · ". */
export function showsIn(evidence: string, line: string): boolean {
  const written = plain(line);
  if (written === "") return false;
  return evidence.split(" · ").some((piece) => {
    const said = plain(piece);
    return (
      said !== "" && (written.includes(said) || (written.length > 3 && ` ${said} `.includes(` ${written} `)))
    );
  });
}
