/**
 * Actors together in memory, with no server: a seeded scheduler that delivers in order between any two actors and in any order
 * across them, a clock of its own for timers, and duplicates. The same seed gives the same run.
 *
 * It carries out what machines ask for with the runtime's own interpretation of actions; what it leaves out is storage.
 */
import type { AnyMachineSnapshot, EventObject } from "xstate";
import type { ActorDefinition } from "../../actors/define-actor.ts";
import { parseAddress } from "../../protocols/address.ts";
import type { Target } from "../../protocols/target.ts";
import { type Effect, interpret } from "../runtime/interpret.ts";
import { MachineLogic } from "../runtime/machine-logic.ts";

/** A whole number from 0 to `below` - 1. */
export type Chance = (below: number) => number;

/** Mulberry32: small, seeded, good enough to shuffle. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

export interface SimulationOptions {
  readonly chance: Chance;
  readonly kinds: readonly ActorDefinition[];
  /** One in so many messages comes a second time, later; 0 = none. */
  readonly duplicateOneIn?: number;
  /** Save and reload each actor's state before each event. */
  readonly persisted?: boolean;
  /** The clock of each actor's node is wrong by up to this, milliseconds, one way or the other. */
  readonly skewMs?: number;
  /** The world: told each message to an actor of a kind that is not simulated, and each reply. */
  readonly world?: (to: string, message: EventObject, simulation: Simulation) => void;
}

interface Timer {
  readonly id: number;
  readonly name: string;
  readonly dueAt: number;
  readonly event: EventObject;
}

interface OpenTask {
  readonly id: number;
  readonly src: string;
  readonly input: unknown;
}

interface SimulatedActor {
  readonly address: string;
  readonly logic: MachineLogic;
  snapshot: AnyMachineSnapshot;
  timers: Timer[];
  readonly tasks: Map<string, OpenTask>;
}

type Mail =
  | { readonly kind: "message"; readonly event: EventObject }
  | { readonly kind: "timer"; readonly timer: Timer }
  | { readonly kind: "answer"; readonly invoke: string; readonly task: OpenTask; readonly output: unknown };

export interface SimulatedFact {
  readonly actor: string;
  readonly at: number;
  readonly fact: EventObject & Record<string, unknown>;
}

export class Simulation {
  /** Epoch milliseconds; moves only by `passTo`. */
  now = 1_700_000_000_000;
  readonly facts: SimulatedFact[] = [];
  readonly actors = new Map<string, SimulatedActor>();
  readonly records = new Map<string, unknown>();
  /** What waits in topics, in order: a review leaves when the dispatcher has stored that it took it. */
  readonly topics = new Map<string, EventObject[]>();
  readonly #options: SimulationOptions;
  readonly #logics = new Map<string, MachineLogic>();
  /** Mail from one sender to one receiver, in order. */
  readonly #channels = new Map<string, { to: string; mail: Mail[] }>();
  #ids = 0;

  constructor(options: SimulationOptions) {
    this.#options = options;
    for (const { kind, machine } of options.kinds) this.#logics.set(kind, new MachineLogic(machine));
  }

  /** Puts a message into an actor's mailbox. */
  tell(from: string, to: string, event: EventObject) {
    // An outside world has JSON only.
    this.#post(from, to, { kind: "message", event: JSON.parse(JSON.stringify(event)) });
  }

  contextOf(address: string) {
    return this.actors.get(address)?.snapshot.context;
  }

