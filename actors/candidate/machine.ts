/**
 * One candidate: keeps the profile and publishes it for the matchers.
 *
 * Hears  Register (edge, or the local boot at each start) · LearnAnswers (application)
 * Tells  the record `candidates/<id>`, only where something changed
 * Holds  the profile, to recognise a repeat; and what people answered for the candidate, apart from it, so that the boot's next
 *        Register does not forget it
 */
import { enqueueActions, setup } from "xstate";
import { encodeToken } from "../../protocols/address.ts";
import type { BookedAnswer, CandidateMessage, CandidateProfile } from "../../protocols/candidate.ts";
import type { Fact } from "../../protocols/event.ts";
import { buckets } from "../../protocols/subjects.ts";
import type { Heard } from "../heard.ts";
import { record } from "../remote.ts";
import { forEmployer, learned, merged } from "./answer-book.ts";

interface Context {
  readonly id: string;
  readonly profile: CandidateProfile | null;
  /** Missing in snapshots of before it was kept. */
  readonly taught?: readonly BookedAnswer[];
}

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
          published(profile, context.taught ?? []),
        );
        enqueue.emit({ type: "CandidateRegistered", profile });
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
            published(context.profile, taught),
          );
      }),
    },
  },
  states: { unknown: {}, registered: {} },
});
