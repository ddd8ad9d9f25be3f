/** What scoring knows of the working world: occupations, and a background of profiles to measure nearness against. */
import { BACKGROUND_STEP } from "./background.ts";
import { indexOccupations, type OccupationIndex, readOccupations } from "./occupations.ts";
import { SKILLS } from "./skills.ts";

export interface ScoringLexicon {
  readonly occupations: OccupationIndex;
  /** Descriptions of occupations from all over the list. */
  readonly background: readonly string[];
  /** Whether a word in small letters is one, and not two glued together. */
  readonly isWord: (word: string) => boolean;
}

/** @param table the text of `lexicon/onet-occupations.txt`. Takes about half a second: make it once. */
export function createLexicon(table: string): ScoringLexicon {
  const occupations = readOccupations(table);
  const index = indexOccupations(occupations);
  const names = new Set(
    SKILLS.flatMap(({ name, aliases }) => [name, ...aliases]).map((name) => name.toLowerCase()),
  );
  return {
    occupations: index,
    background: occupations
      .filter((_, at) => at % BACKGROUND_STEP === 0)
      .map(({ description }) => description),
    isWord: (word) => index.knows(word) || names.has(word),
  };
}
