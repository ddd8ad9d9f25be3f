/** Folds inputs through the machine of one actor, and notes everything that it says. Knows no policy and stores nothing. */
import type { AnyMachineSnapshot, EventObject } from "xstate";
import { newSpan, newTrace } from "../../protocols/envelope.ts";
import type { TaskEntry, TimerEntry } from "./actor-record.ts";
import { alarmChange, timerRungBy } from "./alarm.ts";
import { type Delivery, type Input, type MailDelivery, ownMessage, type TaskDelivery } from "./delivery.ts";
import { MachineDefect } from "./errors.ts";
import { type Effect, interpret } from "./interpret.ts";
import { deadLetterMessage, Outbox, parkedMessage } from "./outbox.ts";
import type { ActorState, HeardStep, Turn, TurnContext } from "./turn.ts";

const selfTalkLimit = 1_000;

export class Fold {
  state: ActorState;
  readonly #context: TurnContext;
  readonly #before: ActorState;
  readonly #outbox: Outbox;
  #started: [string, TaskEntry][] = [];
  #stopped: string[] = [];
  readonly #answered = new Set<string>();
  readonly #heard: HeardStep[] = [];
  readonly #lateMs: number[] = [];

  constructor(context: TurnContext, state: ActorState) {
    this.#context = context;
    this.state = state;
    this.#before = state;
    this.#outbox = new Outbox(context.address, context.id, context.now);
  }

  get isFull() {
    return this.#outbox.isFull;
  }

  set(change: Partial<ActorState>) {
    this.state = { ...this.state, ...change };
  }

  save() {
    return {
      state: this.state,
      outbox: this.#outbox.save(),
      started: this.#started.length,
      stopped: this.#stopped.length,
      heard: this.#heard.length,
      late: this.#lateMs.length,
    };
  }

  rollBack(saved: ReturnType<Fold["save"]>) {
    this.state = saved.state;
    this.#outbox.rollBack(saved.outbox);
    this.#started.length = saved.started;
    this.#stopped.length = saved.stopped;
    this.#heard.length = saved.heard;
    this.#lateMs.length = saved.late;
  }

  end(consumed: readonly Delivery[], retryInMs: number | null, failure: Turn["failure"]): Turn {
    const running = new Set(Object.values(this.state.tasks).map((task) => task.id));
    return {
      state: this.state,
      messages: this.#outbox.messages,
      alarm: alarmChange(this.#context.address, this.#before.timers, this.state.timers),
      replies: this.#outbox.replies,
      started: this.#started.filter(([, task]) => running.has(task.id)),
      stopped: this.#stopped,
      answered: this.#answered,
      consumed,
      retryInMs,
      failure,
      heard: this.#heard,
      lateMs: this.#lateMs,
    };
  }

  /** The tries are used up. */
  lastResort(input: Delivery, failure: { readonly name: string; readonly message: string }) {
    if (input.kind === "proof") return;
    const { address, kind, now } = this.#context;
    this.#advance(input);
    this.#noteRung(input);
    this.#outbox.add(deadLetterMessage(address, input, failure, now));
    if (kind.policy.lastResort !== "dead-letter") this.set({ paused: `${failure.name}: ${failure.message}` });
  }

  /** @throws what the machine throws, or a defect. */
  hear(input: Delivery) {
    if (input.kind === "proof") return;
    if (input.kind === "mail" && input.sequence <= this.state.cursor) return; // Applied before a crash.
    const trace = this.#traceOf(input);
    const cause = input.kind === "mail" ? input.sequence : null;
    this.#outbox.span = newSpan();
    const from = this.#stepBefore(input);
    const event = this.#eventOf(input, trace, cause);
    if (event !== null) {
      this.#heard.push({ trace, span: this.#outbox.span, event: event.type, ...from });
      const toItself = this.state.snapshot === null ? this.#create(trace, cause) : [];
      this.#apply([...toItself, event], trace, cause);
    }
    this.#advance(input);
  }

  #traceOf(input: Input): string {
    if (this.state.trace !== null) return this.state.trace;
    if (input.kind === "task") return this.#taskOf(input)?.trace ?? newTrace();
    if (input.kind === "overdue") return this.#timerOf(input.timerId)?.[1].trace ?? newTrace();
    return input.trace ?? newTrace();
  }

