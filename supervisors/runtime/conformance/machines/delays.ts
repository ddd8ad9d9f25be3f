/** Time: `after`, delayed raise and sendTo, cancel. All delays are multiples of ten milliseconds. */
import { type Case, type Context, count, lab, note, nothing, say } from "../case.ts";

const after = lab.createMachine({
  id: "after@1",
  context: nothing,
  initial: "wait",
  states: {
    wait: {
      after: { 30: { target: "late", actions: say("thirty") } },
      on: { NEXT: "other", AGAIN: { target: "wait", reenter: true } },
    },
    late: { entry: count, after: { 20: "wait" }, on: { NEXT: "other" } },
    other: { on: { NEXT: "wait" } },
  },
});

const nested = lab.createMachine({
  id: "nested@1",
  context: nothing,
  initial: "outer",
  states: {
    outer: {
      initial: "a",
      after: { 50: { target: "over", actions: say("outer over") } },
      on: { RESET: { target: "outer", reenter: true } },
      states: {
        a: { after: { 20: "b" }, on: { NEXT: "b" } },
        b: { entry: say("b"), after: { 20: { target: "a", actions: count } } },
      },
    },
    over: { after: { 10: "outer" }, on: { RESET: "outer" } },
  },
});

const several = lab.createMachine({
  id: "several@1",
  context: nothing,
  initial: "a",
  on: { COUNT: { actions: count } },
  states: {
    a: {
      after: {
        10: { guard: "isOdd", target: "b" },
        20: [{ guard: "isThird", target: "c" }, { actions: say("twenty, stays") }],
        40: "c",
      },
    },
    b: { after: { 10: "a" }, on: { BACK: "a" } },
    c: { on: { BACK: "a" } },
  },
});

const reckoned = lab
  .createMachine({
    id: "reckoned@1",
    context: nothing,
    initial: "a",
    on: { COUNT: { actions: count } },
    states: {
      a: { after: { growing: { target: "b", actions: note("grown") } } },
      b: { after: { 10: "a" }, on: { BACK: "a" } },
    },
  })
  .provide({
    delays: { growing: ({ context }: { context: { count: number } }) => 10 * ((context.count % 4) + 1) },
  });

const raised = lab.createMachine({
  id: "raised@1",
  context: nothing,
  on: {
    LATER: { actions: [lab.cancel("bell"), lab.raise({ type: "RING" }, { delay: 20, id: "bell" })] },
    // Two under one id. (Cancelled by that id after the first rang, the second still rings in XState: not ours to copy.)
    GONG: { actions: lab.raise({ type: "RING" }, { delay: 20, id: "gong" }) },
    MUCH_LATER: { actions: lab.raise({ type: "RING" }, { delay: 50, id: "gong" }) },
    NAMELESS: { actions: lab.raise({ type: "RING" }, { delay: 20 }) },
    NOW: { actions: [lab.raise({ type: "RING" }), say("said before the ring")] },
    STOP: { actions: lab.cancel("bell") },
    RING: { actions: [count, say("ring")] },
  },
});

const toSelf = lab.createMachine({
  id: "toself@1",
  context: nothing,
  initial: "a",
  on: { RING: { actions: [count, say("ring")] } },
  states: {
    a: {
      entry: lab.sendTo(({ self }) => self, { type: "RING" }, { delay: 30, id: "bell" }),
      exit: lab.cancel("bell"),
      on: { NEXT: "b", KEEP: { target: "c" } },
    },
    b: { on: { NEXT: "a" }, after: { 20: "a" } },
    c: { on: { NEXT: { target: "a", actions: lab.sendTo(({ self }) => self, { type: "RING" }) } } },
  },
});

const queue = lab.createMachine({
  id: "queue@1",
  context: nothing,
  initial: "a",
  states: {
    a: {
      on: {
        GO: {
          actions: [
            lab.sendTo(({ self }) => self, { type: "SENT" }),
            lab.raise({ type: "RAISED" }),
            say("go"),
          ],
        },
        RAISED: { actions: [say("raised"), lab.raise({ type: "TWICE" })] },
        TWICE: { target: "b", actions: say("twice") },
        SENT: { actions: say("sent in a") },
      },
    },
    b: { on: { SENT: { target: "a", actions: [say("sent in b"), count] }, GO: "a" } },
  },
});

const early = lab.createMachine({
  id: "early@1",
  context: nothing,
  initial: "a",
  entry: [lab.sendTo(({ self }) => self, { type: "SENT" }), lab.raise({ type: "RAISED" })],
  states: {
    a: { on: { SENT: { target: "b", actions: say("sent") }, RAISED: { actions: say("raised") } } },
    b: {
      on: {
        SENT: { actions: count },
        GO: { target: "a", actions: lab.sendTo(({ self }) => self, { type: "SENT" }) },
      },
    },
  },
});

const regions = lab.createMachine({
  id: "ticking@1",
  context: nothing,
  type: "parallel",
  states: {
    x: {
      initial: "a",
      states: {
        a: { after: { 20: "b" } },
        b: { entry: say("x"), after: { 20: "a" }, on: { STOP: "c" } },
        c: { on: { GO: "a" } },
      },
    },
    y: {
      initial: "a",
      states: {
        a: { after: { 30: { target: "b", actions: lab.raise({ type: "STOP" }) } } },
        b: { entry: count, on: { GO: "a" } },
      },
    },
  },
});

const ends = lab.createMachine({
  id: "ends@1",
  context: nothing,
  initial: "a",
  entry: lab.raise({ type: "RING" }, { delay: 60 }),
  on: { RING: { actions: say("ring") }, COUNT: { actions: count } },
  states: {
    a: { after: { 40: "end" }, on: { NEXT: "b", END: "end" } },
    b: { on: { NEXT: "a", END: "end" } },
    end: { type: "final" },
  },
  output: ({ context }: { context: Context }) => context.count,
});

export const delays: readonly Case[] = [
  { name: "after, begun anew with the state", machine: after, words: ["NEXT", "AGAIN"] },
  { name: "after within after", machine: nested, words: ["NEXT", "RESET"] },
  { name: "several delays of one state, with guards", machine: several, words: ["COUNT", "BACK"] },
  { name: "a delay reckoned from the context", machine: reckoned, words: ["COUNT", "BACK"] },
  {
    name: "delayed raise, cancel, one id for two",
    machine: raised,
    words: ["LATER", "GONG", "MUCH_LATER", "NAMELESS", "NOW", "STOP"],
  },
  { name: "delayed sendTo itself, cancelled on exit", machine: toSelf, words: ["NEXT", "KEEP"] },
  { name: "raised before sent to itself before what comes from outside", machine: queue, words: ["GO"] },
  { name: "sent to itself by being created", machine: early, words: ["GO", "SENT"] },
  { name: "timers in parallel regions", machine: regions, words: ["GO", "STOP"] },
  { name: "timers of a machine that has ended", machine: ends, words: ["NEXT", "END", "COUNT"] },
];
