/**
 * The incidents of one review queue: our own trouble, declared by people or noticed when many miss at once. What was missed in
 * one is no strike, before or after it was declared, and whoever is at work gets the time back.
 *
 * Hears  JudgeMiss (dispatcher, for an employee) · DeclareIncident, CloseIncident, ListIncidents (edge)
 * Tells  employee: MissJudged, VoidStrikes · dispatcher: ExtendLive · the asker: Accepted, Rejected, IncidentsReply
 * Holds  the incidents and the latest misses, so that an incident that is declared later still finds them
 */
import { sendTo, setup } from "xstate";
import type { DispatcherMessage } from "../../protocols/dispatcher.ts";
import type { EmployeeMessage } from "../../protocols/employee.ts";
import type { Fact } from "../../protocols/event.ts";
import type { Incident, IncidentsMessage, IncidentsReply, KnownMiss } from "../../protocols/incident.ts";
import { accepted, rejected } from "../../protocols/rejection.ts";
import type { Heard } from "../heard.ts";
import { remote, reply } from "../remote.ts";
import { missedTogether, touches } from "./correlated.ts";

export interface IncidentsContext {
  /** The queue's name. */
  readonly id: string;
  /** Newest last. */
  readonly incidents: readonly Incident[];
  readonly misses: readonly KnownMiss[];
}

/** Bounds the snapshot; older ones are in the read model, and an incident so long ago is decided strike by strike. */
export const maxMisses = 500;
export const maxIncidents = 100;

type Event = Heard<IncidentsMessage>;

const sameMiss = (a: KnownMiss) => (b: Pick<KnownMiss, "application" | "assignment">) =>
  a.application === b.application && a.assignment === b.assignment;
const remembered = (misses: readonly KnownMiss[], miss: KnownMiss) =>
  [...misses.filter((known) => !sameMiss(miss)(known)), miss].slice(-maxMisses);
const replyToOf = (event: Event) => ("replyTo" in event ? event.replyTo : undefined);

const incidents = setup({
  types: {
    context: {} as IncidentsContext,
    events: {} as Event,
    input: {} as { id: string; at: number },
    emitted: {} as Fact,
  },
  guards: {
    isOpen: ({ context, event }) =>
      event.type === "CloseIncident" &&
      context.incidents.some(({ id, to }) => id === event.incident && to === null),
    isNew: ({ context, event }) =>
      event.type === "DeclareIncident" && !context.incidents.some(({ id }) => id === event.incident),
  },
});

/** Takes back the strikes of these misses, told to each of the people. @returns how many */
const voids = (misses: readonly KnownMiss[]) => {
  const perPerson = new Map<string, KnownMiss[]>();
  for (const miss of misses)
    if (miss.struck) perPerson.set(miss.employee, [...(perPerson.get(miss.employee) ?? []), miss]);
  return perPerson;
};

const voidStrikes = (employee: string, misses: readonly KnownMiss[], { id, reason }: Incident) =>
  [
    remote("employee", employee),
    {
      type: "VoidStrikes",
      incident: id,
      misses: misses.map(({ application, assignment }) => ({ application, assignment })),
      reason: `It was ours, not yours: ${reason}`,
    } satisfies EmployeeMessage,
  ] as const;

const judge = incidents.enqueueActions(({ context, event, enqueue }) => {
  if (event.type !== "JudgeMiss") return;
  const { employee, application, assignment, from, to, excused, at } = event;
  const miss: KnownMiss = { employee, application, assignment, from, to, struck: false };
  const say = (verdict: "person" | "incident" | "correlated", reason: string) => {
    if (!excused)
      enqueue.sendTo(remote("employee", employee), {
        type: "MissJudged",
        ...{ application, assignment, verdict, reason },
      } satisfies EmployeeMessage);
  };
  // Heard twice, it is answered as before.
  const before = context.misses.find(sameMiss(miss));
  const known = context.incidents.findLast((incident) => touches(incident, miss));
  if (known !== undefined) {
    enqueue.assign({ misses: remembered(context.misses, { ...miss, struck: before?.struck ?? false }) });
    return say("incident", `It was ours, not yours: ${known.reason}`);
  }
  const together = missedTogether(remembered(context.misses, miss), at, event);
  if (together.length === 0) {
    enqueue.assign({ misses: remembered(context.misses, { ...miss, struck: !excused }) });
    return say("person", "");
  }
  const others = together.filter((other) => !sameMiss(miss)(other));
  const perPerson = voids(others);
  const people = new Set(together.map((one) => one.employee)).size;
  const incident: Incident = {
    id: `together-${assignment}-${application}`,
    kind: "correlated",
    // As wide as what they missed, and over with it: whoever misses later is judged anew.
    from: Math.min(...together.map((one) => one.from)),
    to: at,
    reason: `${people} people missed their reviews within ${Math.round(event.correlatedWithinMs / 60_000)} minutes.`,
    by: null,
    voided: others.filter(({ struck }) => struck).length,
  };
  enqueue.emit({ type: "IncidentOpened", queue: context.id, incident });
  enqueue.assign({
    incidents: [...context.incidents, incident].slice(-maxIncidents),
    misses: remembered(context.misses, miss).map((one) =>
      together.some(sameMiss(one)) ? { ...one, struck: false } : one,
    ),
  });
  for (const [who, misses] of perPerson) enqueue.sendTo(...voidStrikes(who, misses, incident));
  say("correlated", incident.reason);
});