  /** Asked before the input is taken: what is taken is forgotten. */
  #stepBefore(input: Input): Pick<HeardStep, "parent" | "task"> {
    if (input.kind === "mail") return { parent: input.span ?? null, task: null };
    if (input.kind === "overdue")
      return { parent: this.#timerOf(input.timerId)?.[1].span ?? null, task: null };
    const task = this.#taskOf(input);
    if (task === undefined) return { parent: null, task: null };
    return { parent: task.span ?? null, task: { src: task.src, span: newSpan(), answer: input } };
  }

  /** The event that the machine hears, or null where it hears none. */
  #eventOf(input: Input, trace: string, cause: number | null): EventObject | null {
    const paused = this.state.paused !== null;
    // A paused actor's tasks stay open and run again when it resumes; its timers come as mail and are parked.
    if (input.kind === "task") return paused ? null : this.#answerOf(input);
    if (input.kind === "overdue") return paused ? null : this.#fire(input.timerId, trace, cause);
    const json = parseJson(input);
    const type = typeof json === "object" && json !== null && "type" in json ? json.type : undefined;
    if (type === ownMessage.task) return null; // Only the marker: the task runner holds it.
    if (type === ownMessage.resume) {
      if (paused) this.#started.push(...Object.entries(this.state.tasks));
      this.set({ paused: null });
      return null;
    }
    if (paused) {
      this.#noteRung(input);
      this.#outbox.add(parkedMessage(this.#context.address, input));
      return null;
    }
    if (type === ownMessage.timer)
      return this.#fire(String((json as { timer?: unknown }).timer), trace, cause);
    return { ...this.#context.kind.decode(json) };
  }

