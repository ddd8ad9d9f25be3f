/**
 * One candidate: keeps the profile and publishes it for the matchers.
 *
 * Hears  Register (edge, or the local boot at each start)
 * Tells  the record `candidates/<id>`, only where something changed
 * Holds  the profile, to recognise a repeat
 */
import { enqueueActions, setup } from "xstate";
import { encodeToken } from "../../protocols/address.ts";
import type { CandidateMessage, CandidateProfile } from "../../protocols/candidate.ts";
import type { Fact } from "../../protocols/event.ts";
import { buckets } from "../../protocols/subjects.ts";
import type { Heard } from "../heard.ts";
import { record } from "../remote.ts";

interface Context {
  readonly id: string;
  readonly profile: CandidateProfile | null;
}

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
      event.profile.id === context.id && JSON.stringify(event.profile) !== JSON.stringify(context.profile),
  },
}).createMachine({
  id: "candidate@1",
  context: ({ input }) => ({ id: input.id, profile: null }),
  initial: "unknown",
  on: {
    Register: {
      guard: "changed",
      target: ".registered",
      actions: enqueueActions(({ context, event: { profile }, enqueue }) => {
        enqueue.assign({ profile });
        enqueue.sendTo(record(buckets.candidates, encodeToken(context.id)), {
          type: "CandidateProfile",
          ...profile,
        });
        enqueue.emit({ type: "CandidateRegistered", profile });
      }),
    },
  },
  states: { unknown: {}, registered: {} },
});
