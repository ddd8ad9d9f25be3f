/**
 * What XState offers and we can't keep through a crash is refused when the actor is defined, never ignored:
 * - actions that are plain functions (side effects in the process): say it with sendTo, emit, raise, or invoke a task;
 * - invoked or spawned actors other than declared tasks (child machines, callbacks, observables live in memory);
 * - sendParent and sendTo a child, since there is neither;
 * - a machine without a version in its id.
 * What hides in a closure (enqueueActions, spawn in assign) is caught by the runtime when it shows, as a defect.
 */
import type { AnyStateMachine, AnyStateNode } from "xstate";

interface BuiltIn {
  readonly type: string;
  readonly resolve?: unknown;
  readonly to?: unknown;
}

export function refuseWhatCannotBeDurable(kind: string, machine: AnyStateMachine, tasks: readonly string[]) {
  if (!/^[\w-]+@\d+$/.test(machine.id))
    refuse(
      kind,
      machine.id,
      `has no version in its id. Name the machine "${kind}@1" and count up with each change.`,
    );
  for (const node of nodesOf(machine.root)) {
    const where = `state "${node.id}"`;
    for (const action of actionsOf(node)) refuseAction(kind, machine, where, action);
    for (const invoked of node.invoke) {
      if (typeof invoked.src !== "string" || invoked.src.startsWith("xstate.invoke."))
        refuse(
          kind,
          where,
          "invokes inline logic. Declare it in setup({ actors }) with task() and invoke it by name.",
        );
      else if (!tasks.includes(invoked.src))
        refuse(
          kind,
          where,
          `invokes "${invoked.src}", which is no declared task. Add it to the definition's tasks.`,
        );
    }
  }
}

function refuse(kind: string, where: string, why: string): never {
  throw new Error(`Actor kind "${kind}" can't be made durable: ${where} ${why}`);
}

function nodesOf(node: AnyStateNode): AnyStateNode[] {
  return [node, ...Object.values(node.states).flatMap((child) => nodesOf(child as AnyStateNode))];
}

function actionsOf(node: AnyStateNode): unknown[] {
  const transitions = [...node.transitions.values()].flat().concat(node.always ?? []);
  const initial: readonly unknown[] = node.initial?.actions ?? [];
  return [...node.entry, ...node.exit, ...initial, ...transitions.flatMap((t) => t.actions)];
}

function refuseAction(kind: string, machine: AnyStateMachine, where: string, action: unknown) {
  const name =
    typeof action === "string"
      ? action
      : typeof action === "object" && action !== null && "type" in action && typeof action.type === "string"
        ? action.type
        : undefined;
  const resolved = name === undefined ? action : machine.implementations.actions[name];
  if (resolved === undefined) refuse(kind, where, `names the action "${name}", which nobody implements.`);
  if (!isBuiltIn(resolved))
    refuse(
      kind,
      where,
      `runs ${name === undefined ? "an inline function" : `"${name}"`} as an action. Its effect would be lost or doubled by a crash: use assign, raise, sendTo, emit or invoke a task.`,
    );
  if (resolved.type === "xstate.spawnChild")
    refuse(
      kind,
      where,
      "spawns a child actor. Tell an actor of its own instead: sendTo(remote(kind, id), …).",
    );
  if (resolved.type === "xstate.sendTo" && typeof resolved.to === "string" && resolved.to !== "#_internal")
    refuse(kind, where, `sends to "${resolved.to}". Remote actors are objects: sendTo(remote(kind, id), …).`);
}

function isBuiltIn(action: unknown): action is BuiltIn {
  return typeof action === "function" && "resolve" in action && "type" in action;
}
