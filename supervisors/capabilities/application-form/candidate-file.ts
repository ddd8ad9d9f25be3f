/**
 * A candidate as a file: a JSON Resume, which may also hold what the person answered once and what they chose. The format is told in
 * docs/applying.md.
 */
import { readFile } from "node:fs/promises";
import { Schema } from "effect";
import { JsonResume } from "../../../protocols/json-resume.ts";
import { type Applicant, applicantOf } from "./applicant.ts";

const maxBytes = 5 * 1024 * 1024;

const answer = Schema.Union([Schema.String, Schema.Finite, Schema.Boolean, Schema.Array(Schema.String)]);
const Book = Schema.Union([
  Schema.Array(Schema.Struct({ question: Schema.String, answer, company: Schema.optional(Schema.String) })),
  Schema.Record(Schema.String, Schema.NullOr(answer)),
]);
const Choices = Schema.Record(
  Schema.String,
  Schema.NullOr(Schema.Union([answer, Schema.Record(Schema.String, answer)])),
);
const text = Schema.optional(Schema.NullOr(Schema.String));
const Extras = Schema.Struct({
  answers: Schema.optional(Schema.NullOr(Book)),
  answerBook: Schema.optional(Schema.NullOr(Book)),
  choices: Schema.optional(Schema.NullOr(Choices)),
  coverLetter: text,
  givenName: text,
  familyName: text,
  preferredName: text,
});
/** The person's own file, or the résumé in a field of it beside the rest. */
const Wrapped = Schema.Struct({
  resume: Schema.optional(Schema.NullOr(Schema.Record(Schema.String, Schema.Unknown))),
});

/** The file can't be used; the message says why and what to do. */
export class CandidateFileProblem extends Error {
  override readonly name = "CandidateFileProblem";
}

export async function readCandidateFile(path: string, company = ""): Promise<Applicant> {
  let content: Buffer;
  try {
    content = await readFile(path);
  } catch (cause) {
    throw new CandidateFileProblem(
      `The candidate file ${path} cannot be read: give the path of a JSON Resume document.`,
      { cause },
    );
  }
  if (content.length > maxBytes)
    throw new CandidateFileProblem(
      `The candidate file ${path} has more than 5 MB: a JSON Resume has a few kB.`,
    );
  let document: unknown;
  try {
    document = JSON.parse(content.toString("utf8").replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw new CandidateFileProblem(
      `The candidate file ${path} is no JSON: ${cause instanceof Error ? cause.message : cause}.`,
      { cause },
    );
  }
  return candidateOf(document, path, company);
}

/** @throws CandidateFileProblem with the path of what does not fit */
export function candidateOf(document: unknown, from: string, company = ""): Applicant {
  const decode = <S extends Schema.ConstraintDecoder<unknown>>(schema: S, value: unknown): S["Type"] => {
    try {
      return Schema.decodeUnknownSync(schema)(value);
    } catch (cause) {
      throw new CandidateFileProblem(
        `The candidate file ${from} is no JSON Resume with answers: ${cause instanceof Error ? cause.message : cause}`,
        { cause },
      );
    }
  };
  const whole = decode(Wrapped, document);
  const extras = decode(Extras, document);
  const resume = decode(JsonResume, whole.resume ?? document);
  if (!resume.basics?.name?.trim())
    throw new CandidateFileProblem(
      `The candidate file ${from} has no basics.name: a form can't be filled for nobody.`,
    );
  return applicantOf(resume, {
    book: [...bookOf(extras.answers), ...bookOf(extras.answerBook)],
    choices: choicesOf(extras.choices ?? {}),
    coverLetter: extras.coverLetter ?? "",
    givenName: extras.givenName ?? "",
    familyName: extras.familyName ?? "",
    preferredName: extras.preferredName ?? "",
    company,
  });
}

const said = (value: typeof answer.Type): string =>
  typeof value === "boolean"
    ? value
      ? "Yes"
      : "No"
    : typeof value === "object"
      ? value.join(", ")
      : String(value);

const isList = (book: typeof Book.Type): book is Extract<typeof Book.Type, readonly unknown[]> =>
  Array.isArray(book);

function bookOf(book: typeof Book.Type | null | undefined) {
  if (!book) return [];
  if (isList(book))
    return book.map(({ question, answer: value, company }) => ({
      question,
      answer: said(value),
      ...(company === undefined ? {} : { company }),
    }));
  return Object.entries(book).flatMap(([question, value]) =>
    value === null ? [] : [{ question, answer: said(value) }],
  );
}

/** { workAuthorization: { US: true } } becomes "workAuthorization US": "Yes". */
function choicesOf(choices: typeof Choices.Type): Record<string, string> {
  return Object.fromEntries(
    Object.entries(choices).flatMap(([key, value]): [string, string][] => {
      if (value === null) return [];
      if (typeof value === "object" && !Array.isArray(value))
        return Object.entries(value).map(([country, one]) => [`${key} ${country}`, said(one)]);
      return [[key, said(value as typeof answer.Type)]];
    }),
  );
}
