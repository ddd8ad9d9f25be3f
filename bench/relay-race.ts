/**
 * The machine of the durable-turn workload: it takes a token, changes its state (about 400 bytes stored) and hands the
 * token on to another actor with one message of about 150 bytes, until the token's hops are used up.
 */
import { Schema } from "effect";
import { assign, sendTo, setup } from "xstate";
import { defineActor } from "../actors/define-actor.ts";
import { remote } from "../actors/remote.ts";

const Message = Schema.Union([
  Schema.Struct({
    type: Schema.Literal("Token"),
    token: Schema.Int,
    left: Schema.Int,
    next: Schema.Int,
    padding: Schema.String,
  }),
]);
export type Token = (typeof Message)["Type"];

export const runnerCount = 1_000;
export const tokenPadding = "t".repeat(80);
/** The message that sets token `n` off at runner `n`, `left` more hops to go. */
export const tokenOf = (n: number, left: number): string =>
  JSON.stringify({ type: "Token", token: n, left, next: n + 1, padding: tokenPadding });
export const runnerId = (n: number) => `r${n % runnerCount}`;

const machine = setup({
  types: {
    input: {} as { id: string; at: number },
    context: {} as { heard: number; last: number; padding: string },
    events: {} as Token & { at: number },
  },
  guards: { isLast: ({ event }) => event.left <= 0 },
  actions: {
    note: assign(({ context, event }) => ({ heard: context.heard + 1, last: event.token })),
    handOn: sendTo(
      ({ event }) => remote("runner", runnerId(event.next)),
      ({ event }) => ({ ...event, at: undefined, left: event.left - 1, next: event.next + 1 }),
    ),
  },
}).createMachine({
  id: "runner@1",
  context: { heard: 0, last: 0, padding: "s".repeat(200) },
  on: { Token: [{ guard: "isLast", actions: "note" }, { actions: ["note", "handOn"] }] },
});

export const runner = defineActor({ kind: "runner", machine, message: Message });
