/** Which transition is taken, and in which order its actions run. */
import { and, not, or, stateIn } from "xstate";
import { type Case, count, lab, note, nothing, say } from "../case.ts";

const order = lab.createMachine({
  id: "order@1",
  context: nothing,
  initial: "a",
  entry: say("enter root"),
  states: {
    a: {
      entry: say("enter a"),
      exit: say("exit a"),
      initial: "one",
      states: {
        one: { entry: say("enter one"), exit: say("exit one"), on: { NEXT: "two" } },
        two: {
          entry: [say("enter two"), count],
          exit: say("exit two"),
          on: { NEXT: { target: "#order@1.b", actions: say("a to b") } },
        },
      },
    },
    b: {
      entry: say("enter b"),
      exit: say("exit b"),
      on: { NEXT: { target: "a.two", actions: say("b to two") } },
    },
  },
});

const reentry = lab.createMachine({
  id: "reentry@1",
  context: nothing,
  initial: "a",
  states: {
    a: {
      initial: "one",
      entry: say("enter a"),
      exit: say("exit a"),
      on: {
        INNER: { target: ".two", actions: say("inner") },
        OUTER: { target: ".two", reenter: true, actions: say("outer") },
        SELF: { target: "a", actions: say("self") },
        AGAIN: { target: "a", reenter: true, actions: count },
        STAY: { actions: [say("stay"), count] },
      },
      states: {
        one: { exit: say("exit one"), on: { NEXT: "two" } },
        two: { entry: say("enter two"), exit: say("exit two"), on: { NEXT: "one" } },
      },
    },
  },
});

const wildcard = lab.createMachine({
  id: "wildcard@1",
  context: nothing,
  initial: "open",
  on: { "*": { actions: say("root any") }, "order.*": { actions: say("root order") } },
  states: {
    open: {
      on: {
        "order.placed": { target: "shut", actions: say("placed") },
        "order.*": { actions: say("some order") },
        FORBIDDEN: {},
        NEXT: "shut",
      },
    },
    shut: { on: { "*": { target: "open", actions: count }, FORBIDDEN: undefined, "order.placed": {} } },
  },
});

const guards = lab.createMachine({
  id: "guards@1",
  context: nothing,
  type: "parallel",
  states: {
    lamp: { initial: "off", states: { off: { on: { FLIP: "on" } }, on: { on: { FLIP: "off" } } } },
    path: {
      initial: "a",
      on: { COUNT: { actions: count } },
      states: {
        a: {
          on: {
            GO: [
              { guard: and(["isOdd", stateIn({ lamp: "on" })]), target: "b", actions: say("odd and on") },
              { guard: or(["isThird", not("isSmall")]), target: "c", actions: say("third or large") },
              { actions: say("neither") },
            ],
          },
        },
        b: { on: { GO: { guard: not("isOdd"), target: "a" } } },
        c: { on: { GO: [{ guard: ({ context }) => context.count > 5, target: "b" }, { target: "a" }] } },
      },
    },
  },
});

const eventless = lab.createMachine({
  id: "eventless@1",
  context: nothing,
  initial: "a",
  states: {
    a: {
      on: { COUNT: { actions: count } },
      always: [
        { guard: ({ context }) => context.count >= 4, target: "b", actions: say("four") },
        { guard: "isOdd", target: "odd" },
      ],
    },
    odd: { entry: say("odd"), always: { target: "a", actions: count } },
    b: {
      initial: "first",
      states: {
        first: { always: "second" },
        second: { entry: note("second"), on: { COUNT: "third" } },
        third: {},
      },
      on: { RESET: { target: "a", actions: lab.assign({ count: 0 }) } },
    },
  },
});

const loop = lab.createMachine({
  id: "loop@1",
  context: nothing,
  initial: "idle",
  states: {
    idle: { on: { COUNT: "filling" } },
    filling: {
      always: [
        {
          guard: ({ context }) => context.list.length < 5,
          actions: note("x"),
          target: "filling",
          reenter: true,
        },
        { target: "full" },
      ],
    },
    full: { on: { RESET: { target: "idle", actions: lab.assign({ list: [] }) } } },
  },
});

const chosen = lab.createMachine({
  id: "chosen@1",
  context: nothing,
  on: {
    COUNT: {
      actions: lab.enqueueActions(({ enqueue, check, context }) => {
        enqueue.assign({ count: context.count + 1 });
        if (check("isOdd")) enqueue.emit({ type: "said", what: "was odd" });
        if (check("isThird")) enqueue.raise({ type: "THIRD" });
        enqueue(say("counted"));
      }),
    },
    THIRD: { actions: note("third") },
  },
});

const tagged = lab.createMachine({
  id: "tagged@1",
  context: nothing,
  initial: "free",
  states: {
    free: { tags: ["calm"], on: { NEXT: "busy" } },
    busy: { tags: ["calm", "busy"], on: { NEXT: "away", BACK: "free" } },
    away: { on: { BACK: "busy" } },
  },
});

export const transitions: readonly Case[] = [
  { name: "order of entry, exit and transition actions", machine: order, words: ["NEXT"] },
  {
    name: "internal, external and targetless transitions",
    machine: reentry,
    words: ["INNER", "OUTER", "SELF", "AGAIN", "STAY", "NEXT"],
  },
  {
    name: "wildcard, partial wildcard and forbidden transitions",
    machine: wildcard,
    words: ["order.placed", "order.paid", "FORBIDDEN", "NEXT", "OTHER"],
  },
  {
    name: "guards: and, or, not, stateIn, inline, first that fits",
    machine: guards,
    words: ["FLIP", "COUNT", "GO"],
  },
  { name: "eventless transitions in a chain", machine: eventless, words: ["COUNT", "RESET"] },
  { name: "an eventless loop that comes to rest", machine: loop, words: ["COUNT", "RESET"] },
  { name: "enqueueActions with check", machine: chosen, words: ["COUNT", "THIRD"] },
  { name: "tags", machine: tagged, words: ["NEXT", "BACK"] },
];
