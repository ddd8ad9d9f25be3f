/**
 * A machine as our runtime runs it, in memory: the runtime's own turns, stored as a JSON record after each, with the mailbox,
 * the scheduled messages and the outbox as the stream keeps them. It may lose the process at every point between.
 */
import type { AnyStateMachine } from "xstate";
import { defineActor } from "../../../actors/define-actor.ts";
import { subjects } from "../../../protocols/subjects.ts";
import { decodeRecord } from "../actor-record.ts";
import { messagesOf } from "../committer.ts";
import { type Delivery, ownMessage } from "../delivery.ts";
import { type HostedKind, hostKind } from "../hosted-kind.ts";
import type { OutboxMessage } from "../outbox.ts";
import { type ActorState, type Turn, takeTurn } from "../turn.ts";
import { beginning, Word } from "./case.ts";
import type { Trace } from "./living-actor.ts";

/** Where the process dies in this step; what the stream has stored by then is all that is left. */
export const crashes = [
  "none",
  /** The turn was taken and not stored. */
  "before the commit",
  /** The turn was stored; its inputs come once more. */
  "before the acknowledgement",
  /** The relay had published and not acknowledged what the turn says: it publishes it again. */
  "within the outbox",
] as const;
export type Crash = (typeof crashes)[number];

const address = "case.a";
const policy = { restarts: 0, minBackoffMs: 1, maxBackoffMs: 1, lastResort: "dead-letter" } as const;
const unborn = {
  snapshot: null,
  paged: {},
  cursor: 0,
  timers: {},
  tasks: {},
  attempts: 0,
  paused: null,
  ignored: 0,
  trace: null,
};

export class DurableActor {
  readonly #kind: HostedKind;
  /** Epoch milliseconds. */
  #now = 1_000;
  /** The state subject: null until the first turn is stored. */
  #stored: string | null = null;
  #mailSequence = 0;
  #ids = 0;
  /** Scheduled messages by subject. */
  readonly #scheduled = new Map<string, { readonly dueAt: number; readonly body: string }>();
  /** What the relay published, by message id: the second of an id is dropped, as the server does. */
  readonly #published = new Map<string, Trace["said"][number]>();
  #turns = 0;
  #said = 0;

  constructor(machine: AnyStateMachine) {
    const tasks = { work: {} };
    const definition = defineActor({ kind: "case", machine, message: Word, tasks });
    this.#kind = hostKind(definition, policy, {
      work: () => Promise.reject(new Error("answered by the test")),
    });
  }

  /** Creates it. */
  begin() {
    this.hear([beginning], "none");
  }

  /** Several words may be taken in one turn. */
  hear(words: readonly string[], crash: Crash) {
    this.#take(
      words.map((type) => this.#mail(JSON.stringify({ type }))),
      crash,
    );
  }

  /** Moves the clock; alarms that are due then come as mail, each after the one before it has set it. */
  pass(ms: number, crash: Crash) {
    this.#now += ms;
    for (;;) {
      const [subject, alarm] = [...this.#scheduled].find(([, { dueAt }]) => dueAt <= this.#now) ?? [];
      if (subject === undefined || alarm === undefined) return;
      this.#scheduled.delete(subject);
      this.#take([this.#mail(alarm.body)], crash);
    }
  }

  answer(invokeId: string, ok: boolean, output: number, crash: Crash) {
    const taskId = this.#load().tasks[invokeId]?.id ?? "";
    const result = ok ? ({ ok, output } as const) : ({ ok, error: "refused" } as const);
    this.#take([{ kind: "task", address, invokeId, taskId, result, settled: [] }], crash);
  }

  /** The invocations that wait for an answer. */
  get running(): readonly string[] {
    return Object.keys(this.#load().tasks).sort();
  }

  trace(): Trace {
    const { snapshot } = this.#load();
    const said = [...this.#published.values()].slice(this.#said);
    this.#said = this.#published.size;
    const { value, context, status, output, tags } = snapshot ?? {};
    return {
      value,
      context,
      status: String(status),
      output,
      tags: [...((tags as Set<string> | undefined) ?? [])].sort(),
      said: said.map(({ type, what }) => ({ type, what })),
      running: this.running,
    };
  }

  #mail(body: string): Delivery {
    const sequence = ++this.#mailSequence;
    const envelope = { kind: "mail", address, sequence, subject: "", trace: null, from: null } as const;
    return { ...envelope, body: new TextEncoder().encode(body), ack: () => {}, working: () => {} };
  }

  /** Everything is read anew: nothing of the process before is used. */
  #load(): ActorState {
    if (this.#stored === null) return { ...unborn, logic: this.#kind.current };
    const { version, snapshot, ...rest } = decodeRecord(this.#stored);
    const logic = this.#kind.versions.get(version) ?? this.#kind.current;
    return { ...rest, paged: {}, logic, snapshot: snapshot === null ? null : logic.restore(snapshot) };
  }

  #turn(inputs: readonly Delivery[]): Turn {
    const context = { kind: this.#kind, address, id: "a", now: this.#now, newId: () => `id${++this.#ids}` };
    return takeTurn(context, this.#load(), inputs);
  }

  #take(inputs: readonly Delivery[], crash: Crash) {
    if (crash === "before the commit") this.#turn(inputs);
    this.#commit(inputs, crash === "within the outbox");
    if (crash === "before the acknowledgement") this.#commit(inputs, false);
  }

  #commit(inputs: readonly Delivery[], relayedTwice: boolean) {
    let waiting = inputs;
    while (waiting.length > 0) {
      const turn = this.#turn(waiting);
      if (turn.failure !== null) throw new Error(turn.failure.message);
      this.#turns++;
      for (let times = relayedTwice ? 2 : 1; times > 0; times--)
        for (const [i, message] of messagesOf({ address, kind: this.#kind }, turn).entries())
          this.#store(message, `${this.#turns}-${i}`, times > 1);
      waiting = waiting.slice(turn.consumed.length);
    }
  }

  /** What the broker makes of one message of a stored batch. */
  #store({ subject, body, headers }: OutboxMessage, id: string, again: boolean) {
    const text = String(body);
    const header = (name: string) => headers.find(([key]) => key === name)?.[1];
    const cancelled = header("Nats-Schedule-Next") === "purge" ? header("Nats-Scheduler") : undefined;
    if (cancelled !== undefined) this.#scheduled.delete(cancelled);
    const schedule = header("Nats-Schedule");
    if (subject === subjects.state(address)) this.#stored = text;
    else if (schedule !== undefined)
      this.#scheduled.set(subject, { dueAt: Date.parse(schedule.slice("@at ".length)), body: text });
    else if (subject.startsWith("callboard.out.dead.")) throw new Error(`a dead letter: ${text}`);
    else if (subject.startsWith("callboard.out.event.")) {
      if (!this.#published.has(id)) this.#published.set(id, JSON.parse(text));
    } else if (!again && !text.includes(ownMessage.task)) throw new Error(`unexpected: ${subject} ${text}`);
  }
}
