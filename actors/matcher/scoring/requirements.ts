/**
 * Reads a posting: which lines ask for something, how strictly, and what exactly each asks for.
 *
 * Postings are prose in sections. Lines under "Requirements", "What you bring" and the like are must-haves, lines under
 * "Nice to have" or with "is a plus" are nice-to-haves, duties and benefits ask for nothing. Where no such section is
 * found the whole text is read and `sectioned` is false: then a person decides, whatever the score.
 */
import type { Posting } from "../../../protocols/posting.ts";
import { findSkills, type SkillMention } from "./find-skills.ts";
import { plain, wordsOf } from "./words.ts";

export interface Requirement {
  /** The posting's own words. */
  readonly text: string;
  /** Groups of skills: of each group one must be shown ("Python or Go" is one group, "Python and SQL" are two). */
  readonly skills: readonly (readonly string[])[];
  /** Names the lexicon does not know (ClickHouse, PCI DSS): each must occur in the résumé as it stands. */
  readonly names: readonly string[];
  /** Years of experience asked for; 0 if none are. */
  readonly years: number;
  /** Level of education asked for, see `degreeLevel`; 0 if none is. */
  readonly degree: number;
  /** "or equivalent experience" stands beside the degree. */
  readonly degreeOrExperience: boolean;
  /** Languages asked for, in groups as the skills are. */
  readonly languages: readonly (readonly string[])[];
}

export interface PostingDemands {
  readonly must: readonly Requirement[];
  readonly nice: readonly Requirement[];
  /** Attitude and character: no résumé proves them, so they are not scored. */
  readonly soft: readonly string[];
  /** Work permit, travel, licence checks: asked in the application form, not read from a résumé. */
  readonly conditions: readonly string[];
  readonly sectioned: boolean;
}

type Section = "must" | "nice" | "other" | "none";

/** A posting may be endless; a real one has 5 to 25 such lines. */
const MAX_REQUIREMENTS = 40;
const MAX_CHARACTERS = 30_000;

// Headings are matched whole: a bullet like "Home health experience" holds their words and is none.
const NICE_HEADING =
  /^(it('s| is|'d be| would be) )?(an? )?(nice[- ]to[- ]haves?|bonus( points)?( (for|if).*)?|(a |big )?plus(es)?|desirable\b.*|desired\b.*|good to have|extra credit|advantageous|would be (great|nice)|optional|preferred|preferred (qualifications|skills|requirements|experience).*)$/i;
