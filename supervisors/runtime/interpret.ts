/** XState actions -> what they ask for, as data. One case each; what we can't make durable is a defect, never ignored. */
import type { EventObject } from "xstate";
import { isTarget, type Target } from "../../protocols/target.ts";
import { MachineDefect } from "./errors.ts";
import type { MachineLogic, RequestedAction } from "./machine-logic.ts";

export type Effect =
  | { readonly type: "send"; readonly target: Target; readonly message: EventObject }
  | { readonly type: "emit"; readonly fact: EventObject }
  /** A timer: at its time the actor hears `event`, or `target` is told it. */
  | {
      readonly type: "schedule";
      readonly sendId: string | undefined;
      readonly event: EventObject;
      readonly delayMs: number;
      readonly target: Target | null;
    }
  /** To itself at once: heard behind the event in hand. */
  | { readonly type: "hear"; readonly event: EventObject }
  | { readonly type: "cancel"; readonly sendId: string }
  | { readonly type: "invoke"; readonly id: string; readonly src: string; readonly input: unknown }
  | { readonly type: "stop"; readonly id: string }
  | { readonly type: "log"; readonly label: string | undefined; readonly value: unknown };

interface SendParams {
  readonly to: unknown;
  readonly event: EventObject;
  readonly id?: string;
  readonly delay?: number;
}

/** @throws MachineDefect on what has no durable meaning. */
export function interpret(address: string, logic: MachineLogic, action: RequestedAction): Effect | null {
  switch (action.type) {
    case "xstate.sendTo":
      return interpretSend(address, logic, action.params as SendParams);
    case "xstate.raise": {
      const { event, id, delay } = action.params as { event: EventObject; id?: string; delay?: number };
      // Without a delay it was heard within this very transition.
      return delay === undefined
        ? null
        : { type: "schedule", sendId: id, event, delayMs: delay, target: null };
    }
    case "xstate.cancel":
      return { type: "cancel", sendId: String((action.params as { sendId: unknown }).sendId) };
    case "xstate.emit":
      return { type: "emit", fact: (action.params as { event: EventObject }).event };
    case "xstate.spawnChild": {
      const { id, src, input } = action.params as { id: string; src: unknown; input: unknown };
      if (typeof src === "string") return { type: "invoke", id, src, input };
      throw new MachineDefect({
        address,
        message: `It spawned inline logic ("${id}"), which would be lost in a crash.`,
      });
    }
    case "xstate.stopChild":
      return { type: "stop", id: (action.params as { id?: string } | undefined)?.id ?? "" };
    case "xstate.log": {
      const { label, value } = action.params as { label?: string; value: unknown };
      return { type: "log", label, value };
    }
    default:
      throw new MachineDefect({
        address,
        message: `It asked for the action "${action.type}", whose effect would be lost or doubled by a crash.`,
      });
  }
}

function interpretSend(address: string, logic: MachineLogic, { to, event, id, delay }: SendParams): Effect {
  const target = isTarget(to) ? to : null;
  if (target === null && !logic.isSelf(to))
    throw new MachineDefect({
      address,
      message: `It sent "${event.type}" to a child or parent actor; it has none.`,
    });
  if (target !== null && delay === undefined) return { type: "send", target, message: event };
  if (delay === undefined) return { type: "hear", event };
  return { type: "schedule", sendId: id, event, delayMs: delay, target };
}
