/**
 * The pure core: XState's own transition function, with an actor scope that collects actions instead of running them.
 * XState's `transition()` builds a new scope (and with it a whole actor) for every event; one scope per machine does.
 */
import { type AnyMachineSnapshot, type AnyStateMachine, createActor, type EventObject } from "xstate";
import { MachineDefect } from "./errors.ts";

/** An action as XState hands it to whoever executes it. */
export interface RequestedAction {
  readonly type: string;
  readonly params?: unknown;
}

/** Per event; far beyond what a machine that comes to rest needs. */
const mostMicrosteps = 10_000;

type Scope = Parameters<AnyStateMachine["getInitialSnapshot"]>[0];

export class MachineLogic {
  readonly version: string;
  readonly machine: AnyStateMachine;
  readonly #scope: Scope;
  #collected: RequestedAction[] = [];

  constructor(machine: AnyStateMachine) {
    // A circle of eventless transitions or raised events would otherwise take the whole node with it.
    const { maxIterations = Number.POSITIVE_INFINITY } = machine.options;
    machine.options = { ...machine.options, maxIterations: Math.min(maxIterations, mostMicrosteps) };
    this.machine = machine;
    this.version = machine.id;
    const self = createActor(machine, {
      snapshot: machine.resolveState({ value: {}, context: {} }) as never,
    });
    this.#scope = {
      self,
      id: self.id,
      sessionId: self.sessionId,
      system: self.system,
      logger: () => {},
      // In a pure transition only `spawn` within an assign defers something, and leaves no action to find it by.
      defer: () => {
        throw new MachineDefect({
          address: machine.id,
          message:
            "It spawned a child within an assign, which would never run. Invoke a task, or tell an actor of its own.",
        });
      },
      emit: () => {},
      stopChild: () => {},
      actionExecutor: (action) => {
        this.#collected.push(action);
      },
    };
  }

  /** @throws what the machine's context factory throws. */
  initial(input: unknown): [AnyMachineSnapshot, RequestedAction[]] {
    this.#collected = [];
    const snapshot = this.machine.getInitialSnapshot(this.#scope, input as never);
    if (snapshot.status === "error") throw snapshot.error;
    return [snapshot, this.#collected];
  }

  /** @throws what a guard, an assign or an expression throws; `snapshot` stays valid. */
  next(snapshot: AnyMachineSnapshot, event: EventObject): [AnyMachineSnapshot, RequestedAction[]] {
    this.#collected = [];
    const next = this.machine.transition(snapshot, event, this.#scope) as AnyMachineSnapshot;
    return [next, this.#collected];
  }

  /** What `restore` takes back, JSON. */
  persist(snapshot: AnyMachineSnapshot): unknown {
    return this.machine.getPersistedSnapshot(snapshot);
  }

  restore(persisted: unknown): AnyMachineSnapshot {
    return this.machine.restoreSnapshot(persisted as never, this.#scope as never) as AnyMachineSnapshot;
  }

  /** Is this the machine itself, as `sendTo(({ self }) => self)` names it? */
  isSelf(target: unknown): boolean {
    return target === this.#scope.self;
  }
}
