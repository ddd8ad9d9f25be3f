/** Reads the lexicon that scoring needs from the package, once per process. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createLexicon, type ScoringLexicon } from "../../../actors/matcher/scoring/lexicon.ts";

let kept: ScoringLexicon | undefined;

/** Half a second the first time. Throws if the checkout is incomplete. */
export function scoringLexicon(): ScoringLexicon {
  kept ??= createLexicon(readFileSync(lexiconFile(), "utf8"));
  return kept;
}

/** Data is not compiled, so it is found from the package's root, above `dist/` and above the sources. */
function lexiconFile(): string {
  const file = join("actors", "matcher", "lexicon", "onet-occupations.txt");
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, file))) {
    const parent = dirname(folder);
    if (parent === folder)
      throw new Error(`Cannot find ${file} above ${import.meta.dirname}: is the checkout complete?`);
    folder = parent;
  }
  return join(folder, file);
}
