/** What can't be kept through a crash is refused when the actor is defined, with the state and the way out in the text. */
import { Schema } from "effect";
import { describe, expect, test } from "vitest";
import {
  assign,
  cancel,
  emit,
  enqueueActions,
  fromPromise,
  raise,
  sendParent,
  sendTo,
  setup,
  spawnChild,
} from "xstate";
import { defineActor } from "./define-actor.ts";
import { remote } from "./remote.ts";
import { task } from "./task.ts";

const message = Schema.Union([Schema.Struct({ type: Schema.Literal("Go") })]);
const base = setup({ types: { events: {} as { type: "Go" } }, actors: { work: task<string, string>() } });
const define = (config: object, tasks: Record<string, object> = { work: {} }) =>
  defineActor({
    kind: "thing",
    message,
    tasks,
    machine: base.createMachine({ id: "thing@1", ...config } as Parameters<typeof base.createMachine>[0]),
  });

test("accepts after, invoke, sendTo, raise, cancel, emit, parallel and history states", () => {
  const machine = {
    type: "parallel",
    states: {
      one: {
        initial: "a",
        states: {
          a: {
            after: { 100: "b" },
            entry: [
              raise({ type: "Go" }, { delay: 5, id: "later" }),
              cancel("later"),
              emit({ type: "Said" }),
            ],
            invoke: { src: "work", onDone: "b", onError: "b" },
          },
          b: { entry: sendTo(remote("other", "x"), { type: "Go" }, { delay: 10 }), on: { Go: "past" } },
          past: { type: "history", history: "deep" },
        },
      },
      two: { entry: [assign({}), enqueueActions(({ enqueue }) => enqueue.raise({ type: "Go" }))] },
    },
  };
  expect(() => define(machine)).not.toThrow();
});

describe("refuses", () => {
  const refused: [string, object, RegExp][] = [
    [
      "an inline function as an action",
      { entry: () => {} },
      /inline function.*sendTo, emit or invoke a task/,
    ],
    ["an action that nobody implements", { exit: "save" }, /"save", which nobody implements/],
    [
      "an inline function in a transition deep inside",
      { initial: "a", states: { a: { on: { Go: { actions: () => {} } } } } },
      /state "thing@1\.a"/,
    ],
    ["inline logic in an invoke", { invoke: { src: fromPromise(async () => 1) } }, /invokes inline logic/],
    ["a spawned child", { entry: spawnChild("work") }, /spawns a child actor/],
    ["a message to a parent", { entry: sendParent({ type: "Go" }) }, /Remote actors are objects/],
    ["a message to a child by name", { entry: sendTo("child", { type: "Go" }) }, /sends to "child"/],
    ["a machine without a version", { id: "thing" }, /no version in its id/],
  ];
  test.each(refused)("%s", (_, config, text) => {
    expect(() => define(config)).toThrow(text);
  });
  test("a task that is not declared", () => {
    expect(() => define({ invoke: { src: "work" } }, {})).toThrow(/no declared task/);
  });
});
