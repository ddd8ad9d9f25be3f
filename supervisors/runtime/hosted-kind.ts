/** A kind as one node hosts it: its definition with the machines made ready, its tasks and its policy. */
import { Schema } from "effect";
import type { ActorDefinition } from "../../actors/define-actor.ts";
import type { SupervisionPolicy } from "../tree.ts";
import { MachineLogic } from "./machine-logic.ts";
import type { TaskImplementation } from "./tasks.ts";

export interface HostedKind {
  readonly definition: ActorDefinition;
  readonly current: MachineLogic;
  /** By version, the current one included. */
  readonly versions: ReadonlyMap<string, MachineLogic>;
  readonly decode: (json: unknown) => { readonly type: string };
  readonly tasks: Readonly<Record<string, TaskImplementation>>;
  readonly policy: SupervisionPolicy;
}

/** @throws Error if the definition declares a task that `tasks` does not bring. */
export function hostKind(
  definition: ActorDefinition,
  policy: SupervisionPolicy,
  tasks: Readonly<Record<string, TaskImplementation>> = {},
): HostedKind {
  for (const name of Object.keys(definition.tasks ?? {}))
    if (!tasks[name])
      throw new Error(`Kind "${definition.kind}" declares the task "${name}": bring it to host this kind.`);
  const current = new MachineLogic(definition.machine);
  const previous = (definition.previous ?? []).map((machine) => new MachineLogic(machine));
  return {
    definition,
    current,
    versions: new Map([...previous, current].map((logic) => [logic.version, logic])),
    decode: Schema.decodeUnknownSync(definition.message),
    tasks,
    policy,
  };
}
