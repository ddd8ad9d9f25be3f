/** The candidate kind: one actor per person who looks for work. */
import { CandidateMessage } from "../../protocols/candidate.ts";
import { defineActor } from "../define-actor.ts";
import { candidateMachine } from "./machine.ts";

export const candidateActor = defineActor({
  kind: "candidate",
  machine: candidateMachine,
  message: CandidateMessage,
});
