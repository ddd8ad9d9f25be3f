/** The person as a form needs them: the résumé, what they answered once, and what they chose for questions that nobody may guess. */
import type { FormAnswer } from "../../../protocols/application.ts";
import type { ApplyRequest } from "../../../protocols/applier.ts";
import type { BookedAnswer } from "../../../protocols/candidate.ts";
import type { JsonResume } from "../../../protocols/json-resume.ts";
import { countryCode } from "./countries.ts";
import { type NameParts, nameParts } from "./person-name.ts";

export interface Applicant {
  readonly name: NameParts;
  /** "" if they have said none. */
  readonly preferredName: string;
  readonly email: string;
  readonly phone: string;
  readonly resume: JsonResume;
  /** Two letters; "" if unknown. */
  readonly country: string;
  /** Answers of the reviewer for this very form. */
  readonly answers: readonly (typeof FormAnswer.Type)[];
  readonly book: readonly BookedAnswer[];
  /** By what they are about ("gender", "sponsorship", "work authorization DE"): the person's own words for it. */
  readonly choices: Readonly<Record<string, string>>;
  /** "" if they have none. */
  readonly coverLetter: string;
  /** The employer's name; "" if unknown. Questions that differ in it alone are the same. */
  readonly company: string;
}

export interface Said {
  readonly name?: string;
  readonly givenName?: string;
  readonly familyName?: string;
  readonly preferredName?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly answers?: readonly (typeof FormAnswer.Type)[];
  readonly book?: readonly BookedAnswer[];
  readonly choices?: Readonly<Record<string, string>>;
  readonly coverLetter?: string;
  readonly company?: string;
}

/** What is said about the person goes before what the résumé says. */
export function applicantOf(resume: JsonResume, said: Said = {}): Applicant {
  const basics = resume.basics;
  const country = countryCode(basics?.location?.countryCode ?? "") ?? "";
  const split = nameParts(said.name || basics?.name || "", country);
  const { givenName = "", familyName = "" } = said;
  return {
    name: {
      ...split,
      ...(givenName === "" ? {} : { given: givenName, middle: "" }),
      ...(familyName === "" ? {} : { family: familyName }),
    },
    preferredName: said.preferredName ?? "",
    email: (said.email || basics?.email || "").trim(),
    phone: (said.phone || basics?.phone || "").trim(),
    resume,
    country,
    answers: said.answers ?? [],
    book: said.book ?? [],
    choices: said.choices ?? {},
    coverLetter: said.coverLetter ?? "",
    company: said.company ?? "",
  };
}

export const applicantOfRequest = (
  { candidate, answers, job }: ApplyRequest,
  resume: JsonResume,
): Applicant =>
  applicantOf(resume, {
    name: candidate.name,
    email: candidate.email,
    phone: candidate.phone,
    answers,
    book: candidate.answerBook.filter(({ company }) => company === undefined || company === job.company),
    choices: candidate.choices ?? {},
    coverLetter: candidate.coverLetter ?? "",
    company: job.company,
  });
