/**
 * The ATS score: how well a résumé answers a posting, 0 to 100, with its reasons. Pure and deterministic.
 *
 * Measured on real pairs, the trade decides: which occupations titles and texts are alike to (`trade-fit.ts`), then the
 * meaning of the lines, and only then single requirements. So those carry the points, and a curve turns points into the
 * share of such pairs that are fits (`calibration.ts`): at 90, nine in ten. Must-haves, years and degree move the score a
 * little and the machine's approval entirely: it needs the quality report beside the score. `docs/matching.md` has figures.
 */
import type { MatchScore, RequirementsPart } from "../../../protocols/match-score.ts";
import { type Background, backgroundOf, nearnessOf, POSTING_LINES, RESUME_LINES } from "./background.ts";
import { calibrated } from "./calibration.ts";
import { type Evidence, evidenceFor } from "./evidence.ts";
import type { ScoringLexicon } from "./lexicon.ts";
import { experiencePart, relevantJobs, semanticPart, titlePart, yearsLine } from "./parts.ts";
import { type PostedText, passagesOf, postedTextOf } from "./posted-text.ts";
import type { ScoredPosting } from "./posting-text.ts";
import { qualityGates } from "./quality.ts";
import { demandsOf, type PostingDemands, type Requirement } from "./requirements.ts";
import type { ResumeDocument } from "./resume-document.ts";
import { outlineOf, type ResumeOutline, readOutline, yearsOf } from "./resume-lines.ts";
import type { Similarity } from "./similarity.ts";
import { stuffedPassage } from "./stuffing.ts";
import { termsOf } from "./terms.ts";
import { linesOf, tellingLines, unglued } from "./text-lines.ts";
import { type Trade, tradeFit, tradeOfPosting, tradeOfResume } from "./trade-fit.ts";
import { plain } from "./words.ts";

/** Changes with every change of the rules that can change a score. */
export const SCORER = "ats-2";

/** Shares of the score; a part about which nothing is said gives its share to title and meaning alike. */
const WEIGHTS = { title: 40, semantic: 40, mustHaves: 12, niceToHaves: 2, experience: 6 };
/** The most that a résumé with pasted words can reach. */
const STUFFED_CAP = 60;
/** The most that a pair can reach which a machine must not approve, where that was looked at; less for each missing must-have. */
export const REFUSED_CAP = 89;
const WITHOUT_MUST_HAVES = 59;

/** A posting as it was read; do it once for all résumés. */
export interface PostingReading {
  readonly posting: ScoredPosting;
  readonly title: string;
  readonly demands: PostingDemands;
  readonly trade: Trade;
  readonly posted: PostedText;
  /** Those that are compared by meaning. */
  readonly lines: readonly string[];
}

/** A résumé as it was read; do it once for all postings. */
export interface DocumentReading {
  readonly document: ResumeDocument;
  readonly outline: ResumeOutline;
  readonly trade: Trade;
  /** Those that are compared by meaning. */
  readonly lines: readonly string[];
  /** The terms of all lines, in order. */
  readonly terms: readonly string[];
  readonly passages: ReadonlySet<string>;
}

export function readPosting(posting: ScoredPosting, lexicon: ScoringLexicon): PostingReading {
  const title = plain(posting.title).slice(0, 200);
  // Names like "ClickHouse" are asked for as they are written; for everything else glued words are parted.
  const description = unglued(posting.description, lexicon.isWord);
  return {
    posting,
    title,
    demands: demandsOf(posting),
    trade: tradeOfPosting({ ...posting, title, description }, lexicon.occupations),
    posted: postedTextOf(title, posting.description),
    lines: tellingLines(linesOf(`${title}\n${description}`), POSTING_LINES),
  };
}

export function readDocument(document: ResumeDocument, lexicon: ScoringLexicon): DocumentReading {
  return {
    document,
    outline: outlineOf(document.resume),
    trade: tradeOfResume(document, lexicon.occupations),
    lines: tellingLines(document.lines, RESUME_LINES),
    terms: document.lines.flatMap((line) => termsOf(line)),
    passages: passagesOf(document.resume),
  };
}

/** What the background of a posting is measured with. */
export const backgroundSentences = (posting: PostingReading, lexicon: ScoringLexicon): readonly string[] => [
  ...posting.lines,
  ...lexicon.background,
];

export const postingBackground = (
  posting: PostingReading,
  lexicon: ScoringLexicon,
  similarity: Similarity,
): Background => backgroundOf(posting.lines, lexicon.background, similarity);

/** What any score compares by meaning, at most about 20 sentences. */
export const keySentences = (posting: PostingReading, document: DocumentReading): readonly string[] => [
  ...posting.lines,
  ...document.lines,
];

/** What finds evidence by meaning besides: every requirement, title and line of the résumé. At most about 350 more. */
export function evidenceSentences(posting: PostingReading, { document, outline }: DocumentReading): string[] {
  const reading = readOutline(outline, posting.posted.runs, "");
  const titles = [reading.label, ...reading.jobs.map((job) => job.title), ...document.titles];
  const asked = [...posting.demands.must, ...posting.demands.nice].map(({ text }) => text);
  const all = [posting.title, ...titles, ...asked, ...reading.lines.map(({ text }) => text)];
  return [...new Set(all.filter((sentence) => sentence !== ""))];
}

