/** What a machine of the conformance suite is made of. Its events are words; its one task is called `work`. */
import { Schema } from "effect";
import { type AnyStateMachine, setup } from "xstate";
import { task } from "../../../actors/task.ts";

export const Word = Schema.Struct({ type: Schema.String });
export type Word = typeof Word.Type & { readonly output?: unknown; readonly error?: unknown };

/** Heard first: an actor of ours is created by its first message. */
export const beginning = "callboard.begin";

export interface Context {
  readonly count: number;
  readonly list: readonly string[];
}

export interface Case {
  /** The feature of XState that it shows. */
  readonly name: string;
  readonly machine: AnyStateMachine;
  /** The events that a sequence is made of. */
  readonly words: readonly string[];
}

/** The types, the task and the guards that the machines share. */
export const lab = setup({
  types: {
    context: {} as Context,
    events: {} as Word,
    emitted: {} as { type: "said"; what: string },
    output: {} as unknown,
    tags: {} as string,
  },
  actors: { work: task<number, number>() },
  guards: {
    isOdd: ({ context }) => context.count % 2 === 1,
    isSmall: ({ context }) => context.count < 3,
    isThird: ({ context }) => context.count % 3 === 0,
  },
});

export const nothing: Context = { count: 0, list: [] };

/** Says a word outwards, so that the order of actions can be seen. */
export const say = (what: string) => lab.emit({ type: "said", what });
export const count = lab.assign(({ context }) => ({ count: context.count + 1 }));
export const note = (what: string) =>
  lab.assign(({ context }) => ({ list: [...context.list.slice(-9), what] }));
