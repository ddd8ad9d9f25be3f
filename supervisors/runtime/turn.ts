/**
 * A turn: one or more waiting inputs of one actor, folded through its machine into one new state and everything that it
 * says. Pure but for the ids it makes; nothing is sent here. The committer stores turns; a turn that was not stored
 * leaves no trace.
 */
import type { AnyMachineSnapshot } from "xstate";
import { backoffMs } from "../tree.ts";
import type { ActorRecord, TaskEntry } from "./actor-record.ts";
import type { AlarmChange } from "./alarm.ts";
import type { Delivery, TaskDelivery } from "./delivery.ts";
import { describeError } from "./errors.ts";
import { Fold } from "./fold.ts";
import type { HostedKind } from "./hosted-kind.ts";
import type { MachineLogic } from "./machine-logic.ts";
import type { OutboxMessage } from "./outbox.ts";
import type { Lists } from "./pages.ts";

/** An actor's state in memory: its record, with the snapshot revived. */
export interface ActorState extends Omit<ActorRecord, "snapshot" | "version"> {
  readonly logic: MachineLogic;
  /** Null until the actor's first message has created it. */
  readonly snapshot: AnyMachineSnapshot | null;
  /** The long lists of its context as their pages hold them: a turn keeps them, and they move on when it is stored. */
  readonly paged: Lists;
}

export interface TurnContext {
  readonly kind: HostedKind;
  readonly address: string;
  /** The plain id, decoded. */
  readonly id: string;
  /** Epoch milliseconds: the time of all inputs of this turn. */
  readonly now: number;
  /** Unique in this installation. */
  newId(): string;
}

/** One input that the machine heard, as a step of its trace. */
export interface HeardStep {
  readonly trace: string;
  readonly span: string;
  /** The step that caused it; null where nothing is known of it. */
  readonly parent: string | null;
  /** The event's type. */
  readonly event: string;
  /** The task whose answer it is, with when it ran. */
  readonly task: { readonly src: string; readonly span: string; readonly answer: TaskDelivery } | null;
}

export interface Turn {
  readonly state: ActorState;
  readonly messages: readonly OutboxMessage[];
  readonly alarm: AlarmChange;
  readonly replies: readonly { readonly subject: string; readonly body: string }[];
  /** Tasks to start once the turn is stored, by invoke id. */
  readonly started: readonly (readonly [string, TaskEntry])[];
  /** Ids of tasks to abort. */
  readonly stopped: readonly string[];
  /** Ids of tasks whose answer was heard; one that came too late is not among them. */
  readonly answered: ReadonlySet<string>;
  /** Inputs that this turn settles. The rest waits. */
  readonly consumed: readonly Delivery[];
  /** Set if an input failed and is to be tried again: how long to wait. */
  readonly retryInMs: number | null;
  readonly failure: { readonly name: string; readonly message: string } | null;
  readonly heard: readonly HeardStep[];
  /** How late each timer that fired was, milliseconds. */
  readonly lateMs: readonly number[];
}

export function takeTurn(
  context: TurnContext,
  before: ActorState,
  inputs: readonly Delivery[],
  random = Math.random(),
): Turn {
  const fold = new Fold(context, before);
  const consumed: Delivery[] = [];
  for (const input of inputs) {
    const saved = fold.save();
    try {
      fold.hear(input);
    } catch (error) {
      fold.rollBack(saved);
      const failure = describeError(error);
      const attempts = fold.state.attempts + 1;
      const { policy } = context.kind;
      if (attempts <= policy.restarts) {
        fold.set({ attempts });
        return fold.end(consumed, backoffMs(policy, attempts, random), failure);
      }
      fold.lastResort(input, failure);
    }
    consumed.push(input);
    if (fold.isFull) break;
  }
  return fold.end(consumed, null, null);
}

/** The turn of an input whose outcome can't be stored: a dead letter, and the state as it was. */
export function refuseInput(context: TurnContext, before: ActorState, input: Delivery, error: unknown): Turn {
  const fold = new Fold(context, before);
  fold.lastResort(input, describeError(error));
  return fold.end([input], null, null);
}
