/**
 * Decides what goes into each field: the reviewer's answer, the person's own data, what they chose, then their answer book. What
 * none of them says is left alone if it may be, and handed to a person if it must be answered. Nothing is guessed. Pure.
 */
import type { BookedAnswer } from "../../../protocols/candidate.ts";
import type { Applicant } from "./applicant.ts";
import { type Step, stepForAny } from "./fit-value.ts";
import type { FormField, FormPage } from "./form-field.ts";
import { declineOption, degreeOption, optionFor } from "./match-option.ts";
import { ownData, phoneCountryForms } from "./own-data.ts";
import { asksTheSame, sameText } from "./same-question.ts";
import { isDemographic, isNeverTyped, type SensitiveTopic } from "./sensitive-topics.ts";
import { bookedChoice, countriesOfForm, storedChoice } from "./stored-choices.ts";
import { type OwnTopic, type Topic, topicOf } from "./topics.ts";

export type Source =
  | "profile"
  | "reviewer"
  | "choice"
  | "answer-book"
  | "meaning"
  | "decline"
  | "consent"
  | "none";

export interface Planned {
  readonly field: FormField;
  readonly topic: Topic | null;
  readonly step: Step;
  /** Why, for the field map that is kept as evidence. */
  readonly why: string;
  readonly source: Source;
  /** Nothing can be done here and nothing is missing either. */
  readonly settled: boolean;
}

export interface Plan {
  readonly fields: readonly Planned[];
  /** The form takes no résumé. */
  readonly withoutResume: boolean;
}

/** Answers found by meaning, by the question's text; asked for what the plan without them leaves open. */
export type ByMeaning = ReadonlyMap<string, BookedAnswer>;

const sensitive = (topic: Topic | null): topic is SensitiveTopic => topic !== null && !ownTopics.has(topic);
const ownTopics: ReadonlySet<string> = new Set<OwnTopic>([
  "firstName",
  "lastName",
  "middleName",
  "preferredName",
  "fullName",
  "email",
  "phone",
  "phoneCountry",
  "street",
  "street2",
  "city",
  "region",
  "postalCode",
  "country",
  "location",
  "linkedin",
  "github",
  "twitter",
  "website",
  "otherLink",
  "currentCompany",
  "currentTitle",
  "headline",
  "summary",
  "skills",
  "languages",
  "coverLetter",
  "resume",
  "school",
  "degree",
  "discipline",
  "grade",
  "educationStart",
  "educationEnd",
  "jobTitle",
  "jobCompany",
  "jobLocation",
  "jobCurrent",
  "jobStart",
  "jobEnd",
  "jobDescription",
]);
/** Topics of repeated blocks, and how many fields of one block share a topic's count. */
const blockTopics: ReadonlySet<string> = new Set([
  "school",
  "degree",
  "discipline",
  "grade",
  "educationStart",
  "educationEnd",
  "jobTitle",
  "jobCompany",
  "jobLocation",
  "jobCurrent",
  "jobStart",
  "jobEnd",
  "jobDescription",
]);
const otherFile =
  /\b(?:photo|picture|image|avatar|foto|bild|certificat\w*|zeugnis\w*|transcripts?|portfolio|work samples?|passport|licen[cs]e|references?|video|diploma|id card|visa|additional|other|supporting|weitere|autres?|otros?)\b/;

