/** Parallel regions, history, final states and output. */
import { type Case, type Context, count, lab, note, nothing, say } from "../case.ts";

const two = (name: string) => ({
  initial: "off",
  states: {
    off: { entry: say(`${name} off`), on: { [`FLIP_${name}`]: "on", BOTH: "on" } },
    on: {
      entry: say(`${name} on`),
      exit: say(`${name} leaves`),
      on: { [`FLIP_${name}`]: "off", BOTH: "off" },
    },
  },
});

const parallel = lab.createMachine({
  id: "parallel@1",
  context: nothing,
  type: "parallel",
  states: { A: two("A"), B: two("B"), C: two("C") },
});

const joined = lab.createMachine({
  id: "joined@1",
  context: nothing,
  initial: "work",
  states: {
    work: {
      type: "parallel",
      onDone: { target: "after", actions: say("both") },
      states: {
        left: {
          initial: "a",
          states: {
            a: { on: { LEFT: "b" } },
            b: { on: { LEFT: "end" } },
            end: { type: "final", entry: say("left ends") },
          },
        },
        right: {
          initial: "a",
          onDone: { actions: note("right") },
          states: { a: { on: { RIGHT: "end" } }, end: { type: "final" } },
        },
      },
    },
    after: { on: { AGAIN: "work" } },
  },
});

const multi = lab.createMachine({
  id: "multi@1",
  context: nothing,
  initial: "idle",
  on: { RESET: ".idle" },
  states: {
    idle: {
      on: {
        GO: { target: ["#multi@1.p.x.two", "#multi@1.p.y.three"] },
      },
    },
    p: {
      type: "parallel",
      on: { NEXT: { target: [".x.one", ".y.one"], actions: count } },
      states: {
        x: {
          initial: "one",
          states: { one: { entry: say("x1") }, two: { entry: say("x2"), on: { STEP: "one" } } },
        },
        y: {
          initial: "one",
          states: { one: { entry: say("y1"), on: { STEP: "three" } }, three: { exit: say("y3 leaves") } },
        },
      },
    },
  },
});

const interrupt = lab.createMachine({
  id: "interrupt@1",
  context: nothing,
  initial: "p",
  states: {
    p: {
      type: "parallel",
      states: {
        x: {
          initial: "one",
          states: { one: { on: { GO: "#interrupt@1.out" } }, two: {} },
          on: { STEP: ".two" },
        },
        y: {
          initial: "one",
          exit: say("y leaves"),
          states: {
            one: { on: { GO: "two" } },
            two: { entry: say("y two"), on: { GO: "#interrupt@1.out" } },
          },
        },
      },
    },
    out: { entry: count, on: { BACK: "p" } },
  },
});

const insides = {
  initial: "one",
  states: {
    one: { on: { NEXT: "two" } },
    two: {
      initial: "inner",
      on: { NEXT: "one" },
      states: { inner: { on: { DEEPER: "deep" } }, deep: { entry: say("deep"), on: { DEEPER: "inner" } } },
    },
  },
} as const;

const shallow = lab.createMachine({
  id: "shallow@1",
  context: nothing,
  initial: "work",
  states: {
    work: { ...insides, states: { ...insides.states, back: { type: "history" } }, on: { PAUSE: "paused" } },
    paused: { on: { RESUME: "work.back", RESTART: "work" } },
  },
});

const deep = lab.createMachine({
  id: "deep@1",
  context: nothing,
  initial: "paused",
  states: {
    work: {
      ...insides,
      states: { ...insides.states, back: { type: "history", history: "deep", target: "two.deep" } },
      on: { PAUSE: "paused" },
    },
    paused: { entry: count, on: { RESUME: "work.back", RESTART: "work" } },
  },
});

const wide = lab.createMachine({
  id: "wide@1",
  context: nothing,
  initial: "work",
  states: {
    work: {
      type: "parallel",
      on: { PAUSE: "paused" },
      states: {
        x: { ...insides },
        y: { initial: "off", states: { off: { on: { FLIP: "on" } }, on: { on: { FLIP: "off" } } } },
        back: { type: "history", history: "deep" },
      },
    },
    paused: { on: { RESUME: "work.back", RESTART: "work" } },
  },
});

const final = lab.createMachine({
  id: "final@1",
  context: nothing,
  initial: "open",
  on: { COUNT: { actions: count } },
  states: {
    open: {
      initial: "a",
      onDone: {
        target: "sum",
        actions: lab.assign(({ event }) => ({ list: [JSON.stringify(event.output)] })),
      },
      states: {
        a: { on: { NEXT: "b", END: "end" } },
        b: { on: { NEXT: "a" } },
        end: {
          type: "final",
          output: ({ context }: { context: { count: number } }) => ({ counted: context.count }),
        },
      },
      on: { ABORT: "over" },
    },
    sum: { on: { NEXT: "open", END: "over" } },
    over: { type: "final", entry: say("over") },
  },
  output: ({ context }: { context: Context }) => ({ total: context.count, list: context.list }),
});

export const regions: readonly Case[] = [
  { name: "parallel regions", machine: parallel, words: ["FLIP_A", "FLIP_B", "FLIP_C", "BOTH"] },
  { name: "onDone of a parallel state", machine: joined, words: ["LEFT", "RIGHT", "AGAIN"] },
  { name: "several targets", machine: multi, words: ["GO", "NEXT", "STEP", "RESET"] },
  { name: "a region that leaves the parallel state", machine: interrupt, words: ["GO", "STEP", "BACK"] },
  { name: "shallow history", machine: shallow, words: ["NEXT", "DEEPER", "PAUSE", "RESUME", "RESTART"] },
  {
    name: "deep history with a default",
    machine: deep,
    words: ["NEXT", "DEEPER", "PAUSE", "RESUME", "RESTART"],
  },
  {
    name: "deep history over parallel regions",
    machine: wide,
    words: ["NEXT", "DEEPER", "FLIP", "PAUSE", "RESUME", "RESTART"],
  },
  { name: "final states with output", machine: final, words: ["COUNT", "NEXT", "END", "ABORT"] },
];
