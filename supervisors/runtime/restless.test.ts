/** What only shows while a machine runs, and can't be kept, takes its message with it, and not the node. */
import { Schema } from "effect";
import { expect, test } from "vitest";
import { type AnyStateMachine, assign, raise, setup } from "xstate";
import { defineActor } from "../../actors/define-actor.ts";
import { task } from "../../actors/task.ts";
import { hostKind } from "./hosted-kind.ts";
import { takeTurn } from "./turn.ts";

/** The messages of the turn in which this machine hears its first NEXT. */
function saidBy(machine: AnyStateMachine): string[] {
  const message = Schema.Struct({ type: Schema.Literal("NEXT") });
  const policy = { restarts: 0, minBackoffMs: 1, maxBackoffMs: 1, lastResort: "dead-letter" } as const;
  const definition = defineActor({ kind: "restless", machine, message, tasks: { work: {} } });
  const kind = hostKind(definition, policy, { work: async () => 1 });
  const context = { kind, address: "restless.a", id: "a", now: 1, newId: () => "id" };
  const unborn = { snapshot: null, paged: {}, cursor: 0, timers: {}, tasks: {}, attempts: 0, ignored: 0 };
  const turn = takeTurn(context, { ...unborn, logic: kind.current, paused: null, trace: null }, [
    {
      kind: "mail",
      address: "restless.a",
      sequence: 1,
      subject: "",
      trace: null,
      from: null,
      body: new TextEncoder().encode('{"type":"NEXT"}'),
      ack: () => {},
      working: () => {},
    },
  ]);
  return turn.messages.map(({ subject, body }) => `${subject} ${body}`);
}

const lab = setup({
  types: { events: {} as { type: "NEXT"; at: number } },
  actors: { work: task<number, null>() },
});

test("a machine that never comes to rest fails its message and not the node", () => {
  const said = saidBy(
    lab.createMachine({
      id: "restless@1",
      on: { "*": { actions: raise({ type: "NEXT" } as { type: "NEXT"; at: number }) } },
    }),
  );
  expect(said).toMatchObject([expect.stringContaining("callboard.out.dead.restless.a")]);
});

test("a spawn within an assign is said to be impossible, and not silently never run", () => {
  const said = saidBy(
    lab.createMachine({
      id: "restless@1",
      context: {},
      on: { NEXT: { actions: assign(({ spawn }) => ({ child: spawn("work", { id: "w", input: null }) })) } },
    }),
  );
  expect(said).toMatchObject([expect.stringContaining("spawned a child within an assign")]);
});
