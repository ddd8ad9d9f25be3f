/** A machine's definition as a chart to draw: its states, and the steps between them. Pure; reads what XState made of it. */
import type { AnyStateMachine, AnyStateNode } from "xstate";
import type { Chart, ChartState, ChartStep } from "../../protocols/inspection.ts";

export function chartOf(machine: AnyStateMachine): Chart {
  const nodes = nodesOf(machine.root);
  return { version: machine.id, states: nodes.map(stateOf), steps: nodes.flatMap(stepsOf) };
}

const pathOf = (node: AnyStateNode) => node.path.join(".");

function nodesOf(node: AnyStateNode): AnyStateNode[] {
  return [node, ...Object.values(node.states).flatMap((child) => nodesOf(child as AnyStateNode))];
}

function stateOf(node: AnyStateNode): ChartState {
  const { parent } = node;
  return {
    path: pathOf(node),
    key: parent ? node.key : node.machine.id,
    parent: parent ? pathOf(parent) : null,
    type: node.type,
    initial: parent?.type === "compound" && parent.initial.target.includes(node),
    tasks: node.invoke.map(({ src }) => String(src)),
  };
}

function stepsOf(node: AnyStateNode): ChartStep[] {
  const from = pathOf(node);
  return [...node.transitions.values()]
    .flat()
    .concat(node.always ?? [])
    .flatMap(({ eventType, target, guard }): ChartStep[] => {
      const step = { from, on: wordsFor(String(eventType)), guard: guardName(guard) };
      return target === undefined || target.length === 0
        ? [{ ...step, to: null }]
        : target.map((to) => ({ ...step, to: pathOf(to as AnyStateNode) }));
    });
}

/** `xstate.after.sayAgain.employee@1.free` -> "after sayAgain", and likewise what tasks and inner states end with. */
function wordsFor(eventType: string): string {
  const after = /^xstate\.after\.([^.]+)\./.exec(eventType)?.[1];
  if (after !== undefined) return `after ${/^\d+$/.test(after) ? `${after} ms` : after}`;
  const [, how, who] = /^xstate\.(done|error)\.actor\.(.+)$/.exec(eventType) ?? [];
  const ended = how === "done" ? "done" : "failed";
  // A task that its author gave no name is called after its place.
  if (who !== undefined) return /^\d+\./.test(who) ? ended : `${who} ${ended}`;
  if (eventType.startsWith("xstate.done.state.")) return "all inside is done";
  return eventType;
}

function guardName(guard: unknown): string | null {
  if (typeof guard === "string") return guard;
  if (typeof guard === "object" && guard !== null && "type" in guard) return String(guard.type);
  // `not("wantsReview")` and its like are functions that know their names.
  if (typeof guard === "function") return "guards" in guard ? combined(guard) : guard.name || "a condition";
  return null;
}

const combined = (guard: { name: string; guards?: unknown }): string =>
  `${guard.name} ${(Array.isArray(guard.guards) ? guard.guards : []).map(guardName).join(", ")}`;

/** The states that a stored snapshot's `value` names: `{ matching: "idle" }` -> `["matching", "matching.idle"]`. */
export function activePaths(value: unknown, above = ""): string[] {
  const below = (key: string) => (above === "" ? key : `${above}.${key}`);
  if (typeof value === "string") return [below(value)];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [below(key), ...activePaths(inner, below(key))]);
}