export function planForm(
  page: Pick<FormPage, "fields"> & { readonly language?: string },
  applicant: Applicant,
  byMeaning: ByMeaning = new Map(),
): Plan {
  const visible = page.fields.filter(({ trap, hidden }) => !trap && hidden === "");
  const topics = new Map(page.fields.map((field) => [field.ref, topicOf(field)]));
  const found = new Set(visible.map(({ ref }) => topics.get(ref)));
  const upload = resumeUpload(visible, topics);
  const language = page.language ?? "en";
  // A list of dialling codes without ours leaves the whole number to the other field.
  const dial = visible.find(({ ref }) => topics.get(ref) === "phoneCountry");
  const dials = dial !== undefined && stepForAny(dial, phoneCountryForms(applicant)) !== null;
  const form = {
    has: (topic: OwnTopic) => (topic === "phoneCountry" ? dials : found.has(topic)),
    language,
  };
  const blocks = numberBlocks(visible, topics);
  const countries = countriesOfForm(
    visible.map(({ label, ref }) => ({ label, topic: topics.get(ref) ?? null })),
  );
  return { fields: page.fields.map(plan), withoutResume: upload === undefined };

  function plan(field: FormField): Planned {
    const topic = topics.get(field.ref) ?? null;
    const left = (why: string, settled = false): Planned => ({
      field,
      topic,
      step: { do: "leave" },
      why,
      source: "none",
      settled,
    });
    const done = (step: Step, source: Source, why: string): Planned => ({
      field,
      topic,
      step,
      why,
      source,
      settled: false,
    });
    if (field.hidden === "later") return left("not shown yet", true);
    if (field.trap) return left(`a trap: ${field.hidden}`, true);
    if (field === upload)
      return acceptsPdf(field)
        ? done({ do: "upload", what: "resume" }, "profile", "the résumé")
        : left("it does not take a PDF");
    if (topic !== null && isNeverTyped(topic)) return left("never typed by a machine: only a person may");
    if (field.disabled) return left("it can't be used until another field is filled", true);

    const reviewed =
      applicant.answers.find(({ question }) => sameText(question) === sameText(field.label)) ??
      applicant.answers.find(({ question }) => asksTheSame(field.label, question, applicant.company));
    let misfit = "";
    const take = (
      answers: readonly string[],
      source: Source,
      why: string,
      match?: typeof optionFor,
    ): Planned | null => {
      const said = answers.filter((answer) => answer.trim() !== "");
      if (said.length === 0) return null;
      const step = stepForAny(field, said, match);
      if (step !== null) return done(step, source, why);
      misfit ||= `${why} ("${said[0]?.slice(0, 100)}") does not fit the field`;
      return null;
    };
    if (reviewed !== undefined) {
      const taken = take([reviewed.answer], "reviewer", `the reviewer's answer to "${reviewed.question}"`);
      if (taken !== null) return taken;
    }
    if (sensitive(topic))
      return decided(topic) ?? left(misfit || "only the person may say this, and has not");
    if (topic === "coverLetter" && field.kind === "file")
      return applicant.coverLetter === ""
        ? left("there is no cover letter")
        : done({ do: "upload", what: "coverLetter" }, "profile", "the cover letter");
    if (topic === "resume")
      return left(
        upload === undefined ? "only a file of the résumé is known" : "the file says it already",
        upload !== undefined,
      );
    if (topic !== null) {
      const nth = blocks.get(field.ref) ?? 0;
      const match = topic === "degree" ? degreeOption : optionFor;
      const taken =
        place(topic, ownData(topic, field, applicant, nth, form)) ??
        take(ownData(topic, field, applicant, nth, form), "profile", whyOf(topic, nth), match);
      if (taken !== null) return taken;
      if (topic === "jobEnd" && applicant.resume.work?.[nth] !== undefined && form.has("jobCurrent"))
        return left("the job goes on", true);
    }
    const booked = take(bookAnswers(field), "answer-book", "the answer book");
    if (booked !== null) return booked;
    const similar = byMeaning.get(field.label);
    const meant =
      similar &&
      take(
        [similar.answer],
        "meaning",
        `the answer book's "${similar.question}", which asks the same in other words`,
      );
    return meant || left(misfit || (topic === null ? "no answer is known" : "the résumé does not say it"));

    /** Law, pay, and who somebody is. */
    function decided(about: SensitiveTopic): Planned | null {
      const chosen = take(
        storedChoice(about, field, applicant, countries),
        "choice",
        "the person's own choice",
      );
      if (chosen !== null) return chosen;
      const told = bookedChoice(field, applicant);
      const taken = told === null ? null : take([told], "answer-book", "the answer book");
      if (taken !== null) return taken;
      if (about === "consent" && field.required) {
        const agreed = field.kind === "checkbox" ? ({ do: "tick" } as const) : agreeing(field);
        if (agreed !== null) return done(agreed, "consent", "without it this application can't be processed");
      }
      // A form that opted us in to more than this application: out again.
      if (about === "consentBeyond" && field.kind === "checkbox" && field.value.length > 0 && !field.required)
        return done({ do: "untick" }, "decline", "ticked beforehand, and the person has not agreed");
      const decline = declineOption(field.options);
      if (decline !== null && field.kind !== "checkbox")
        return done({ do: "choose", options: [decline] }, "decline", "declined, as the form offers");
      if (isDemographic(about) && field.kind === "combobox" && field.options.length === 0)
        return done(
          { do: "pick", wanted: ["Decline to answer"], place: false },
          "decline",
          "declined, if the form offers it",
        );
      return null;
    }

    function place(about: OwnTopic, texts: readonly string[]): Planned | null {
      const where = about === "location" || about === "city" ? texts : [];
      if (where.length === 0 || field.kind !== "combobox" || field.options.some((option) => option !== ""))
        return null;
      return done({ do: "pick", wanted: where, place: true }, "profile", whyOf(about, 0));
    }
  }

  function bookAnswers(field: FormField): string[] {
    const exact = applicant.book.filter(({ question }) => sameText(question) === sameText(field.label));
    const same = applicant.book.filter(({ question }) =>
      asksTheSame(field.label, question, applicant.company),
    );
    return [...exact, ...same].slice(0, 1).map(({ answer }) => answer);
  }
}

