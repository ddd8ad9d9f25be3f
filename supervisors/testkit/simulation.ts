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
  readonly name: string;
  readonly dueAt: number;
  readonly event: EventObject;
  /** It has rung and lies in the mailbox. */
  rung: boolean;
}

interface OpenTask {
  readonly src: string;
  readonly input: unknown;
  /** Its answer lies in the mailbox. */
  answered: boolean;
}

interface SimulatedActor {
  readonly address: string;
  readonly logic: MachineLogic;
  /** How wrong the clock of its node is: the same for all its events, since no clock upsets the order within an actor. */
  readonly skewMs: number;
  snapshot: AnyMachineSnapshot;
  /** As it came out of storage; who has heard nothing since is not restored again. */
  restored: AnyMachineSnapshot | null;
  timers: Timer[];
  readonly tasks: Map<string, OpenTask>;
}

type Mail =
  | { readonly kind: "message"; readonly event: EventObject }
  | { readonly kind: "timer"; readonly timer: Timer }
  | { readonly kind: "answer"; readonly invoke: string; readonly task: OpenTask; readonly output: unknown };

/** Mail from one sender to one receiver, in order. */
interface Channel {
  /** How many there were before it. */
  readonly place: number;
  readonly to: string;
  readonly mail: Mail[];
}

export interface SimulatedFact {
  readonly actor: string;
  readonly at: number;
  readonly fact: EventObject & Record<string, unknown>;
}

/** A machine's logic holds nothing of a run, so that each is made once. */
const logics = new WeakMap<ActorDefinition, MachineLogic>();

