/** What a candidate actor hears, and the profile that it publishes to the KV bucket `candidates`. */
import { Schema } from "effect";

/** An answer the candidate gave once for a question that forms ask. `question` is matched by its normalised words. */
export const BookedAnswer = Schema.Struct({
  question: Schema.String,
  answer: Schema.String,
  /** The employer that it was written for; others don't get it. */
  company: Schema.optional(Schema.String),
});
export type BookedAnswer = typeof BookedAnswer.Type;

/** Who looks for work, where, and which résumé version speaks for them until a reviewer writes a better one. */
export const CandidateProfile = Schema.Struct({
  id: Schema.String,
  name: Schema.String,
  email: Schema.String,
  phone: Schema.String,
  region: Schema.String,
  /** Words of the titles looked for; a posting that shares none is not scored for this candidate. */
  search: Schema.Array(Schema.String),
  /** Key `<candidate>/<version>` in the object store `resumes`. */
  resumeVersion: Schema.String,
  answerBook: Schema.Array(BookedAnswer),
  /** What they chose for questions that nobody may guess, by what it is about: "gender", "sponsorship", "work authorization US". */
  choices: Schema.optional(Schema.Record(Schema.String, Schema.String)),
  /** Text; goes along where a form has room for it. */
  coverLetter: Schema.optional(Schema.String),
});
export type CandidateProfile = typeof CandidateProfile.Type;

export const CandidateMessage = Schema.Union([
  /** edge or the local boot: a new candidate, or a changed profile. */
  Schema.Struct({ type: Schema.Literal("Register"), profile: CandidateProfile }),
  /** application: a person has answered what a form asked. */
  Schema.Struct({
    type: Schema.Literal("LearnAnswers"),
    application: Schema.String,
    company: Schema.String,
    answers: Schema.Array(BookedAnswer),
  }),
  /** edge: a manager has put another résumé in the place of the one that the candidate came with. Answered with `CommandReply`. */
  Schema.Struct({
    type: Schema.Literal("ReplaceResume"),
    resumeVersion: Schema.String,
    by: Schema.String,
    replyTo: Schema.optional(Schema.String),
  }),
]).pipe(Schema.toTaggedUnion("type"));
export type CandidateMessage = typeof CandidateMessage.Type;