const agreeing = (field: FormField): Step | null => {
  const options = field.options.flatMap((option, i) =>
    /^(?:yes|i (?:agree|accept|consent|acknowledge|have read)|agree|accept|acknowledged?|confirm|ja|oui|si|sim|einverstanden|ich stimme)\b/.test(
      sameText(option),
    )
      ? [i]
      : [],
  );
  return options.length === 1 ? { do: "choose", options } : null;
};

/** The field for the résumé: the one that says so; or the only file that is not said to be something else. */
function resumeUpload(
  fields: readonly FormField[],
  topics: ReadonlyMap<number, Topic | null>,
): FormField | undefined {
  const files = fields.filter(({ kind, disabled }) => kind === "file" && !disabled);
  const named =
    files.find(({ ref, required }) => topics.get(ref) === "resume" && required) ??
    files.find(({ ref }) => topics.get(ref) === "resume");
  if (named !== undefined) return named;
  const bySection = files.filter(
    ({ ref, section }) =>
      topics.get(ref) === null &&
      /\b(?:resume|cv|lebenslauf|curriculum)\b/.test(sameText(section.split(" / ")[0] ?? "")),
  );
  const rest =
    bySection.length > 0
      ? bySection
      : files.filter(
          (field) =>
            topics.get(field.ref) === null && !otherFile.test(sameText(`${field.label} ${field.name}`)),
        );
  return rest.length === 1 ? rest[0] : undefined;
}

const acceptsPdf = ({ accept }: FormField) => accept === "" || /pdf|\*\/\*|application\/\*/i.test(accept);

/** Which school or job of the résumé each repeated block is for: the second "Company" of a page is the second job's. */
function numberBlocks(
  fields: readonly FormField[],
  topics: ReadonlyMap<number, Topic | null>,
): ReadonlyMap<number, number> {
  const numbers = new Map<number, number>();
  const seen = new Map<string, Set<string>>();
  const current = { school: -1, job: -1 };
  for (const field of fields) {
    const topic = topics.get(field.ref) ?? null;
    if (topic === null || !blockTopics.has(topic)) continue;
    const block = /^(?:school|degree|discipline|grade|education)/.test(topic) ? "school" : "job";
    const parts = seen.get(block) ?? new Set();
    seen.set(block, parts);
    // Month and year of one date are two fields of one topic.
    const part = `${topic} ${/Start|End/.test(topic) ? sameText(`${field.label} ${field.type}`) : ""}`;
    if (current[block] < 0 || parts.has(part)) {
      current[block]++;
      parts.clear();
    }
    parts.add(part);
    numbers.set(field.ref, current[block]);
  }
  return numbers;
}

const whyOf = (topic: Topic, nth: number) =>
  `the résumé: ${topic.replace(/([A-Z])/g, " $1").toLowerCase()}${nth > 0 ? `, number ${nth + 1}` : ""}`;
