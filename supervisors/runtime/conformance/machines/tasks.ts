/** Invoked tasks: done, error, stopped with their state, run anew, several at once. */
import { assign } from "xstate";
import { type Case, type Context, count, lab, note, nothing, say } from "../case.ts";

const once = lab.createMachine({
  id: "once@1",
  context: nothing,
  initial: "idle",
  states: {
    idle: { on: { GO: "busy" } },
    busy: {
      invoke: {
        id: "job",
        src: "work",
        input: ({ context }) => context.count,
        onDone: { target: "good", actions: assign({ count: ({ event }) => event.output }) },
        onError: { target: "bad", actions: say("failed") },
      },
      on: { STOP: "idle" },
    },
    good: { entry: say("done"), on: { GO: "busy" } },
    bad: { entry: count, on: { GO: "busy", STOP: "idle" } },
  },
});

const anew = lab.createMachine({
  id: "anew@1",
  context: nothing,
  initial: "busy",
  states: {
    busy: {
      invoke: {
        id: "job",
        src: "work",
        input: 1,
        onDone: { actions: [count, say("done")] },
        onError: { target: "busy", reenter: true },
      },
      initial: "a",
      on: { AGAIN: { target: "busy", reenter: true }, INNER: { target: ".b" } },
      states: { a: {}, b: { on: { INNER: "a" } } },
    },
  },
});

const both = lab.createMachine({
  id: "both@1",
  context: nothing,
  type: "parallel",
  states: {
    x: {
      initial: "busy",
      states: {
        busy: { invoke: { id: "left", src: "work", input: 1, onDone: "end", onError: "off" } },
        off: { on: { GO: "busy" } },
        end: { type: "final" },
      },
    },
    y: {
      initial: "busy",
      states: {
        busy: {
          invoke: {
            id: "right",
            src: "work",
            input: 2,
            onDone: { target: "end", actions: note("right") },
            onError: "off",
          },
          on: { STOP: "off" },
        },
        off: { on: { GO: "busy" } },
        end: { type: "final" },
      },
    },
  },
  output: ({ context }: { context: Context }) => context.list,
});

const two = lab.createMachine({
  id: "two@1",
  context: nothing,
  initial: "busy",
  states: {
    busy: {
      invoke: [
        {
          id: "first",
          src: "work",
          input: 1,
          onDone: { actions: say("first") },
          onError: { actions: say("first failed") },
        },
        { id: "second", src: "work", input: 2, onDone: "calm", onError: "calm" },
      ],
    },
    calm: { on: { GO: "busy" } },
  },
});

const race = lab.createMachine({
  id: "race@1",
  context: nothing,
  initial: "busy",
  states: {
    busy: {
      invoke: {
        id: "job",
        src: "work",
        input: 0,
        onDone: "good",
        onError: [{ guard: "isSmall", target: "again", actions: count }, { target: "over" }],
      },
      after: { 30: { target: "again", actions: say("too slow") } },
    },
    again: { after: { 20: "busy" }, on: { STOP: "over" } },
    good: { on: { GO: "busy" } },
    over: { type: "final" },
  },
  output: ({ context }: { context: Context }) => ({ tries: context.count }),
});

const nameless = lab.createMachine({
  id: "nameless@1",
  context: nothing,
  initial: "busy",
  states: {
    busy: {
      invoke: {
        src: "work",
        input: 3,
        onDone: { target: "calm", actions: lab.raise({ type: "RING" }, { delay: 10 }) },
        onError: "calm",
      },
    },
    calm: { on: { RING: { target: "busy", actions: count }, GO: "busy" } },
  },
});

const unheard = lab.createMachine({
  id: "unheard@1",
  context: nothing,
  initial: "busy",
  on: { "xstate.done.actor.job": { actions: say("heard at the root") } },
  states: {
    busy: { invoke: { id: "job", src: "work", input: 1, onError: "calm" }, on: { STOP: "calm" } },
    calm: { on: { GO: "busy" } },
  },
});

export const tasks: readonly Case[] = [
  { name: "invoke: done, error, stopped", machine: once, words: ["GO", "STOP"] },
  { name: "invoke: run anew when its state is entered again", machine: anew, words: ["AGAIN", "INNER"] },
  { name: "invoke in parallel regions", machine: both, words: ["GO", "STOP"] },
  { name: "two invocations of one state", machine: two, words: ["GO"] },
  { name: "invoke against a timer", machine: race, words: ["GO", "STOP"] },
  { name: "invoke without an id", machine: nameless, words: ["GO"] },
  { name: "the answer heard by a parent state", machine: unheard, words: ["GO", "STOP"] },
];
