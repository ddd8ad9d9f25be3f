/** The dispatcher kind: one actor per review queue, its id the queue's name. */
import { DispatcherMessage } from "../../protocols/dispatcher.ts";
import { defineActor } from "../define-actor.ts";
import { dispatcherMachine } from "./machine.ts";

export const dispatcherActor = defineActor({
  kind: "dispatcher",
  machine: dispatcherMachine,
  message: DispatcherMessage,
  tasks: {
    takeReview: {
      // It waits until there is a review; the machine backs off by itself.
      timeoutMs: 24 * 3_600_000,
      retries: 0,
      // One per queue, all waiting at once.
      concurrency: 1_000,
    },
  },
});
