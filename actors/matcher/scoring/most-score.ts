/**
 * The most that a pair can score, told from what is read of each side anyway: no encoder and no search for evidence, some
 * microseconds. So a thousand postings for a thousand candidates don't cost a million full scores.
 *
 * It never lies under the score (`most-score.test.ts` tries any encoder at all), by construction:
 * - the agreement of trades is the score's own, and each part that is not computed here counts as whole;
 * - the curve rises with the points;
 * - a pair under 90 for good is one that some gate refuses: what is looked for here in all of the résumé at once would have
 *   to stand in one of its lines.
 */
import { calibrated } from "./calibration.ts";
import { languageEvidence } from "./evidence.ts";
import { NEARNESS_SHARE, TABLE_SHARE } from "./parts.ts";
import { contactMissing, SHOWN_LINES } from "./quality.ts";
import type { Requirement } from "./requirements.ts";
import { type DocumentReading, type PostingReading, REFUSED_CAP, weightsFor } from "./score-posting.ts";
import { tradeFit } from "./trade-fit.ts";
import { overlap, stemsOf, tellingStems } from "./words.ts";

/** Parts are rounded to three digits before they are weighed. */
const ROUNDING = 0.0005;

/** A hostile document may have any number; then its words are not looked at, and the full score, which is bounded, decides. */
const MOST_SENTENCES = 2_000;

/** 0 to 100, never less than `scorePair` gives the same two with `thorough`. */
export function mostScore(posting: PostingReading, document: DocumentReading): number {
  const fit = tradeFit(posting.trade, document.trade);
  const weights = weightsFor(posting.demands, document.outline.dated);
  const title = posting.title === "" ? fit.titles : (1 - TABLE_SHARE) * fit.titles + TABLE_SHARE;
  const semantic = (1 - NEARNESS_SHARE) * fit.text + NEARNESS_SHARE;
  const others = weights.mustHaves + weights.niceToHaves + weights.experience;
  const points = (weights.title * title + weights.semantic * semantic + others) / 100 + ROUNDING;
  const score = Math.round(10 * calibrated(points, posting.trade.titled)) / 10;
  return score > REFUSED_CAP && !mayPass(posting, document) ? REFUSED_CAP : score;
}

/** Whether every gate might let the pair through. */
function mayPass({ demands }: PostingReading, document: DocumentReading): boolean {
  const { outline } = document;
  return (
    demands.sectioned &&
    demands.must.length > 0 &&
    outline.dated &&
    contactMissing(document.document.resume).length === 0 &&
    (outline.sentences.length > MOST_SENTENCES ||
      (vocabularyOf(document).shown >= SHOWN_LINES &&
        demands.must.every((requirement) => mayBeFound(requirement, document))))
  );
}

function mayBeFound(requirement: Requirement, document: DocumentReading): boolean {
  const { skills, words, stems } = vocabularyOf(document);
  const met = requirement.skills.filter((group) => group.some((skill) => skills.has(skill))).length;
  if (met < requirement.skills.length - (requirement.skills.length >= 4 ? 1 : 0)) return false;
  if (!requirement.names.every((name) => words.has(name))) return false;
  const { resume } = document.document;
  if (requirement.languages.some((group) => !languageEvidence(group, requirement.text, { resume }).found))
    return false;
  // Years and degree depend on more than is known here. What nothing but prose asks for must share its words.
  if (requirement.skills.length + requirement.names.length + requirement.languages.length > 0) return true;
  if (requirement.degree > 0) return true;
  return overlap(tellingOf(requirement), stems) >= 0.3 || (requirement.years > 0 && isMute(requirement));
}

const isMute = ({ text }: Requirement) => stemsOf(text).size === 0;

interface Vocabulary {
  readonly skills: ReadonlySet<string>;
  readonly words: ReadonlySet<string>;
  readonly stems: ReadonlySet<string>;
  /** Lines that tell of something done. */
  readonly shown: number;
}

const vocabularies = new WeakMap<DocumentReading, Vocabulary>();
/** Of all lines together. */
function vocabularyOf(document: DocumentReading): Vocabulary {
  const known = vocabularies.get(document);
  if (known !== undefined) return known;
  const lines = document.outline.sentences.map(({ line }) => line);
  const vocabulary = {
    skills: new Set(lines.flatMap(({ skills }) => [...skills])),
    words: new Set(lines.flatMap(({ words }) => [...words])),
    stems: new Set(lines.flatMap(({ stems }) => [...stems])),
    shown: lines.filter(({ kind }) => kind === "shown").length,
  };
  vocabularies.set(document, vocabulary);
  return vocabulary;
}

const told = new WeakMap<Requirement, ReadonlySet<string>>();
function tellingOf(requirement: Requirement): ReadonlySet<string> {
  const stems = told.get(requirement) ?? tellingStems(requirement.text);
  told.set(requirement, stems);
  return stems;
}
