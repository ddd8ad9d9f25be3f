/** The pulse kind: one actor, `pulse.main`. */
import { ReaderMessage } from "../../protocols/read-models.ts";
import { defineActor } from "../define-actor.ts";
import { pulseMachine } from "./machine.ts";

export const pulseActor = defineActor({
  kind: "pulse",
  machine: pulseMachine,
  message: ReaderMessage,
  tasks: { readFacts: { retries: 0, timeoutMs: 60_000 } },
});
