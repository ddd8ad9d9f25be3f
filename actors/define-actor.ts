/** The public surface for a kind's author: one call that ties machine, messages, tasks and evolution together. */
import type { Schema } from "effect";
import type { AnyStateMachine } from "xstate";
import { refuseWhatCannotBeDurable } from "./durable.ts";

/** How often a task that throws is tried again before the machine hears `onError`. Times in milliseconds. */
export interface TaskPolicy {
  /** Further tries after the first; 0 = none. */
  readonly retries: number;
  readonly minBackoffMs: number;
  readonly maxBackoffMs: number;
  /** A try that takes longer is aborted and counts as failed. */
  readonly timeoutMs: number;
  /** How many run at once on one node; the rest waits in order. */
  readonly concurrency: number;
}

export const defaultTaskPolicy: TaskPolicy = {
  retries: 2,
  minBackoffMs: 250,
  maxBackoffMs: 10_000,
  timeoutMs: 120_000,
  concurrency: 64,
};

/** Messages of another stream that this kind hears as mail. */
export interface Feed {
  readonly stream: string;
  readonly filter: string;
  /** The id of the actor a message goes to. Throws on a message that no actor can hear: it becomes a dead letter. */
  readonly route: (message: unknown) => string;
}

export interface ActorDefinition {
  readonly kind: string;
  /** Its id is its version, `<kind>@<n>`. Plain XState, pure. Input: `{ id, at }` and `settings`. */
  readonly machine: AnyStateMachine;
  /** Every message is decoded with it before the machine hears it. */
  readonly message: Schema.Codec<{ readonly type: string }, unknown>;
  /** Joined to the machine's input when an actor is created. */
  readonly settings?: Record<string, unknown>;
  /** The tasks that the machine invokes, by the name of their `src`. */
  readonly tasks?: Readonly<Record<string, Partial<TaskPolicy>>>;
  readonly feeds?: readonly Feed[];
  /**
   * Lists in the machine's context that may grow long, each with the field that tells its items apart: they are stored in pages of
   * their own, so that a turn writes only what it changed. Their order is not kept, and an item that changes is a new object.
   */
  readonly collections?: Readonly<Record<string, string>>;
  /** Everything that an actor of this kind says belongs to the trace of its first message, whoever it answers. */
  readonly oneTrace?: boolean;
  /** Older versions whose snapshots may still be met. They go on with their own definition unless `migrate` is given. */
  readonly previous?: readonly AnyStateMachine[];
  /**
   * Carries a persisted snapshot of an older version over to `machine`. Timers, running tasks and history are carried over by the
   * runtime, as long as the states that they belong to keep their names.
   */
  readonly migrate?: (persisted: unknown, from: string) => unknown;
}

/**
 * Checks a definition and returns it.
 * @throws Error that names the state and the feature if the machine asks for something that can't be made durable.
 */
export function defineActor(definition: ActorDefinition): ActorDefinition {
  const tasks = Object.keys(definition.tasks ?? {});
  for (const machine of [definition.machine, ...(definition.previous ?? [])])
    refuseWhatCannotBeDurable(definition.kind, machine, tasks);
  return definition;
}