/**
 * @param similarity made by `similarityOf` from the vectors of `keySentences`, and of `evidenceSentences` if `thorough`
 * @param background of this posting, by the same encoder
 * @param thorough the résumé was parsed and every line can be evidence: then a failed gate keeps the score under 90. Without
 *   it, for bare text, only pasted words do
 * @param today "YYYY-MM-DD", ends jobs that still last; without it the day of the posting
 */
export function scorePair(
  read: PostingReading,
  written: DocumentReading,
  similarity: Similarity,
  background: Background,
  { thorough = true, today }: { readonly thorough?: boolean; readonly today?: string } = {},
): MatchScore {
  const { posting, title, demands } = read;
  const { document, outline } = written;
  const now = today ?? posting.datePosted ?? latestDate(document);
  const reading = readOutline(outline, read.posted.runs, now);
  const stuffed = stuffedPassage(written.terms, read.posted.terms);
  const fit = tradeFit(read.trade, written.trade);
  const relevant = relevantJobs(title, demands, reading, similarity);
  const years = yearsOf(relevant);
  const context = {
    resume: document.resume,
    reading,
    similarity,
    years,
    yearsLine: yearsLine(years, relevant),
  };
  const empty = reading.lines.length === 0 || document.lines.length === 0;
  const search = (asked: readonly Requirement[]) =>
    empty ? [] : asked.map((requirement) => evidenceFor(requirement, context));
  const [must, nice] = [search(demands.must), search(demands.nice)];
  const near = nearnessOf(read.lines, written.lines, background, similarity);
  const weights = weightsFor(demands, outline.dated);
  const parts: MatchScore["parts"] = {
    mustHaves: requirementsPart(weights.mustHaves, demands.must, must),
    niceToHaves: requirementsPart(weights.niceToHaves, demands.nice, nice),
    title: explained(weights.title, titlePart(title, read.trade, fit, document, reading, similarity)),
    experience: explained(weights.experience, experiencePart(title, demands, years, relevant)),
    semantic: explained(weights.semantic, semanticPart(fit, near, demands.soft.length)),
  };
  const gates = qualityGates({
    resume: document.resume,
    reading,
    demands,
    posted: read.posted,
    passages: written.passages,
    must,
    stuffed,
  });
  const failed = gates.filter((gate) => !gate.passed).map((gate) => gate.reason);
  const points = Object.values(parts).reduce((sum, { weight, value }) => sum + (weight / 100) * value, 0);
  const score = empty ? 0 : calibrated(points, read.trade.titled);
  const pasted = gates.some(({ name, passed }) => name === "uncopied" && !passed);
  const refused =
    weights.mustHaves > 0
      ? WITHOUT_MUST_HAVES + (REFUSED_CAP - WITHOUT_MUST_HAVES) * parts.mustHaves.value
      : REFUSED_CAP;
  const most = pasted ? STUFFED_CAP : thorough && failed.length > 0 ? refused : 100;
  return {
    score: round(Math.min(score, most), 1),
    version: SCORER,
    parts,
    gates,
    quality: { passed: failed.length === 0, reasons: failed },
  };
}

/** Without any clock the résumé's own latest date is "now": too early rather than too late. */
function latestDate({ resume }: ResumeDocument): string {
  const dates = (resume.work ?? []).flatMap((job) => [job.startDate ?? "", job.endDate ?? ""]);
  return dates.sort().at(-1) ?? "";
}

/** Requirements count where the posting has a section of them: elsewhere they are a guess. Years, where jobs have dates. */
export function weightsFor({ must, nice, sectioned }: PostingDemands, dated: boolean): typeof WEIGHTS {
  const mustHaves = sectioned && must.length > 0 ? WEIGHTS.mustHaves : 0;
  const niceToHaves = sectioned && nice.length > 0 ? WEIGHTS.niceToHaves : 0;
  const experience = dated ? WEIGHTS.experience : 0;
  const half = (100 - mustHaves - niceToHaves - experience) / 2;
  return { mustHaves, niceToHaves, experience, title: half, semantic: half };
}

function requirementsPart(
  weight: number,
  asked: readonly Requirement[],
  evidence: readonly Evidence[],
): RequirementsPart {
  const pairs = asked.map((requirement, index) => ({ text: requirement.text, evidence: evidence[index] }));
  const sum = evidence.reduce((total, one) => total + one.value, 0);
  return {
    weight,
    value: round(asked.length > 0 ? sum / asked.length : 0, 3),
    found: pairs.flatMap(({ text, evidence }) =>
      evidence?.found
        ? [
            {
              requirement: text,
              evidence: evidence.lines.join(" · "),
              how: evidence.byMeaning ? "meaning" : "keyword",
            },
          ]
        : [],
    ),
    missing: pairs.flatMap(({ text, evidence }) => (evidence?.found ? [] : [text])),
  };
}

const explained = (weight: number, { value, detail }: { value: number; detail: string }) => ({
  weight,
  value: round(value, 3),
  detail,
});

const round = (value: number, digits: number) => Math.round(value * 10 ** digits) / 10 ** digits;
