/** The second gate: is the résumé whole, honest and evident enough that a machine may send it? Independent of the score. */
import type { JsonResume } from "../../../protocols/json-resume.ts";
import type { Gate } from "../../../protocols/match-score.ts";
import type { Evidence } from "./evidence.ts";
import type { PostedText } from "./posted-text.ts";
import type { PostingDemands } from "./requirements.ts";
import type { ResumeReading } from "./resume-lines.ts";

export interface QualityInput {
  readonly resume: JsonResume;
  readonly reading: ResumeReading;
  readonly demands: PostingDemands;
  readonly posted: PostedText;
  /** The résumé's, see `passagesOf`. */
  readonly passages: ReadonlySet<string>;
  readonly must: readonly Evidence[];
  /** A passage made of the posting's words, if there is one. */
  readonly stuffed: string | undefined;
}

/** Every condition with its outcome; the machine approves only if all passed, whatever the score. */
export function qualityGates(input: QualityInput): Gate[] {
  return [
    complete(input),
    readable(input),
    evident(input),
    unpadded(input),
    uncopied(input),
    conditions(input),
  ];
}

const gate = (name: string, problem: string | undefined, fine: string): Gate => ({
  name,
  passed: problem === undefined,
  reason: problem ?? fine,
});

/** Lines that tell what was done; with fewer a résumé says too little. */
export const SHOWN_LINES = 3;

/** Without these nobody can answer the candidate. */
export const contactMissing = ({ basics }: JsonResume): string[] => [
  ...(basics?.name?.trim() ? [] : ["a name"]),
  ...(/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(basics?.email?.trim() ?? "") ? [] : ["a contact e-mail address"]),
];

function complete({ resume, reading }: QualityInput): Gate {
  const missing = [
    contactMissing(resume),
    reading.jobs.length > 0 ? [] : ["work experience with dates"],
    reading.lines.filter((line) => line.kind === "shown").length >= SHOWN_LINES
      ? []
      : ["what was done in it"],
  ].flat();
  const empty =
    reading.lines.length > 0
      ? undefined
      : reading.copied.length > 0
        ? "The résumé consists of text copied from the posting."
        : "The résumé is empty: there is nothing to compare with the posting.";
  return gate(
    "complete",
    empty ?? (missing.length > 0 ? `The résumé lacks ${missing.join(", ")}.` : undefined),
    "The résumé has a name, an e-mail address and dated work experience.",
  );
}

function readable({ demands }: QualityInput): Gate {
  const problem = !demands.sectioned
    ? "The posting has no section of requirements, so what it asks for is a guess."
    : demands.must.length === 0
      ? "The posting names no requirement that a résumé could show."
      : undefined;
  return gate("readable", problem, `The posting names ${demands.must.length} must-haves.`);
}

function evident({ must }: QualityInput): Gate {
  const missing = must.filter((one) => !one.found).length;
  const shown = must.filter((one) => one.shown).length;
  const problem =
    missing > 0
      ? `${missing} of ${must.length} must-haves have no evidence in the résumé.`
      : shown < must.length * 0.6
        ? `Only ${shown} of ${must.length} must-haves are shown by work done; the others are merely listed.`
        : undefined;
  return gate("evident", problem, `All ${must.length} must-haves have evidence.`);
}

/** An honest list of skills is backed by the work beside it. */
function unpadded({ reading }: QualityInput): Gate {
  const of = (kind: "shown" | "listed") =>
    new Set(reading.lines.filter((line) => line.kind === kind).flatMap((line) => [...line.skills]));
  const listed = of("listed");
  const shown = of("shown");
  const backed = [...listed].filter((skill) => shown.has(skill)).length;
  const padded = listed.size >= 18 && backed / listed.size < 0.3;
  return gate(
    "unpadded",
    padded
      ? `${listed.size} skills are listed, but only ${backed} of them occur in the work described.`
      : undefined,
    "The skills listed are backed by the work described.",
  );
}

function uncopied({ reading, posted, passages, stuffed }: QualityInput): Gate {
  const shared = posted.passages.filter((passage) => passages.has(passage)).length;
  const pasted = reading.copied.length >= 2 || (shared >= 8 && shared > posted.passages.length * 0.05);
  return gate(
    "uncopied",
    stuffed !== undefined
      ? `A passage of the résumé is made of the posting's words: "${stuffed} …"`
      : pasted
        ? "Passages of the résumé are copied from the posting."
        : undefined,
    "The résumé is in its own words.",
  );
}

function conditions({ demands }: QualityInput): Gate {
  const asked = demands.conditions.slice(0, 3).join(" · ");
  return gate(
    "conditions",
    undefined,
    asked ? `For the application form to answer: ${asked}` : "None beside the résumé.",
  );
}
