/** Callboard's side of the workloads: an entity, an employee and the application that it is offered, a sleeper. The dispatcher is the real one. */
import { Schema } from "effect";
import { assign, sendTo, setup } from "xstate";
import { defineActor } from "../../actors/define-actor.ts";
import { remote, reply } from "../../actors/remote.ts";
import { keyOf, turn, unborn } from "./app.ts";

const Hop = Schema.Struct({
  type: Schema.Literal("Turn"),
  id: Schema.Int,
  tok: Schema.Int,
  hop: Schema.Int,
  left: Schema.Int,
  space: Schema.String,
  idx: Schema.Int,
  mod: Schema.Int,
  replyTo: Schema.optionalKey(Schema.String),
});
const EntityMessage = Schema.Union([Hop]);

const entityMachine = setup({
  types: {
    input: {} as { id: string; at: number },
    context: {} as typeof unborn,
    events: {} as (typeof EntityMessage)["Type"] & { at: number },
  },
  guards: { isLast: ({ event }) => event.left <= 0 },
  actions: {
    apply: assign(({ context, event }) => turn(context, event).state),
    answer: sendTo(({ event }) => reply(event.replyTo), { type: "Done" }),
    handOn: sendTo(
      ({ context, event }) => remote("entity", keyOf(turn(context, event).next ?? event)),
      ({ context, event: { at: _, ...event } }) => ({ ...turn(context, event).next, type: "Turn" }),
    ),
  },
}).createMachine({
  id: "entity@1",
  context: unborn,
  on: {
    Turn: [{ guard: "isLast", actions: ["apply", "answer"] }, { actions: ["apply", "handOn", "answer"] }],
  },
});
export const entity = defineActor({ kind: "entity", machine: entityMachine, message: EntityMessage });

const AssignMessage = Schema.Union([
  Schema.Struct({
    type: Schema.Literal("AssignReview"),
    employee: Schema.String,
    request: Schema.Int,
    queue: Schema.String,
  }),
]);
const applicationMachine = setup({
  types: {
    input: {} as { id: string; at: number },
    context: {} as { id: string; n: number },
    events: {} as (typeof AssignMessage)["Type"] & { at: number },
  },
}).createMachine({
  id: "application@1",
  context: ({ input }) => ({ id: input.id, n: 0 }),
  on: {
    AssignReview: {
      actions: [
        assign(({ context }) => ({ n: context.n + 1 })),
        sendTo(
          ({ event }) => remote("dispatcher", event.queue),
          ({ context, event }) => ({
            type: "ReviewAssigned",
            application: context.id,
            request: event.request,
            employee: event.employee,
          }),
        ),
        sendTo(
          ({ event }) => remote("employee", event.employee),
          ({ context, event }) => ({ type: "Offer", task: context.id, queue: event.queue }),
        ),
        // Nobody stays at work on it.
        sendTo(
          ({ event }) => remote("dispatcher", event.queue),
          ({ context, event }) => ({
            type: "ReviewOver",
            application: context.id,
            assignment: context.n,
            employee: event.employee,
          }),
        ),
      ],
    },
  },
});
export const application = defineActor({
  kind: "application",
  machine: applicationMachine,
  message: AssignMessage,
});

const OfferMessage = Schema.Union([
  Schema.Struct({ type: Schema.Literal("Offer"), task: Schema.String, queue: Schema.String }),
]);
const employeeMachine = setup({
  types: {
    input: {} as { id: string; at: number },
    context: {} as { id: string; task: string },
    events: {} as (typeof OfferMessage)["Type"] & { at: number },
  },
}).createMachine({
  id: "employee@1",
  context: ({ input }) => ({ id: input.id, task: "" }),
  on: {
    // Done at once, as with the other peers.
    Offer: {
      actions: [
        assign(({ event }) => ({ task: event.task })),
        sendTo(
          ({ event }) => remote("dispatcher", event.queue),
          ({ context }) => ({ type: "EmployeeFree", employee: context.id }),
        ),
      ],
    },
  },
});
export const employee = defineActor({ kind: "employee", machine: employeeMachine, message: OfferMessage });

const WaitMessage = Schema.Union([
  Schema.Struct({
    type: Schema.Literal("Wait"),
    n: Schema.Int,
    dueAt: Schema.Finite,
    replyTo: Schema.String,
  }),
]);
const sleeperMachine = setup({
  types: {
    input: {} as { id: string; at: number },
    context: {} as { n: number; dueAt: number; ms: number },
    events: {} as (typeof WaitMessage)["Type"] & { at: number },
  },
  delays: { due: ({ context }) => context.ms },
}).createMachine({
  id: "sleeper@1",
  context: { n: 0, dueAt: 0, ms: 0 },
  initial: "idle",
  states: {
    idle: {
      on: {
        Wait: {
          target: "waiting",
          actions: [
            assign(({ event }) => ({
              n: event.n,
              dueAt: event.dueAt,
              ms: Math.max(0, event.dueAt - event.at),
            })),
            sendTo(({ event }) => reply(event.replyTo), { type: "Done" }),
          ],
        },
      },
    },
    waiting: { after: { due: "fired" } },
    fired: {},
  },
});
export const sleeper = defineActor({ kind: "sleeper", machine: sleeperMachine, message: WaitMessage });