function logicOf(definition: ActorDefinition): MachineLogic {
  const known = logics.get(definition);
  if (known !== undefined) return known;
  const logic = new MachineLogic(definition.machine);
  logics.set(definition, logic);
  return logic;
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
  readonly #kinds: ReadonlyMap<string, ActorDefinition>;
  readonly #channels = new Map<string, Channel>();
  /** The channels with mail, in the order of their places. */
  readonly #waiting: Channel[] = [];
  /** Those with a task that nothing has answered yet. */
  readonly #asking = new Set<SimulatedActor>();

  constructor(options: SimulationOptions) {
    this.#options = options;
    this.#kinds = new Map(options.kinds.map((definition) => [definition.kind, definition]));
  }

  /** Puts a message into an actor's mailbox. */
  tell(from: string, to: string, event: EventObject) {
    this.#post(from, to, { kind: "message", event: asJson(event) });
  }

  contextOf(address: string) {
    return this.actors.get(address)?.snapshot.context;
  }

  /** Delivers one waiting message of a channel chosen by chance. @returns false if nothing waits. */
  step(): boolean {
    this.#answerTasks();
    const index = this.#options.chance(Math.max(this.#waiting.length, 1));
    const channel = this.#waiting[index];
    const mail = channel?.mail.shift();
    if (channel === undefined || mail === undefined) return false;
    const { duplicateOneIn = 0, chance } = this.#options;
    if (mail.kind === "message" && duplicateOneIn > 0 && chance(duplicateOneIn) === 0)
      channel.mail.push(mail);
    if (channel.mail.length === 0) this.#waiting.splice(index, 1);
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
    if (answers !== undefined && answers.mail.length > 0) {
      this.#waiting.splice(this.#waiting.indexOf(answers), 1);
      for (const mail of answers.mail.splice(0).reverse())
        if (mail.kind === "answer") {
          this.#putBack(mail.output);
          mail.task.answered = false;
          this.#asking.add(actor);
        }
    }
    this.#reload(actor);
  }

  /** Of all actors, or of those whose address begins so. */
  nextTimerAt(of = ""): number | null {
    let next: number | null = null;
    for (const { address, timers } of this.actors.values())
      if (timers.length > 0 && address.startsWith(of))
        for (const { dueAt } of timers) if (next === null || dueAt < next) next = dueAt;
    return next;
  }

  /** Moves the clock; what is due becomes mail, so that other mail may still come before it. */
  passTo(time: number) {
    this.now = Math.max(this.now, time);
    for (const actor of this.actors.values()) {
      if (actor.timers.length === 0) continue;
      const due = actor.timers.filter(({ dueAt, rung }) => !rung && dueAt <= this.now);
      for (const timer of due.sort((a, b) => a.dueAt - b.dueAt)) {
        timer.rung = true;
        this.#post("timers", actor.address, { kind: "timer", timer });
      }
    }
  }

  #post(from: string, to: string, mail: Mail) {
    const key = `${from}>${to}`;
    let channel = this.#channels.get(key);
    if (channel === undefined) {
      channel = { place: this.#channels.size, to, mail: [] };
      this.#channels.set(key, channel);
    }
    if (channel.mail.push(mail) > 1) return;
    let index = this.#waiting.length;
    while (index > 0 && (this.#waiting[index - 1] as Channel).place > channel.place) index--;
    this.#waiting.splice(index, 0, channel);
  }

  #deliver(to: string, mail: Mail) {
    const actor = this.actors.get(to) ?? this.#create(to);
    if (actor === null) {
      if (mail.kind === "message") this.#options.world?.(to, mail.event, this);
      return;
    }
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

  /** @returns null if it is of a kind that is not simulated */
  #create(address: string): SimulatedActor | null {
    const { kind, id } = parseAddress(address);
    const definition = this.#kinds.get(kind);
    if (definition === undefined) return null;
    const logic = logicOf(definition);
    const [snapshot, actions] = logic.initial({ ...definition.settings, id, at: this.now });
    const skewMs = skewOf(address, this.#options.skewMs ?? 0);
    const actor: SimulatedActor = {
      ...{ address, logic, skewMs, snapshot },
      restored: null,
      timers: [],
      tasks: new Map(),
    };
    this.actors.set(address, actor);
    for (const action of actions) this.#carryOut(actor, interpret(address, logic, action));
    return actor;
  }

  #apply(actor: SimulatedActor, event: EventObject) {
    if (this.#options.persisted) this.#reload(actor);
    const [snapshot, actions] = actor.logic.next(actor.snapshot, {
      ...event,
      at: this.now + actor.skewMs,
    } as EventObject);
    if (snapshot.status === "error") throw snapshot.error;
    actor.snapshot = snapshot;
    for (const action of actions) this.#carryOut(actor, interpret(actor.address, actor.logic, action));
  }

  #reload(actor: SimulatedActor) {
    if (actor.snapshot === actor.restored) return;
    actor.snapshot = actor.logic.restore(JSON.parse(JSON.stringify(actor.logic.persist(actor.snapshot))));
    actor.restored = actor.snapshot;
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
          name: effect.sendId ?? "",
          dueAt: this.now + effect.delayMs,
          event: effect.event,
          rung: false,
        });
        return;
      case "cancel":
        actor.timers = actor.timers.filter(({ name }) => name !== effect.sendId);
        return;
      case "invoke":
        actor.tasks.set(effect.id, { src: effect.src, input: effect.input, answered: false });
        this.#asking.add(actor);
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
    for (const actor of this.#asking) {
      let open = false;
      for (const [invoke, task] of actor.tasks) {
        if (task.src !== "takeReview" || task.answered) continue;
        const { queue, most = 1 } = task.input as { queue: string; most?: number };
        const output = this.#take(`review.${queue}.`, most);
        task.answered = output.length > 0;
        if (task.answered) this.#post("task", actor.address, { kind: "answer", invoke, task, output });
        else open = true;
      }
      if (!open) this.#asking.delete(actor);
    }
  }

  #take(prefix: string, most: number): EventObject[] {
    const output: EventObject[] = [];
    for (const name of [...this.topics.keys()].filter((name) => name.startsWith(prefix)).sort())
      output.push(...(this.topics.get(name)?.splice(0, most - output.length) ?? []));
    return output;
  }

  /** The taking was called off before it was stored: the review is where it was. */
  #putBack(output: unknown) {
    for (const review of [...(output as (EventObject & { queue: string; priority: number })[])].reverse()) {
      const topic = `review.${review.queue}.${review.priority}`;
      this.topics.set(topic, [review, ...(this.topics.get(topic) ?? [])]);
    }
  }
}

function skewOf(address: string, mostMs: number): number {
  if (mostMs === 0) return 0;
  let hash = 7;
  for (const char of address) hash = (hash * 31 + char.charCodeAt(0)) % 1_000_003;
  return (hash % (2 * mostMs + 1)) - mostMs;
}

/** What comes out of JSON on the other side. @throws Error on what JSON would turn into something else */
function asJson<T>(value: T): T {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map(asJson) as T;
  if (typeof value !== "object" || Object.getPrototypeOf(value) !== Object.prototype)
    throw new Error(`A message holds what JSON can't carry: ${String(value)}`);
  const copy: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(value)) if (field !== undefined) copy[key] = asJson(field);
  return copy as T;
}
