/** How late durable timers fire: 5,000 actors with an `after` each, spread over ten seconds. */
import { jetstream } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { Schema } from "effect";
import { assign, emit, setup } from "xstate";
import { defineActor } from "../actors/define-actor.ts";
import { subjects } from "../protocols/subjects.ts";
import { startActorNode } from "../supervisors/actor-node.ts";
import { hostKind } from "../supervisors/runtime/hosted-kind.ts";
import { startNats } from "../supervisors/testkit/nats.ts";
import { tree } from "../supervisors/tree.ts";

const Message = Schema.Union([Schema.Struct({ type: Schema.Literal("Wait"), ms: Schema.Finite })]);

const machine = setup({
  types: {
    input: {} as { id: string; at: number },
    context: {} as { ms: number; dueAt: number },
    events: {} as (typeof Message)["Type"] & { at: number },
  },
  delays: { waiting: ({ context }) => context.ms },
}).createMachine({
  id: "sleeper@1",
  context: { ms: 0, dueAt: 0 },
  initial: "idle",
  states: {
    idle: {
      on: {
        Wait: {
          target: "waiting",
          actions: assign(({ event }) => ({ ms: event.ms, dueAt: event.at + event.ms })),
        },
      },
    },
    waiting: {
      after: {
        waiting: {
          target: "idle",
          actions: emit(({ context, event }) => ({ type: "Woke", late: event.at - context.dueAt })),
        },
      },
    },
  },
});
const sleeper = defineActor({ kind: "sleeper", machine, message: Message });

export const timerCount = 5_000;

/** Milliseconds late, sorted. */
export async function timerLateness(): Promise<number[]> {
  const nats = await startNats();
  const nc = await connect(nats.connection("actors"));
  try {
    const node = await startActorNode({ nc, nodeId: "bench", kinds: [hostKind(sleeper, tree.catalog)] });
    const late: number[] = [];
    const heard = nc.subscribe(subjects.topic("event.Woke.*"), { max: timerCount });
    const js = jetstream(nc);
    for (let n = 0; n < timerCount; n += 250)
      await Promise.all(
        Array.from({ length: 250 }, (_, i) =>
          js.publish(
            subjects.mailbox(`sleeper.s${n + i}`),
            JSON.stringify({ type: "Wait", ms: 3_000 + (n + i) * 2 }),
          ),
        ),
      );
    for await (const message of heard) late.push(message.json<{ late: number }>().late);
    await node.stop();
    return late.sort((a, b) => a - b);
  } finally {
    await nc.close();
    await nats.stop();
  }
}