const MUST_HEADING =
  /^(((key|core|main|job|minimum|basic|required|technical|essential|mandatory|our|the|your|candidate) )*(requirements?|qualifications?|skills|criteria|experience|profile|background|knowledge|education|must[- ]haves?|required|essential)(( and |, | & |\/)(\w+ ){0,2}(requirements?|qualifications?|skills|experience|knowledge|education|abilities))*|what (you|we|you'll|you will|we'll|we will|we're|we are|you should|you'd)( \w+)? ?(bring|need|have|expect|looking for|require|look for|want)( (to|with) \w+)?|(who )?we('re| are)? look(ing)? for|who you are|about you|you (bring|have|are|need)|(the |our )?ideal candidate|what makes you (a )?(great|good) fit)$/i;
const OTHER_HEADING =
  /^(what (you|you'll|you will)( be)? (do|doing|work on|working on)|(key |main |your |the |core )*(role|tasks?|mission|impact|job|responsibilities|duties|day|position|opportunity|team|company)(( and | & )\w+)?|about (this|the|your|our) .{1,30}|in this role.*|you will|day[- ]to[- ]day|(job |role )?(description|summary|overview)|(our |employee |your )?(benefits|perks|values|stack|mission|story|culture|process|offer)(( and | & )\w+)?|what (we|you'll|you) (offer|get)|we offer|why .{1,40}|about( us| \p{Lu}.*)?|who we are|(compensation|salary|pay)\b.{0,30}|how to apply|(application|hiring|interview) process|equal .{1,40}|eeo.*|diversity.*|locations?|contact)$/iu;
const NICE_LINE =
  /\b(nice to have|is an? (\w+ )?(plus|bonus|advantage|asset)|are an? (\w+ )?(plus|bonus|advantage|asset)|(a|big|strong) plus\b|preferred|preferably|a bonus|bonus points|desirable|not required|not necessary|advantageous|ideally|would be (great|nice))/i;
const SOFT_LINE =
  /\b(communicat\w+|communicator|team[- ]?player|self[- ](starter|motivated|driven)|curious|curiosity|passion\w*|attention to detail|detail[- ]oriented|owner(ship)?|problem[- ]solv\w+|mindset|empath\w+|motivat\w+|attitude|proactive\w*|enjoy|love|comfortable|collaborat\w+|interpersonal|organi[sz](ed|ational)|willing\w*|eager\w*|thrive|reliab\w+|flexib\w+|calm|integrity|initiative|independent\w*|autonom\w+|prioriti[sz]\w+|adaptab\w+|multitask\w*|sense of humou?r|energy|creativ\w+|ability to work|time management|compassion\w*|kind|care about|humble|pragmatic|judg(e)?ment|structured)\b/i;
const CONDITION_LINE =
  /\b(work permit|right to work|authori[sz]ed to work|work authori[sz]ation|visa|citizen(ship)?|passport|driv(ing|er'?s?) licen[cs]e|travel|relocat\w+|background check|criminal record|shifts?\b(?!.*experience)|weekends?|on[- ]site|security clearance|vaccinat\w+|18 years)\b/i;

const NUMBER_WORDS: Record<string, number> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
};

const LANGUAGES =
  "English|German|French|Spanish|Italian|Dutch|Portuguese|Polish|Swedish|Danish|Norwegian|Finnish|Czech|Greek|Turkish|Arabic|Hebrew|Hindi|Mandarin|Chinese|Japanese|Korean|Russian|Ukrainian|Romanian|Hungarian";
const LANGUAGE = new RegExp(`\\b(${LANGUAGES})\\b`, "g");
const LANGUAGE_LINE =
  /\b(fluen\w+|native|proficien\w+|spoken|speak\w*|written|command|language|languages|level|business|professional|good|excellent|conversational|bilingual|[abc][12])\b/i;

/** What the posting asks for. Pure; bounded for any text. */
export function demandsOf(posting: Pick<Posting, "description">): PostingDemands {
  const lines = linesOf(posting.description);
  const sectioned = lines.some((line) => line.section === "must");
  const must: Requirement[] = [];
  const nice: Requirement[] = [];
  const soft: string[] = [];
  const conditions: string[] = [];
  for (const { text, section } of lines) {
    if (section === "other" || (section === "none" && sectioned)) continue;
    const requirement = requirementOf(text);
    const hard =
      requirement.skills.length > 0 ||
      requirement.names.length > 0 ||
      requirement.years > 0 ||
      requirement.degree > 0 ||
      requirement.languages.length > 0;
    if (!hard && CONDITION_LINE.test(text)) conditions.push(text);
    else if (!hard && SOFT_LINE.test(text)) soft.push(text);
    else if (!hard && !sectioned)
      continue; // prose of a posting without sections: only what surely asks for something
    else if (section === "nice" || NICE_LINE.test(text)) nice.push(requirement);
    else must.push(requirement);
  }
  const cut = <A>(all: readonly A[]) => all.slice(0, MAX_REQUIREMENTS);
  return { must: cut(must), nice: cut(nice), soft: cut(soft), conditions: cut(conditions), sectioned };
}

/** The description's lines with the section each stands in; headings themselves are dropped. */
function linesOf(description: string): { text: string; section: Section }[] {
  const lines: { text: string; section: Section }[] = [];
  let section: Section = "none";
  for (const raw of description.slice(0, MAX_CHARACTERS).split(/\r?\n|\u2028/)) {
    const bulleted = /^\s*([-*•·–—▪◦‣o]|\d+[.)])\s+/.test(raw);
    let text = plain(raw.replace(/^\s*([-*•·–—▪◦‣]|\d+[.)]|#+)\s+/, "").replaceAll("**", ""));
    if (!text) continue;
    const inline = /^([^:.]{3,50}):\s+(.{3,})$/.exec(text);
    const heading = headingOf(inline?.[1] ?? text, bulleted);
    if (heading) {
      section = heading;
      if (!inline?.[2]) continue;
      text = inline[2];
    }
    for (const part of text.length > 220 ? text.split(/(?<=[.;!?])\s+/) : [text])
      if (part.length > 2) lines.push({ text: part.slice(0, 400), section });
  }
  return lines;
}

/** Which section a heading opens; undefined if the line is no heading. An unknown heading leaves the section as it is. */
function headingOf(text: string, bulleted: boolean): Section | undefined {
  if (bulleted || text.length > 70) return undefined;
  const title = text.replace(/[\s:?.!…]+$/, "");
  if (NICE_HEADING.test(title)) return "nice";
  if (MUST_HEADING.test(title)) return "must";
  return OTHER_HEADING.test(title) ? "other" : undefined;
}

/** What one line asks for. */
export function requirementOf(text: string): Requirement {
  const mentions = findSkills(text);
  const languages = LANGUAGE_LINE.test(text)
    ? [...text.matchAll(LANGUAGE)].map((match) => ({
        skill: match[0],
        start: match.index,
        end: match.index + match[0].length,
      }))
    : [];
  const years = yearsIn(text);
  const degree = degreeLevel(text);
  return {
    text,
    skills: groupsOf(text, mentions),
    names: degree > 0 ? [] : namesIn(text, [...mentions, ...languages]),
    years,
    degree,
    degreeOrExperience:
      /\b(equivalent|comparable|or (relevant|practical|work) experience|apprenticeship)\b/i.test(text),
    languages: groupsOf(text, languages),
  };
}

/** "5+ years", "3-5 years", "at least three years" -> the smallest number meant. */
function yearsIn(text: string): number {
  const match =
    /\b(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)\s*\+?\s*(?:(?:-|to|or)\s*\d{1,2}\s*\+?\s*|or more\s+)?(?:years?|yrs?)\b/i.exec(
      text,
    );
  const said = match?.[1]?.toLowerCase() ?? "0";
  const years = NUMBER_WORDS[said] ?? Number(said);
  return years <= 30 ? years : 0;
}

/** 0 none, 1 vocational, 2 bachelor or "a degree", 3 master, 4 doctorate. The lowest that is named. */
export function degreeLevel(text: string): number {
  if (/\b(bachelor'?s?|b\.?\s?sc|b\.?a\b|b\.?eng|bsn|undergraduate)\b/i.test(text)) return 2;
  if (/\b(apprenticeship|vocational|ausbildung|associate degree|diploma)\b/i.test(text)) return 1;
  if (
    /\b(master'?s (degree|in)|masters|master of|m\.?\s?sc|mba|m\.?eng|msn|diplom)\b|\bmaster'?s\b/i.test(text)
  )
    return 3;
  if (/\b(ph\.?\s?d|doctorate|doctoral|doctor of|dr\.)/i.test(text)) return 4;
  return /\b(university|college|academic)?\s?degree\b|\bgraduate of\b|\bstudies in\b/i.test(text) ? 2 : 0;
}

/** Capitals that name nothing a résumé must repeat. */
const NO_NAMES = new RegExp(
  `^(I|API|APIs|UI|BI|IT|HR|TV|B2B|B2C|US|USA|UK|EU|Apache|Microsoft|JVM|Bachelor|Master|University|Internet|${LANGUAGES})$`,
);

/**
 * Proper names and abbreviations that the lexicon does not know: a capital inside a word or in the midst of a sentence.
 * Those in brackets or after "such as" are examples, and in a line that capitalises most words a capital says nothing.
 */
function namesIn(text: string, known: readonly SkillMention[]): string[] {
  const words = wordsOf(text);
  const capitals = words.filter((word) => /^\p{Lu}/u.test(word.text)).length;
  const titleCase = words.length >= 4 && capitals > words.length * 0.6;
  return words.flatMap(({ text: word, start, end }) => {
    const before = text.slice(0, start);
    const bracketed = before.lastIndexOf("(") > before.lastIndexOf(")");
    if (bracketed || NO_NAMES.test(word) || /\b(such as|e\.g|like|including|for example)\b/i.test(before))
      return [];
    if (known.some((one) => start < one.end && end > one.start)) return [];
    const first = /(^|[.:!?])\W*$/.test(before);
    const name = /^\p{L}.*\p{Lu}/u.test(word) || (!first && !titleCase && /^\p{Lu}\p{L}/u.test(word));
    return name ? [word.toLowerCase()] : [];
  });
}

const ALTERNATIVE_BEFORE =
  /\b(such as|e\.g\.?|like|one of|any of|either|at least one|for example|one or more|including)\b[^.;]{0,12}$/i;
const ALTERNATIVE_AFTER =
  /^\W{0,3}(or|and)?\s?(similar|comparable|equivalent|etc|another|other|alike|related)\b/i;

/** Puts alternatives into one group. A run of names is parted by commas and slashes; "and" starts a new run. */
function groupsOf(text: string, mentions: readonly SkillMention[]): string[][] {
  const runs: { names: string[]; any: boolean; end: number }[] = [];
  for (const mention of mentions) {
    const run = runs.at(-1);
    const between = run ? text.slice(run.end, mention.start) : "";
    const joined = run !== undefined && /^[\s,/()]*(or|and\/or)?[\s,/()]*$/i.test(between);
    if (run && joined) {
      run.names.push(mention.skill);
      run.any ||= /\bor\b|\//i.test(between);
      run.end = mention.end;
    } else {
      runs.push({
        names: [mention.skill],
        any: ALTERNATIVE_BEFORE.test(text.slice(0, mention.start)),
        end: mention.end,
      });
    }
  }
  const groups = runs.flatMap((run) => {
    const names = [...new Set(run.names)];
    return run.any || ALTERNATIVE_AFTER.test(text.slice(run.end)) ? [names] : names.map((name) => [name]);
  });
  return [...new Map(groups.map((group) => [group.join("|"), group])).values()];
}
