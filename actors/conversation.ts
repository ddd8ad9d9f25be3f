/**
 * For the tests of machines: tells one machine event after event, with a clock of its own, and writes down what it says.
 * `persisted` saves the state as JSON and reloads it between any two events; a machine must behave the same.
 */
import {
  type AnyMachineSnapshot,
  type AnyStateMachine,
  createActor,
  type EventObject,
  initialTransition,
  transition,
} from "xstate";
import { isTarget } from "../protocols/target.ts";

/** `to`: an address, `topic …`, `record …`, `reply …`, `fact` or `task`. */
export interface Said {
  readonly to: string;
  readonly message: { readonly type: string; readonly [key: string]: unknown };
}

interface Timer {
  readonly id: string;
  readonly dueAt: number;
  readonly event: EventObject;
}

interface Requested {
  readonly type: string;
  readonly params?: unknown;
}

export class Conversation {
  state: AnyMachineSnapshot;
  /** Epoch milliseconds. */
  now: number;
  /** Everything since the last `heard`. */
  said: Said[] = [];
  readonly #machine: AnyStateMachine;
  readonly #persisted: boolean;
  #timers: Timer[] = [];

  constructor(
    machine: AnyStateMachine,
    input: { id: string; [setting: string]: unknown },
    persisted = false,
    now = 1_000_000,
  ) {
    this.#machine = machine;
    this.#persisted = persisted;
    this.now = now;
    const [state, actions] = initialTransition(machine, { ...input, at: now } as never);
    this.state = state as AnyMachineSnapshot;
    this.#note(actions);
  }

  /** Tells it something now. @returns what it says to that. */
  tell(event: { readonly type: string; readonly [key: string]: unknown }): Said[] {
    if (this.#persisted) this.#reload();
    const [state, actions] = transition(this.#machine, this.state, { ...event, at: this.now } as never);
    this.state = state as AnyMachineSnapshot;
    const before = this.said.length;
    this.#note(actions);
    return this.said.slice(before);
  }

  /** Does any transition hear it here? */
  hears(event: { readonly type: string; readonly [key: string]: unknown }): boolean {
    return this.state.can({ ...event, at: this.now } as never);
  }

  /** Lets time pass; timers fire at their times, in order. @returns what was said meanwhile. */
  pass(ms: number): Said[] {
    const until = this.now + ms;
    const before = this.said.length;
    for (let next = this.#nextDue(until); next !== undefined; next = this.#nextDue(until)) {
      this.now = Math.max(this.now, next.dueAt);
      this.#fire(next);
    }
    this.now = until;
    return this.said.slice(before);
  }

  /** As after an outage: time has passed, and only then the overdue timers fire, all late. */
  sleep(ms: number): Said[] {
    this.now += ms;
    return this.pass(0);
  }

  /** The answer of a task that it invoked. */
  done(task: string, output: unknown) {
    return this.tell({ type: `xstate.done.actor.${task}`, output });
  }

  #nextDue(until: number): Timer | undefined {
    return this.#timers.filter(({ dueAt }) => dueAt <= until).sort((a, b) => a.dueAt - b.dueAt)[0];
  }

  #fire(timer: Timer) {
    this.#timers = this.#timers.filter((other) => other !== timer);
    this.tell(timer.event);
  }

  #reload() {
    const saved: unknown = JSON.parse(JSON.stringify(this.#machine.getPersistedSnapshot(this.state)));
    this.state = createActor(this.#machine, { snapshot: saved as never }).getSnapshot();
  }

  #note(actions: readonly Requested[]) {
    for (const { type, params } of actions) {
      // XState's own shapes, which its types keep to themselves.
      const about = params as {
        to?: unknown;
        event: Said["message"];
        id?: string;
        delay?: number;
        src?: unknown;
        sendId?: string;
        input?: unknown;
      };
      if (type === "xstate.sendTo") this.said.push({ to: nameOf(about.to), message: about.event });
      else if (type === "xstate.emit") this.said.push({ to: "fact", message: about.event });
      else if (type === "xstate.spawnChild")
        this.said.push({ to: "task", message: { type: String(about.src), input: about.input } });
      else if (type === "xstate.raise" && about.delay !== undefined)
        this.#timers.push({ id: about.id ?? "", dueAt: this.now + about.delay, event: about.event });
      else if (type === "xstate.cancel") this.#timers = this.#timers.filter(({ id }) => id !== about.sendId);
    }
  }
}

function nameOf(target: unknown): string {
  if (!isTarget(target)) return "unknown";
  switch (target.to) {
    case "actor":
      return target.address;
    case "topic":
      return `topic ${target.topic}`;
    case "record":
      return `record ${target.bucket}/${target.key}`;
    default:
      return `reply ${target.subject}`;
  }
}
