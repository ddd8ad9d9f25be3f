/**
 * Makes an XState machine of an SCXML document, as far as the two mean the same: states, parallel, history, final, transitions, raise,
 * delayed send, cancel, assign and conditions in ECMAScript. What else a document asks for is refused by name.
 */
import { parseDocument } from "htmlparser2";
import { assign, cancel, createMachine, raise } from "xstate";
import { beginning } from "../case.ts";

/** The document asks for something that has no counterpart here. */
export class NotHere extends Error {}

interface Element {
  readonly name: string;
  readonly attribs: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
}
type Data = Record<string, unknown>;
type Event = { readonly type: string };

const isElement = (node: { readonly type: string }) => node.type === "tag" || node.type === "script";
const local = (name: string) => name.replace(/^[a-z]+:/, "");

function elementsOf(node: unknown): Element[] {
  const { children = [] } = node as { children?: readonly { type: string; name: string; attribs: Data }[] };
  return children.filter(isElement).map((child) => ({
    name: local(child.name),
    attribs: child.attribs as Record<string, string>,
    children: elementsOf(child),
  }));
}

/** The value of an expression over the data and the event at hand. The documents are a test suite's own. */
function evaluate(expression: string, data: Data, event: Event): unknown {
  const scope = { ...data, _event: { name: event.type } };
  return new Function(...Object.keys(scope), `"use strict"; return (${expression});`)(
    ...Object.values(scope),
  );
}

const milliseconds = (delay: string): number => {
  const found = /^(\d*\.?\d+)(ms|s)$/.exec(delay);
  if (!found) throw new NotHere(`delay ${delay}`);
  return Number(found[1]) * (found[2] === "s" ? 1_000 : 1);
};

function actionsOf(content: readonly Element[]): unknown[] {
  return content.flatMap(({ name, attribs, children }): unknown[] => {
    const { event = "", delay, id, sendid, location = "", expr } = attribs;
    switch (name) {
      case "log":
        return [];
      case "raise":
        return [raise({ type: event } as never)];
      case "send":
        // Without a delay it would have to wait for the internal events, which a raise does not.
        if (!event || !delay || attribs.target || children.length > 0) throw new NotHere("send");
        return [
          raise({ type: event } as never, { delay: milliseconds(delay), ...(id ? { id } : {}) } as never),
        ];
      case "cancel":
        if (!sendid) throw new NotHere("cancel by expression");
        return [cancel(sendid)];
      case "assign":
        if (!expr) throw new NotHere("assign of content");
        return [
          assign(({ context, event: heard }) => ({
            [location]: evaluate(expr, context as Data, heard as Event),
          })),
        ];
      default:
        throw new NotHere(name);
    }
  });
}

function transitionOf({ attribs, children }: Element) {
  const { target, cond, type } = attribs;
  if (cond && /\b(In|_sessionid|_name|_ioprocessors|_x)\b/.test(cond)) throw new NotHere("cond");
  return {
    ...(target
      ? {
          target: target
            .trim()
            .split(/\s+/)
            .map((id) => `#${id}`),
          reenter: type !== "internal",
        }
      : {}),
    // The message that creates an actor of ours is no event of the document.
    guard: ({ context, event }: { context: unknown; event: Event }) =>
      event.type !== beginning && (!cond || Boolean(evaluate(cond, context as Data, event))),
    actions: actionsOf(children),
  };
}

function transitionsOf(transitions: readonly Element[]) {
  const always: unknown[] = [];
  const on: Record<string, unknown[]> = {};
  for (const transition of transitions) {
    const { event } = transition.attribs;
    if (!event) {
      const { guard, ...rest } = transitionOf(transition) as { guard: unknown };
      const { cond } = transition.attribs;
      always.push(cond ? { ...rest, guard: eventless(cond) } : rest);
      continue;
    }
    for (const word of event.trim().split(/\s+/)) {
      const name = word.replace(/\.\*?$/, "");
      const key = name === "*" ? "*" : `${name}.*`; // A name stands for all that begin with it.
      on[key] = [...(on[key] ?? []), transitionOf(transition)];
    }
  }
  return { always, on };
}
const eventless =
  (cond: string) =>
  ({ context, event }: { context: unknown; event: Event }) =>
    Boolean(evaluate(cond, context as Data, event));

let unnamed = 0;
const kinds = new Set(["state", "parallel", "final", "history"]);

function stateOf(element: Element, initialId: string | undefined): Record<string, unknown> {
  const { children, name } = element;
  const of = (wanted: string) => children.filter((child) => child.name === wanted);
  const entry = actionsOf(of("onentry").flatMap((one) => one.children));
  const exit = actionsOf(of("onexit").flatMap((one) => one.children));
  for (const other of ["invoke", "donedata", "script"]) if (of(other).length > 0) throw new NotHere(other);
  const states = children
    .filter((child) => kinds.has(child.name))
    .map((child) => {
      const id = child.attribs.id ?? `unnamed${unnamed++}`;
      return [id, stateNamed(id, child)] as const;
    });
  const transitions = transitionsOf(of("transition"));
  const [initial] = of("initial").flatMap((one) => one.children);
  if (initial && initial.children.length > 0) throw new NotHere("actions of an initial transition");
  const first =
    initialId ?? initial?.attribs.target ?? states.find(([, state]) => state.type !== "history")?.[0];
  if (first && states.length > 0 && !states.some(([id]) => id === first)) throw new NotHere("deep initial");
  return {
    ...(name === "parallel" ? { type: "parallel" } : name === "final" ? { type: "final" } : {}),
    entry,
    exit,
    ...(name === "final" ? {} : transitions),
    ...(states.length > 0 ? { states: Object.fromEntries(states) } : {}),
    ...(states.length > 0 && name !== "parallel" ? { initial: first } : {}),
  };
}

function stateNamed(id: string, element: Element): Record<string, unknown> {
  if (element.name !== "history") return { id, ...stateOf(element, element.attribs.initial) };
  const [fallback] = element.children;
  if (fallback && fallback.children.length > 0) throw new NotHere("actions of a history's transition");
  const target = fallback?.attribs.target;
  return {
    id,
    type: "history",
    history: element.attribs.type ?? "shallow",
    ...(target ? { target: `#${target}` } : {}),
  };
}

/** @throws NotHere where the document asks for more than has a counterpart. */
export function machineFromScxml(text: string) {
  const [root] = elementsOf(parseDocument(text, { xmlMode: true }));
  if (root?.name !== "scxml") throw new NotHere("no SCXML");
  const data: Data = {};
  for (const { attribs } of root.children
    .filter(({ name }) => name === "datamodel")
    .flatMap((one) => one.children)) {
    if (attribs.src) throw new NotHere("data from elsewhere");
    data[attribs.id ?? ""] = attribs.expr ? evaluate(attribs.expr, data, { type: "" }) : null;
  }
  const config = { ...stateOf(root, root.attribs.initial), id: "scxml@1", context: data };
  return createMachine(config as never);
}