  #answerOf(input: TaskDelivery): EventObject | null {
    const task = this.#taskOf(input);
    if (task === undefined) return null; // Stopped meanwhile, or answered before.
    const { [input.invokeId]: _answered, ...tasks } = this.state.tasks;
    this.set({ tasks });
    this.#answered.add(task.id);
    const actorId = input.invokeId;
    return input.result.ok
      ? ({ type: `xstate.done.actor.${actorId}`, output: input.result.output, actorId } as EventObject)
      : ({ type: `xstate.error.actor.${actorId}`, error: input.result.error, actorId } as EventObject);
  }

  #taskOf(input: TaskDelivery) {
    const task = this.state.tasks[input.invokeId];
    return task?.id === input.taskId ? task : undefined;
  }

  #timerOf(timerId: string): [string, TimerEntry] | undefined {
    return Object.entries(this.state.timers).find(([, timer]) => timer.id === timerId);
  }

  #fire(timerId: string, trace: string, cause: number | null): EventObject | null {
    const found = this.#timerOf(timerId);
    if (found === undefined) return null; // Cancelled, fired before, or of an earlier visit of the state.
    const [sendId, timer] = found;
    const { [sendId]: _fired, ...timers } = this.state.timers;
    this.set({ timers });
    this.#lateMs.push(Math.max(0, this.#context.now - timer.dueAt));
    if (timer.target === null) return { ...timer.event };
    this.#outbox.send(timer.target, timer.event, trace, cause);
    return null;
  }

  /** Of a timer that was rung in vain: it must not keep the alarm from those after it. */
  #noteRung(input: Input) {
    const timerId =
      input.kind === "overdue" ? input.timerId : input.kind === "mail" ? timerRungBy(input) : null;
    const [sendId, timer] = (timerId !== null && this.#timerOf(timerId)) || [];
    if (sendId === undefined || timer === undefined) return;
    this.set({ timers: { ...this.state.timers, [sendId]: { ...timer, rung: true } } });
  }

  /** @returns what it says to itself by being created: heard before anything else */
  #create(trace: string, cause: number | null): EventObject[] {
    const { kind, id, now } = this.#context;
    const [snapshot, actions] = kind.current.initial({ ...kind.definition.settings, id, at: now });
    this.set({ snapshot, logic: kind.current, trace: kind.definition.oneTrace ? trace : null });
    const queue: EventObject[] = [];
    this.#carryOut(actions, trace, cause, queue);
    return queue;
  }

  #apply(queue: EventObject[], trace: string, cause: number | null) {
    for (let heard = 0; queue.length > 0; heard++) {
      if (heard > selfTalkLimit)
        throw new MachineDefect({
          address: this.#context.address,
          message: `It sent itself more than ${selfTalkLimit} events in one turn: break the circle.`,
        });
      const before = this.state.snapshot as AnyMachineSnapshot;
      if (before.status !== "active") return this.set({ ignored: this.state.ignored + 1 }); // It has ended.
      const event = { ...(queue.shift() as EventObject), at: this.#context.now };
      const [snapshot, actions] = this.state.logic.next(before, event);
      if (snapshot.status === "error") throw snapshot.error;
      if (snapshot === before && actions.length === 0) this.set({ ignored: this.state.ignored + 1 });
      else this.set({ snapshot });
      this.#carryOut(actions, trace, cause, queue);
      if (snapshot.status !== "active")
        for (const sendId of Object.keys(this.state.timers)) this.#cancel(sendId);
    }
  }

  #carryOut(
    actions: readonly { type: string; params?: unknown }[],
    trace: string,
    cause: number | null,
    queue: EventObject[],
  ) {
    for (const action of actions) {
      const effect = interpret(this.#context.address, this.state.logic, action);
      if (effect !== null) this.#note(effect, trace, cause, queue);
    }
  }

  #note(effect: Effect, trace: string, cause: number | null, queue: EventObject[]) {
    switch (effect.type) {
      case "send":
        return this.#outbox.send(effect.target, effect.message, trace, cause);
      case "emit":
        return this.#outbox.emit(effect.fact, trace);
      case "hear":
        queue.push(effect.event);
        return;
      case "schedule":
        return this.#schedule(effect, trace);
      case "cancel":
        return this.#cancel(effect.sendId);
      case "invoke":
        return this.#invoke(effect, trace);
      case "stop": {
        const task = this.state.tasks[effect.id];
        if (task === undefined) return;
        const { [effect.id]: _stopped, ...tasks } = this.state.tasks;
        this.set({ tasks });
        this.#stopped.push(task.id);
        return;
      }
      case "log":
        console.error(`[${this.#context.address}]`, effect.label ?? "", effect.value);
    }
  }

  #schedule(effect: Extract<Effect, { type: "schedule" }>, trace: string) {
    const id = this.#context.newId();
    const timer: TimerEntry = {
      id,
      dueAt: this.#context.now + effect.delayMs,
      event: effect.event,
      target: effect.target,
      trace,
      span: this.#outbox.span,
    };
    const timers = { ...this.state.timers };
    const sendId = effect.sendId ?? `#${id}`;
    // As in XState, a second one under the same id does not replace the first; it only takes over the name.
    const namesake = timers[sendId];
    if (namesake !== undefined) timers[`#${namesake.id}`] = namesake;
    this.set({ timers: { ...timers, [sendId]: timer } });
  }

  #cancel(sendId: string) {
    if (this.state.timers[sendId] === undefined) return;
    const { [sendId]: _cancelled, ...timers } = this.state.timers;
    this.set({ timers });
  }

  #invoke({ id, src, input }: Extract<Effect, { type: "invoke" }>, trace: string) {
    if (!this.#context.kind.tasks[src])
      throw new MachineDefect({
        address: this.#context.address,
        message: `It invoked "${src}", which is no declared task.`,
      });
    const task: TaskEntry = { id: this.#context.newId(), src, input, trace, span: this.#outbox.span };
    this.set({ tasks: { ...this.state.tasks, [id]: task } });
    this.#started.push([id, task]);
    this.#outbox.mark(id, task);
  }

  #advance(input: Input) {
    this.set({
      attempts: 0,
      ...(input.kind === "mail" && input.sequence > this.state.cursor ? { cursor: input.sequence } : {}),
    });
  }
}

function parseJson(input: MailDelivery): unknown {
  return JSON.parse(new TextDecoder().decode(input.body));
}
