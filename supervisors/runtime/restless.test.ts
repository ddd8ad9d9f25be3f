/** A machine that goes round in a circle takes its message with it, and not the node. */
import { Schema } from "effect";
import { expect, test } from "vitest";
import { raise, setup } from "xstate";
import { defineActor } from "../../actors/define-actor.ts";
import { hostKind } from "./hosted-kind.ts";
import { takeTurn } from "./turn.ts";

test("a machine that never comes to rest fails its message and not the node", () => {
  const machine = setup({ types: { events: {} as { type: "NEXT"; at: number } } }).createMachine({
    id: "restless@1",
    on: { "*": { actions: raise({ type: "NEXT" } as { type: "NEXT"; at: number }) } },
  });
  const message = Schema.Struct({ type: Schema.Literal("NEXT") });
  const policy = { restarts: 0, minBackoffMs: 1, maxBackoffMs: 1, lastResort: "dead-letter" } as const;
  const kind = hostKind(defineActor({ kind: "restless", machine, message }), policy);
  const context = { kind, address: "restless.a", id: "a", now: 1, newId: () => "id" };
  const unborn = { snapshot: null, cursor: 0, timers: {}, tasks: {}, attempts: 0, ignored: 0 };
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
  expect(turn.messages.map(({ subject }) => subject)).toEqual(["callboard.out.dead.restless.a"]);
});