const giveTimeBack = (queue: string, { id, from, reason }: Incident, to: number) =>
  [
    remote("dispatcher", queue),
    {
      type: "ExtendLive",
      incident: id,
      ...{ ms: Math.max(0, to - from), from, to },
      reason: `Time back for our own trouble: ${reason}`,
    } satisfies DispatcherMessage,
  ] as const;

const declare = incidents.enqueueActions(({ context, event, enqueue }) => {
  if (event.type !== "DeclareIncident") return;
  const { from, to, by, reason, at } = event;
  const range = { from, to };
  const touched = context.misses.filter((miss) => touches(range, miss));
  const incident: Incident = {
    id: event.incident,
    kind: "declared",
    ...range,
    ...{ reason, by },
    voided: touched.filter(({ struck }) => struck).length,
  };
  enqueue.emit({ type: "IncidentOpened", queue: context.id, incident });
  if (to !== null) enqueue.emit({ type: "IncidentClosed", queue: context.id, incident, by });
  enqueue.assign({
    incidents: [...context.incidents, incident].slice(-maxIncidents),
    misses: context.misses.map((miss) => (touches(range, miss) ? { ...miss, struck: false } : miss)),
  });
  for (const [who, misses] of voids(touched)) enqueue.sendTo(...voidStrikes(who, misses, incident));
  // One that lasts gives its time back when it is over; until then nobody's miss is a strike.
  if (to !== null && at - to < 3_600_000) enqueue.sendTo(...giveTimeBack(context.id, incident, to));
  enqueue.sendTo(reply(event.replyTo), accepted);
});

const close = incidents.enqueueActions(({ context, event, enqueue }) => {
  if (event.type !== "CloseIncident") return;
  const open = context.incidents.find(({ id }) => id === event.incident);
  if (open === undefined) return;
  const incident = { ...open, to: event.at };
  enqueue.assign({ incidents: context.incidents.map((one) => (one === open ? incident : one)) });
  enqueue.emit({ type: "IncidentClosed", queue: context.id, incident, by: event.by });
  enqueue.sendTo(...giveTimeBack(context.id, incident, event.at));
  enqueue.sendTo(reply(event.replyTo), accepted);
});

export const incidentsMachine = incidents.createMachine({
  id: "incidents@1",
  context: ({ input }) => ({ id: input.id, incidents: [], misses: [] }),
  initial: "watching",
  states: {
    watching: {
      on: {
        JudgeMiss: { actions: judge },
        DeclareIncident: [
          { guard: "isNew", actions: declare },
          // Said again: it was declared.
          { actions: sendTo(({ event }) => reply(replyToOf(event)), accepted) },
        ],
        CloseIncident: [
          { guard: "isOpen", actions: close },
          {
            actions: sendTo(
              ({ event }) => reply(replyToOf(event)),
              rejected("UnknownIncident", "There is no such incident, or it is over already."),
            ),
          },
        ],
        ListIncidents: {
          actions: sendTo(
            ({ event }) => reply(event.replyTo),
            ({ context, event }): IncidentsReply => ({
              type: "IncidentsReply",
              incidents: [...context.incidents].reverse(),
              touched:
                event.from === undefined
                  ? []
                  : context.misses.filter((miss) =>
                      touches({ from: event.from ?? 0, to: event.to ?? null }, miss),
                    ),
            }),
          ),
        },
      },
    },
  },
});
