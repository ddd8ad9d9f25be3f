/** A machine as XState runs it: one actor in memory that is never stored, on a clock that the test moves. */
import { type AnyActor, type AnyStateMachine, createActor, fromPromise, SimulatedClock } from "xstate";
import { beginning } from "./case.ts";

interface Running {
  resolve(output: number): void;
  reject(error: unknown): void;
}

/** What both sides must agree on after each step. */
export interface Trace {
  readonly value: unknown;
  readonly context: unknown;
  readonly status: string;
  readonly output: unknown;
  readonly tags: readonly string[];
  /** What it emitted in this step, in order. */
  readonly said: readonly { readonly type: string; readonly what: string }[];
  /** The invocations that run, sorted. */
  readonly running: readonly string[];
}

export class LivingActor {
  readonly #clock = new SimulatedClock();
  readonly #running = new Map<string, Running>();
  readonly #actor: AnyActor;
  #said: Trace["said"][number][] = [];

  constructor(machine: AnyStateMachine) {
    const work = fromPromise<number, unknown>(
      ({ self, signal }) =>
        new Promise((resolve, reject) => {
          const mine: Running = { resolve, reject };
          this.#running.set(self.id, mine);
          signal.addEventListener("abort", () => {
            if (this.#running.get(self.id) === mine) this.#running.delete(self.id);
          });
        }),
    );
    this.#actor = createActor(machine.provide({ actors: { work } }), { clock: this.#clock });
    this.#actor.on("*", (emitted) => void this.#said.push(emitted as Trace["said"][number]));
    this.#actor.start();
    this.hear(beginning);
  }

  hear(word: string) {
    // XState drops it too, but says so at length.
    if (this.#actor.getSnapshot().status === "active") this.#actor.send({ type: word });
  }

  pass(ms: number) {
    this.#clock.increment(ms);
  }

  async answer(invoke: string, ok: boolean, output: number): Promise<void> {
    const running = this.#running.get(invoke);
    this.#running.delete(invoke);
    if (ok) running?.resolve(output);
    else running?.reject("refused");
    // A promise's answer is heard some microtasks later; a macrotask is after all of them.
    await new Promise(setImmediate);
  }

  trace(): Trace {
    const { value, context, status, output, tags } = this.#actor.getSnapshot();
    const said = this.#said;
    this.#said = [];
    return {
      value,
      context,
      status,
      output,
      tags: [...tags].sort(),
      said,
      running: [...this.#running.keys()].sort(),
    };
  }

  stop() {
    this.#actor.stop();
  }
}
