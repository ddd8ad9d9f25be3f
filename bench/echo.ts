/** The machine of the failover workload: it answers what it is asked, after the turn has been stored. */
import { Schema } from "effect";
import { assign, sendTo, setup } from "xstate";
import { defineActor } from "../actors/define-actor.ts";
import { reply } from "../actors/remote.ts";

const Message = Schema.Union([
  Schema.Struct({ type: Schema.Literal("Ask"), n: Schema.Int, replyTo: Schema.String }),
]);

const machine = setup({
  types: {
    input: {} as { id: string; at: number },
    context: {} as { heard: number },
    events: {} as (typeof Message)["Type"] & { at: number },
  },
  actions: {
    answer: sendTo(
      ({ event }) => reply(event.replyTo),
      ({ event }) => ({ type: "Answer", n: event.n }),
    ),
  },
}).createMachine({
  id: "echo@1",
  context: { heard: 0 },
  on: { Ask: { actions: [assign(({ context }) => ({ heard: context.heard + 1 })), "answer"] } },
});

export const echo = defineActor({ kind: "echo", machine, message: Message });
