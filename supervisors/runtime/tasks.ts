/**
 * Carries out what machines invoke: outside of turns, after the turn that asked has been stored. Bounded per task name;
 * what throws is tried again with backoff, then the machine hears it. A task may run again after a crash.
 */
import type { ActorDefinition, TaskPolicy } from "../../actors/define-actor.ts";
import { defaultTaskPolicy } from "../../actors/define-actor.ts";
import { backoffMs } from "../tree.ts";
import type { TaskEntry } from "./actor-record.ts";
import type { TaskDelivery } from "./delivery.ts";
import { describeError } from "./errors.ts";

export interface TaskContext {
  /** Aborted when the machine has left the state, the time is up, or the node gives the actor up. */
  readonly signal: AbortSignal;
  /** The actor that asked. */
  readonly address: string;
  /** 1 for the first try in this process. */
  readonly attempt: number;
  readonly trace: string;
  /** `afterStored` runs when the answer has been stored, for example to acknowledge what was taken elsewhere. */
  settled(afterStored: () => void | Promise<void>): void;
  /** Call right before anything that can't be undone. @throws OwnershipLost if another node may own the actor now. */
  checkOwnership(): void;
}

// biome-ignore lint/suspicious/noExplicitAny: each task has its own input, known where machine and task are joined.
export type TaskImplementation = (input: any, context: TaskContext) => Promise<unknown>;

export interface TaskRequest {
  readonly address: string;
  readonly invokeId: string;
  readonly task: TaskEntry;
  readonly run: TaskImplementation;
  readonly checkOwnership: () => void;
  readonly answer: (delivery: TaskDelivery) => void;
}

/** A start of a task: one that was stopped and started again is another. */
interface Start extends TaskRequest {
  readonly stopped: AbortSignal;
}

export class TaskRunner {
  readonly #policies: ReadonlyMap<string, TaskPolicy>;
  readonly #running = new Map<string, AbortController>();
  readonly #waiting = new Map<string, Start[]>();
  readonly #active = new Map<string, number>();

  constructor(definition: ActorDefinition) {
    this.#policies = new Map(
      Object.entries(definition.tasks ?? {}).map(([name, policy]) => [
        name,
        { ...defaultTaskPolicy, ...policy },
      ]),
    );
  }

  /** Starts it now or when there is room. One that is open already is left alone. */
  start(request: TaskRequest) {
    if (this.#running.has(request.task.id)) return;
    const stopper = new AbortController();
    this.#running.set(request.task.id, stopper);
    const start = { ...request, stopped: stopper.signal };
    const name = request.task.src;
    if ((this.#active.get(name) ?? 0) < this.#policyOf(name).concurrency) void this.#run(start);
    else this.#waiting.set(name, [...(this.#waiting.get(name) ?? []), start]);
  }

  stop(taskId: string) {
    this.#running.get(taskId)?.abort();
    this.#running.delete(taskId);
  }

  async #run(start: Start) {
    const name = start.task.src;
    this.#active.set(name, (this.#active.get(name) ?? 0) + 1);
    try {
      await this.#tryUntilAnswered(start);
    } finally {
      this.#active.set(name, (this.#active.get(name) ?? 1) - 1);
      const next = this.#waiting.get(name)?.shift();
      if (next) void this.#run(next);
    }
  }

  async #tryUntilAnswered(request: Start) {
    const { task, invokeId, address, stopped } = request;
    const policy = this.#policyOf(task.src);
    const startedAt = Date.now();
    for (let attempt = 1; !stopped.aborted; attempt++) {
      const settled: (() => void | Promise<void>)[] = [];
      let result: TaskDelivery["result"];
      try {
        result = { ok: true, output: await this.#try(request, policy, stopped, attempt, settled) };
      } catch (error) {
        if (stopped.aborted) return;
        if (attempt <= policy.retries) {
          await wait(backoffMs(policy, attempt, Math.random()), stopped);
          continue;
        }
        result = { ok: false, error: describeError(error) };
      }
      if (stopped.aborted) return;
      this.#running.delete(task.id);
      const times = { startedAt, endedAt: Date.now() };
      return request.answer({ kind: "task", address, invokeId, taskId: task.id, result, settled, ...times });
    }
  }

  async #try(
    { address, task, run, checkOwnership }: TaskRequest,
    policy: TaskPolicy,
    stopped: AbortSignal,
    attempt: number,
    settled: (() => void | Promise<void>)[],
  ) {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), policy.timeoutMs);
    const signal = AbortSignal.any([stopped, late.signal]);
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () =>
        reject(new Error(`The task "${task.src}" took longer than ${policy.timeoutMs} ms or was stopped.`)),
      );
    });
    aborted.catch(() => {}); // Handled by the race; this branch only keeps Node from calling it unhandled.
    try {
      return await Promise.race([
        run(task.input, {
          signal,
          address,
          attempt,
          trace: task.trace,
          settled: (afterStored) => settled.push(afterStored),
          checkOwnership: () => {
            if (signal.aborted) throw new Error(`The task "${task.src}" was stopped.`);
            checkOwnership();
          },
        }),
        aborted,
      ]);
    } finally {
      clearTimeout(timer);
    }
  }

  #policyOf(name: string): TaskPolicy {
    return this.#policies.get(name) ?? defaultTaskPolicy;
  }
}

function wait(ms: number, signal: AbortSignal) {
  return new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done, { once: true });
  });
}