  /** Delivers one waiting message of a channel chosen by chance. @returns false if nothing waits. */
  step(): boolean {
    this.#answerTasks();
    const waiting = [...this.#channels.values()].filter(({ mail }) => mail.length > 0);
    const channel = waiting[this.#options.chance(Math.max(waiting.length, 1))];
    const mail = channel?.mail.shift();
    if (channel === undefined || mail === undefined) return false;
    const { duplicateOneIn = 0, chance } = this.#options;
    if (mail.kind === "message" && duplicateOneIn > 0 && chance(duplicateOneIn) === 0)
      channel.mail.push(mail);
    this.#deliver(channel.to, mail);
    return true;
  }

  /** Delivers until nothing waits. */
  settle(bound = 100_000) {
    for (let steps = 0; this.step(); steps++)
      if (steps > bound)
        throw new Error(`The actors still talk after ${bound} messages: they go round in a circle.`);
  }

  /**
   * The node of one actor dies. What is stored stays: its state, its mail, its timers. What was only in memory is gone: answers
   * of its tasks on their way; the tasks are asked for again, and what they had taken lies where it was.
   */
  crash() {
    const actors = [...this.actors.values()];
    const actor = actors[this.#options.chance(Math.max(actors.length, 1))];
    if (actor === undefined) return;
    const answers = this.#channels.get(`task>${actor.address}`);
    for (const mail of answers?.mail.splice(0).reverse() ?? [])
      if (mail.kind === "answer") this.#putBack(mail.output);
    this.#reload(actor);
  }

  nextTimerAt(): number | null {
    let next: number | null = null;
    for (const { timers } of this.actors.values())
      for (const { dueAt } of timers) if (next === null || dueAt < next) next = dueAt;
    return next;
  }

  /** Moves the clock; what is due becomes mail, so that other mail may still come before it. */
  passTo(time: number) {
    this.now = Math.max(this.now, time);
    for (const actor of this.actors.values()) {
      const due = actor.timers.filter(({ dueAt }) => dueAt <= this.now).sort((a, b) => a.dueAt - b.dueAt);
      for (const timer of due) {
        if (
          this.#channels
            .get(`timers>${actor.address}`)
            ?.mail.some((m) => m.kind === "timer" && m.timer === timer)
        )
          continue;
        this.#post("timers", actor.address, { kind: "timer", timer });
      }
    }
  }

  #post(from: string, to: string, mail: Mail) {
    const key = `${from}>${to}`;
    const channel = this.#channels.get(key) ?? { to, mail: [] };
    channel.mail.push(mail);
    this.#channels.set(key, channel);
  }

  #deliver(to: string, mail: Mail) {
    const { kind, id } = parseAddress(to);
    const logic = this.#logics.get(kind);
    if (logic === undefined) {
      if (mail.kind === "message") this.#options.world?.(to, mail.event, this);
      return;
    }
    const actor = this.actors.get(to) ?? this.#create(to, kind, id, logic);
    if (mail.kind === "message") this.#apply(actor, mail.event);
    else if (mail.kind === "timer") {
      if (!actor.timers.includes(mail.timer)) return; // Cancelled meanwhile.
      actor.timers = actor.timers.filter((timer) => timer !== mail.timer);
      this.#apply(actor, mail.timer.event);
    } else if (actor.tasks.get(mail.invoke) === mail.task) {
      actor.tasks.delete(mail.invoke);
      this.#apply(actor, {
        type: `xstate.done.actor.${mail.invoke}`,
        output: mail.output,
        actorId: mail.invoke,
      } as EventObject);
    } else this.#putBack(mail.output);
  }

  #create(address: string, kind: string, id: string, logic: MachineLogic): SimulatedActor {
    const { settings } = this.#options.kinds.find((definition) => definition.kind === kind) ?? {};
    const [snapshot, actions] = logic.initial({ ...settings, id, at: this.now });
    const actor: SimulatedActor = { address, logic, snapshot, timers: [], tasks: new Map() };
    this.actors.set(address, actor);
    for (const action of actions) this.#carryOut(actor, interpret(address, logic, action));
    return actor;
  }

  #apply(actor: SimulatedActor, event: EventObject) {
    if (this.#options.persisted) this.#reload(actor);
    const [snapshot, actions] = actor.logic.next(actor.snapshot, {
      ...event,
      at: this.now + this.#skewOf(actor.address),
    } as EventObject);
    if (snapshot.status === "error") throw snapshot.error;
    actor.snapshot = snapshot;
    for (const action of actions) this.#carryOut(actor, interpret(actor.address, actor.logic, action));
  }

  /** The same for all events of an actor: order within it is never upset by a clock. */
  #skewOf(address: string): number {
    const { skewMs = 0 } = this.#options;
    if (skewMs === 0) return 0;
    let hash = 7;
    for (const char of address) hash = (hash * 31 + char.charCodeAt(0)) % 1_000_003;
    return (hash % (2 * skewMs + 1)) - skewMs;
  }

  #reload(actor: SimulatedActor) {
    actor.snapshot = actor.logic.restore(JSON.parse(JSON.stringify(actor.logic.persist(actor.snapshot))));
  }

  #carryOut(actor: SimulatedActor, effect: Effect | null) {
    switch (effect?.type) {
      case "send":
        return this.#send(actor, effect.target, effect.message);
      case "emit":
        this.facts.push({ actor: actor.address, at: this.now, fact: { ...effect.fact } });
        return;
      case "schedule":
        actor.timers.push({
          id: this.#ids++,
          name: effect.sendId ?? "",
          dueAt: this.now + effect.delayMs,
          event: effect.event,
        });
        return;
      case "cancel":
        actor.timers = actor.timers.filter(({ name }) => name !== effect.sendId);
        return;
      case "invoke":
        actor.tasks.set(effect.id, { id: this.#ids++, src: effect.src, input: effect.input });
        return;
      case "stop":
        actor.tasks.delete(effect.id);
    }
  }

  #send(actor: SimulatedActor, target: Target, message: EventObject) {
    if (target.to === "actor") this.tell(actor.address, target.address, message);
    else if (target.to === "record") this.records.set(`${target.bucket}/${target.key}`, message);
    else if (target.to === "topic")
      this.topics.set(target.topic, [...(this.topics.get(target.topic) ?? []), message]);
    else if (target.subject !== "") this.#options.world?.(`reply.${target.subject}`, message, this);
  }

  /** The one task it knows: `takeReview`, the front of the queue first. */
  #answerTasks() {
    for (const actor of this.actors.values())
      for (const [invoke, task] of actor.tasks) {
        const channel = this.#channels.get(`task>${actor.address}`);
        if (task.src !== "takeReview" || channel?.mail.some((m) => m.kind === "answer" && m.task === task))
          continue;
        const { queue, most = 1 } = task.input as { queue: string; most?: number };
        const output: EventObject[] = [];
        for (const topic of [...this.topics.keys()]
          .filter((name) => name.startsWith(`review.${queue}.`))
          .sort())
          output.push(...(this.topics.get(topic)?.splice(0, most - output.length) ?? []));
        if (output.length > 0) this.#post("task", actor.address, { kind: "answer", invoke, task, output });
      }
  }

  /** The taking was called off before it was stored: the review is where it was. */
  #putBack(output: unknown) {
    for (const review of [...(output as (EventObject & { queue: string; priority: number })[])].reverse()) {
      const topic = `review.${review.queue}.${review.priority}`;
      this.topics.set(topic, [review, ...(this.topics.get(topic) ?? [])]);
    }
  }
}
