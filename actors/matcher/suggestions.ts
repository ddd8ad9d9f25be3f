/**
 * Suggestions for the reviewer: what the posting asks for and the résumé does not show, and lines that say little. Each asks
 * the person for what is true; none words a claim, so nothing is invented here. Pure.
 */
import type { JsonResume } from "../../protocols/json-resume.ts";
import type { MatchScore } from "../../protocols/match-score.ts";
import type { Suggestion } from "../../protocols/suggestion.ts";

const mostMissing = 8;
const mostLines = 6;
/** Characters; about two and a half printed lines. */
const longestLine = 240;

/** Openings that hide who did what. */
const weakOpening =
  /^(?:(?:was |were |am |is )?responsible for|duties (?:included|were)|responsibilities|tasked with|worked (?:on|with|as)|helped|assisted|involved in|participated in|in charge of|exposure to|familiar with|hands-on with)\b/i;
/** Words and figures by which a line tells what came of the work. */
const result =
  /\d|%|\b(?:reduc|increas|improv|cut|sav|grew|grow|doubl|tripl|halv|won|award|first|launch|faster|shorten|eliminat|avoid|raised|exceed|achiev|without (?:incident|error|downtime)|on time|led to|resulting)/i;

/** Missing requirements first, must-haves before nice-to-haves; then the weakest lines in the résumé's order. */
export function suggestionsFor(score: MatchScore, resume: JsonResume): Suggestion[] {
  const { mustHaves, niceToHaves } = score.parts;
  const missing = [...mustHaves.missing, ...niceToHaves.missing].slice(0, mostMissing).map(
    (requirement): Suggestion => ({
      kind: "missing",
      line: "",
      message: `The posting asks for “${requirement}” and the résumé does not show it. If it is true, say where it was done; if not, leave it out.`,
    }),
  );
  const told = [...(resume.work ?? []), ...(resume.projects ?? [])].flatMap(
    (entry) => entry.highlights ?? [],
  );
  const weak = [...new Set(told)].flatMap((line) => weaknessOf(line.trim()) ?? []);
  // What is badly begun or too long can be mended by wording alone; a result must be known, so it comes last.
  const order = { missing: 0, opening: 1, length: 2, result: 3 };
  return [...missing, ...weak.sort((a, b) => order[a.kind] - order[b.kind]).slice(0, mostLines)];
}

function weaknessOf(line: string): Suggestion | undefined {
  const opening = weakOpening.exec(line)?.[0];
  if (opening !== undefined)
    return {
      kind: "opening",
      line,
      message: `“${opening}” hides what was done. Begin with the verb of what the person did.`,
    };
  if (line.length > longestLine)
    return {
      kind: "length",
      line,
      message: `${line.length} characters are too long to be read. Split or shorten it.`,
    };
  // Two words name a thing; only a sentence can lack its result.
  if (line.split(/\s+/).length >= 5 && !result.test(line))
    return {
      kind: "result",
      line,
      message: "It says what was done and not what came of it. Add the result or a figure if it is known.",
    };
  return undefined;
}
