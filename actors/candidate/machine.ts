/**
 * One candidate: keeps the profile and publishes it for the matchers.
 *
 * Hears  Register (edge, or the local boot at each start) · LearnAnswers (application) · ReplaceResume (edge)
 * Tells  the record `candidates/<id>`, only where something changed · who asked: Accepted, Rejected
 * Holds  the profile, to recognise a repeat; and apart from it what people answered for the candidate and the résumé they gave
 *        them, so that the boot's next Register does not undo it
 */
import { enqueueActions, setup } from "xstate";
import { encodeToken } from "../../protocols/address.ts";
import type { BookedAnswer, CandidateMessage, CandidateProfile } from "../../protocols/candidate.ts";
import type { Fact } from "../../protocols/event.ts";
import { accepted, rejected } from "../../protocols/rejection.ts";
import { buckets } from "../../protocols/subjects.ts";
import type { Heard } from "../heard.ts";
import { record, reply } from "../remote.ts";
import { forEmployer, learned, merged } from "./answer-book.ts";

interface Context {
  readonly id: string;
  readonly profile: CandidateProfile | null;
  /** Missing in snapshots of before it was kept. */
  readonly taught?: readonly BookedAnswer[];
  /** The résumé version that a person put in the place of the profile's; "" or missing: none. */
  readonly resume?: string;
}

/** With the résumé that counts. */
const current = (profile: CandidateProfile, { resume }: Context): CandidateProfile =>
  resume ? { ...profile, resumeVersion: resume } : profile;

/** The record as the matchers and the bot read it. */
const published = (profile: CandidateProfile, taught: readonly BookedAnswer[]) => ({
  type: "CandidateProfile",
  ...profile,
  answerBook: merged(profile.answerBook, taught),
});

export const candidateMachine = setup({
  types: {
    context: {} as Context,
    events: {} as Heard<CandidateMessage>,
    input: {} as { id: string; at: number },
    emitted: {} as Fact,
  },
  guards: {
    // Compared as text: both were decoded by the same schema, which fixes the order of the keys.
    changed: ({ context, event }) =>
      event.type === "Register" &&
      event.profile.id === context.id &&
      JSON.stringify(event.profile) !== JSON.stringify(context.profile),
  },
}).createMachine({
  id: "candidate@1",
  context: ({ input }) => ({ id: input.id, profile: null, taught: [] }),
  initial: "unknown",
  on: {
    Register: {
      guard: "changed",
      target: ".registered",
      actions: enqueueActions(({ context, event: { profile }, enqueue }) => {
        enqueue.assign({ profile });
        enqueue.sendTo(
          record(buckets.candidates, encodeToken(context.id)),
          published(current(profile, context), context.taught ?? []),
        );
        enqueue.emit({ type: "CandidateRegistered", profile: current(profile, context) });
      }),
    },
    LearnAnswers: {
      actions: enqueueActions(({ context, event: { application, company, answers }, enqueue }) => {
        const before = context.taught ?? [];
        const taught = learned(
          before,
          answers.map((answer) => forEmployer(answer, company)),
        );
        if (JSON.stringify(taught) === JSON.stringify(before)) return;
        enqueue.assign({ taught });
        enqueue.emit({
          type: "AnswersLearned",
          candidate: context.id,
          application,
          questions: answers.map(({ question }) => question),
        });
        if (context.profile !== null)
          enqueue.sendTo(
            record(buckets.candidates, encodeToken(context.id)),
            published(current(context.profile, context), taught),
          );
      }),
    },
    ReplaceResume: {
      actions: enqueueActions(({ context, event: { resumeVersion, by, replyTo }, enqueue }) => {
        if (context.profile === null) {
          enqueue.sendTo(reply(replyTo), rejected("UnknownCandidate", "There is no such candidate."));
          return;
        }
        const before = current(context.profile, context).resumeVersion;
        // Saved twice it is one version, and nothing has happened.
        if (before !== resumeVersion) {
          enqueue.assign({ resume: resumeVersion });
          enqueue.sendTo(
            record(buckets.candidates, encodeToken(context.id)),
            published({ ...context.profile, resumeVersion }, context.taught ?? []),
          );
          enqueue.emit({ type: "ResumeReplaced", candidate: context.id, resumeVersion, before, by });
        }
        enqueue.sendTo(reply(replyTo), accepted);
      }),
    },
  },
  states: { unknown: {}, registered: {} },
});
