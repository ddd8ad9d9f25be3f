/** The dispatcher kind: one actor per review queue, its id the queue's name. */
import { DispatcherMessage } from "../../protocols/dispatcher.ts";
import { defaultQueueSettings, type QueueSettings } from "../../protocols/queue-settings.ts";
import { defineActor } from "../define-actor.ts";
import { createDispatcherMachine } from "./machine.ts";
import { freed } from "./round-robin.ts";

/** What came to be since version 1, where hands said no more than their name. */
const migrate = (persisted: unknown): unknown => {
  const { value, context, ...rest } = persisted as {
    value: object;
    context: { hands: readonly { employee: string; lastAssignedAt: number; free: boolean }[] };
  };
  const since = { window: [], live: [], settings: null, version: 0, paused: null };
  const hands = context.hands.map((hand) => ({ ...freed([], hand)[0], ...hand }));
  return { ...rest, value: { window: "empty", ...value }, context: { ...since, ...context, hands } };
};

/** @param settings the numbers that hold until a manager sets others */
export const dispatcherActor = (settings: QueueSettings = defaultQueueSettings) =>
  defineActor({
    kind: "dispatcher",
    machine: createDispatcherMachine(settings),
    message: DispatcherMessage,
    collections: { hands: "employee", live: "application" },
    tasks: {
      takeReview: {
        // It waits until there is a review; the machine backs off by itself.
        timeoutMs: 24 * 3_600_000,
        retries: 0,
        // One per queue, all waiting at once.
        concurrency: 1_000,
      },
    },
    migrate,
  });
