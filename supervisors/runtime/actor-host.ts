/**
 * Hosts actors on one node: takes mail from the partitions it owns, gives each actor one turn at a time, has turns
 * stored in groups, and lets nothing leave the node before its turn has been stored.
 */
import type { JetStreamManager } from "@nats-io/jetstream";
import { type NatsConnection, nuid } from "@nats-io/transport-node";
import { parseAddress } from "../../protocols/address.ts";
import { subjects } from "../../protocols/subjects.ts";
import type { Log } from "../observe/log.ts";
import { loadActor } from "./activation.ts";
import { refusalBytes, warnBytes } from "./actor-record.ts";
import { isStale } from "./alarm.ts";
import { Committer, messagesOf, type PreparedTurn } from "./committer.ts";
import type { Delivery, MailDelivery } from "./delivery.ts";
import { DueTimers } from "./due-timers.ts";
import { describeError, OwnershipLost } from "./errors.ts";
import type { HostedKind } from "./hosted-kind.ts";
import { look } from "./look.ts";
import type { HostObserver } from "./observer.ts";
import { asStored } from "./pages.ts";
import type { Partition } from "./partition.ts";
import { PartitionKeeper } from "./partition-keeper.ts";
import { mostInputsPerTurn, ResidentActor } from "./resident-actor.ts";
import { isMarker, TaskDesk } from "./task-desk.ts";
import { refuseInput, type Turn, type TurnContext, takeTurn } from "./turn.ts";

export interface ActorHostOptions {
  readonly nc: NatsConnection;
  readonly jsm: JetStreamManager;
  readonly nodeId: string;
  readonly kinds: readonly HostedKind[];
  /** False when the node's lease may have run out: nothing irreversible may begin. */
  readonly hasLease: () => boolean;
  readonly log: Log;
  readonly observers?: readonly HostObserver[];
  /** Actors kept in memory at most; the least recently used idle one goes. Default 10,000, about 10 kB each. */
  readonly mostResident?: number;
  /** An actor without mail for this long is forgotten. Default 60,000 milliseconds. */
  readonly idleMs?: number;
}

/** A timer this late at loading is fired here: the server's own message may have been lost in a fail-over. */
const overdueMs = 1_000;
const sweepMs = 5_000;

export class ActorHost {
  readonly partitions: PartitionKeeper;
  readonly counts = { turns: 0, inputs: 0, ignored: 0, failures: 0, lostRaces: 0 };
  /** Actors parked with their mailbox, by address, with the reason and whether their policy escalates. */
  readonly parked = new Map<string, { readonly reason: string; readonly escalated: boolean }>();
  readonly #options: ActorHostOptions;
  readonly #observers: readonly HostObserver[];
  readonly #committer: Committer;
  readonly #tasks: TaskDesk;
  readonly #due = new DueTimers(({ address, timerId, partitionName, generation }) => {
    const partition = this.partitions.owned.get(partitionName);
    // Opened anew, or behind with its mail: the broker's own message keeps its place among that.
    if (partition === undefined || partition.generation !== generation || partition.isBehind) return;
    this.#give(this.#residentIn(partition, address), { kind: "overdue", address, timerId });
  });
  readonly #idPrefix = nuid.next();
  #lastId = 0;
  readonly #sweep: NodeJS.Timeout;

  constructor(options: ActorHostOptions) {
    this.#options = options;
    this.#observers = options.observers ?? [];
    this.partitions = new PartitionKeeper({
      ...options,
      onMail: (partition, mail) => this.#mail(partition, mail),
      onLook: (actor, body) =>
        actor.state !== null && options.hasLease() ? look(this.#contextOf(actor), actor.state, body) : null,
      onDoubt: (partition, address) =>
        this.#give(this.#residentIn(partition, address), { kind: "proof", address }),
      onRedelivery: (kind) => {
        for (const observer of this.#observers) observer.redelivered(kind);
      },
      onGone: (actor) => {
        this.parked.delete(actor.address);
        this.#tasks.abandon(actor);
      },
    });
    this.#tasks = new TaskDesk({
      ...options,
      partitionOf: (actor) => this.partitions.of(actor),
      give: (actor, answer) => this.#give(actor, answer),
    });
    this.#committer = new Committer({
      nc: options.nc,
      prepare: (actor) => this.#prepare(actor),
      fenceOf: (actor) => this.partitions.fenceOf(actor),
      proves: (actors) => {
        const proofs = this.partitions.partitionsOf(actors).map((partition) => partition.proof());
        return () => {
          for (const settle of proofs) settle();
        };
      },
      onStored: (prepared) => this.#stored(prepared),
      onRefused: (actors) => {
        this.counts.lostRaces++;
        for (const observer of this.#observers) observer.lostRace();
        return this.partitions.refused(actors);
      },
      onUnknown: (actors, error) => {
        options.log(
          `a batch has an unknown end (${describeError(error).message}); opening its partitions anew`,
        );
        this.partitions.reopen(actors);
      },
    });
    this.#committer.start();
    this.#sweep = setInterval(() => this.#passivate(), sweepMs).unref();
  }

  /** The connection is lost: the answer to a batch on its way will not come. `partitions.reopenAll` follows. */
  interrupt() {
    this.partitions.disconnected();
    this.#committer.interrupt();
  }

  async stop(): Promise<void> {
    clearInterval(this.#sweep);
    this.#due.stop();
    await this.partitions.stopReading();
    await this.#committer.stop();
    await this.partitions.releaseAll();
  }

  #mail(partition: Partition, mail: MailDelivery) {
    this.#give(this.#residentIn(partition, mail.address), mail);
  }

  #residentIn(partition: Partition, address: string): ResidentActor {
    const known = partition.actors.get(address);
    if (known !== undefined) return known;
    const { id } = parseAddress(address);
    const actor = new ResidentActor(address, id, partition);
    partition.actors.set(address, actor);
    void this.#load(actor);
    return actor;
  }

  #give(actor: ResidentActor, delivery: Delivery) {
    actor.inbox.push(delivery);
    actor.lastUsed = Date.now();
    this.#offer(actor);
  }

  #offer(actor: ResidentActor) {
    if (actor.isReady) this.#committer.offer(actor);
  }

  async #load(actor: ResidentActor, attempt = 1): Promise<void> {
    const fence = this.partitions.fenceOf(actor);
    if (fence === null) return; // Forgotten meanwhile.
    try {
      const fenceSubject = subjects.fence(actor.kind.definition.kind, actor.partition);
      actor.state = await loadActor(this.#options.jsm, actor.kind, actor.address, fenceSubject, fence);
    } catch (error) {
      if (this.partitions.fenceOf(actor) === null) return; // Forgotten meanwhile.
      if (error instanceof OwnershipLost) return void this.partitions.refused([actor]);
      this.#options.log(`${actor.address} can't be loaded: ${describeError(error).message}`);
      setTimeout(() => void this.#load(actor, attempt + 1), Math.min(30_000, 250 * 2 ** attempt)).unref();
      return;
    }
    if (Object.keys(actor.state.timers).length > 0) this.#ringOverdueLater(actor);
    this.#due.add(actor, actor.state.timers);
    this.#noticeParked(actor, actor.state.paused);
    this.#offer(actor);
  }

  /**
   * Rings what the broker should have rung and did not: its message can be lost in a fail-over. Only when the mail that waited has
   * been heard, the broker's own ring among it: what came before a timer was due must not be heard after it.
   */
  #ringOverdueLater(actor: ResidentActor) {
    setTimeout(() => {
      const partition = this.partitions.of(actor);
      if (partition?.actors.get(actor.address) !== actor || actor.state === null) return;
      if (partition.isBehind || actor.inbox.length > 0) return this.#ringOverdueLater(actor);
      const now = Date.now();
      const overdue = Object.values(actor.state.timers)
        .filter((timer) => !timer.rung && timer.dueAt + overdueMs < now)
        .sort((a, b) => a.dueAt - b.dueAt);
      for (const { id } of overdue)
        this.#give(actor, { kind: "overdue", address: actor.address, timerId: id });
    }, overdueMs).unref();
  }

  #prepare(actor: ResidentActor): PreparedTurn | null {
    const { state } = actor;
    if (!actor.isReady || state === null || this.partitions.fenceOf(actor) === null) return null;
    const inputs = this.#inputsOf(actor);
    if (inputs.length === 0) return null;
    const context = this.#contextOf(actor);
    actor.inFlight = true;
    const startedAt = performance.now();
    const turn = takeTurn(context, state, inputs);
    try {
      const messages = messagesOf(actor, turn);
      this.#watchSize(actor, messages[0]?.body.length ?? 0);
      return { actor, startedAt, turn, messages };
    } catch (error) {
      // It can't be stored: too large. One by one, so that only the message behind it becomes a dead letter.
      const single = inputs.length > 1 ? takeTurn(context, state, inputs.slice(0, 1)) : null;
      const kept = single && this.#storable(actor, single);
      if (kept) return { actor, startedAt, turn: single, messages: kept };
      const refusal = refuseInput(context, state, inputs[0] as Delivery, error);
      return { actor, startedAt, turn: refusal, messages: messagesOf(actor, refusal) };
    }
  }

  #contextOf({ kind, address, id }: ResidentActor): TurnContext {
    const newId = () => `${this.#idPrefix}${(this.#lastId++).toString(36)}`;
    return { kind, address, id, now: Date.now(), newId };
  }

  #storable(actor: ResidentActor, turn: Turn): PreparedTurn["messages"] | null {
    try {
      return messagesOf(actor, turn);
    } catch {
      return null; // This one is the message that makes it too large.
    }
  }

  /** Says once per actor in memory that its state grows towards the refusal. */
  #watchSize(actor: ResidentActor, bytes: number) {
    if (bytes < warnBytes || actor.warned) return;
    actor.warned = true;
    this.#options.log(
      `${actor.address} stores ${bytes} bytes; at ${refusalBytes} it is refused: bound its context`,
    );
  }

  /** The inputs of the next turn, from the front of the inbox; what needs none is taken out. */
  #inputsOf(actor: ResidentActor): Delivery[] {
    const inputs: Delivery[] = [];
    let looked = 0;
    for (; inputs.length < mostInputsPerTurn && looked < actor.inbox.length; looked++) {
      const input = actor.inbox[looked] as Delivery;
      if (this.#needsTurn(actor, input)) inputs.push(input);
    }
    if (inputs.length < looked) actor.inbox.splice(0, looked, ...inputs);
    return inputs;
  }

  /** Not so are markers of tasks, mail applied before a crash, and timers that were rung or cancelled. */
  #needsTurn(actor: ResidentActor, input: Delivery): boolean {
    const { cursor = 0, timers = {} } = actor.state ?? {};
    // Its message may have come at the same moment.
    if (input.kind === "overdue") return Object.values(timers).some(({ id }) => id === input.timerId);
    if (input.kind !== "mail") return true;
    if (isMarker(input)) this.#tasks.hold(actor, input);
    else if (input.sequence <= cursor) this.partitions.of(actor)?.settle(input);
    else if (isStale(input, timers)) this.partitions.of(actor)?.settleWhenProven(input);
    else return true;
    return false;
  }

  #stored({ actor, turn, startedAt }: PreparedTurn) {
    const partition = this.partitions.of(actor);
    // Opened anew meanwhile: the inputs come again, and the cursor knows that they were applied.
    if (partition === undefined || partition.generation !== actor.generation) return;
    this.counts.turns++;
    this.counts.inputs += turn.consumed.length;
    const ignored = turn.state.ignored - (actor.state?.ignored ?? 0);
    this.counts.ignored += ignored;
    const times = { at: performance.timeOrigin + startedAt, tookMs: performance.now() - startedAt };
    for (const observer of this.#observers)
      observer.stored({
        kind: actor.kind.definition.kind,
        address: actor.address,
        partition: actor.partitionName,
        turn,
        ignored,
        ...times,
      });
    if (turn.state.timers !== actor.state?.timers)
      this.#due.add(actor, turn.state.timers, actor.state?.timers);
    actor.state = asStored(actor.kind.definition.collections, turn.state);
    actor.inFlight = false;
    actor.inbox.splice(0, turn.consumed.length); // A turn consumes from the front.
    for (const { subject, body } of turn.replies) this.#options.nc.publish(subject, body);
    for (const input of turn.consumed) if (input.kind === "mail") partition.settle(input);
    this.#tasks.follow(actor, turn, partition);
    if (turn.failure !== null) this.#failed(actor, turn);
    this.#noticeParked(actor, turn.state.paused);
    this.#offer(actor);
  }

  #noticeParked(actor: ResidentActor, reason: string | null) {
    if (reason === null) return void this.parked.delete(actor.address);
    this.parked.set(actor.address, { reason, escalated: actor.kind.policy.lastResort === "escalate" });
  }

  #failed(actor: ResidentActor, turn: Turn) {
    this.counts.failures++;
    const waitMs = turn.retryInMs ?? 0;
    this.#options.log(
      `${actor.address} failed (${turn.failure?.message}); again in ${Math.round(waitMs)} ms`,
      turn.state.trace === null ? {} : { trace: turn.state.trace },
    );
    actor.waits = true;
    setTimeout(() => {
      actor.waits = false;
      if (this.partitions.fenceOf(actor) !== null) this.#offer(actor);
    }, waitMs);
  }

  #passivate() {
    const { idleMs = 60_000, mostResident = 10_000 } = this.#options;
    const now = Date.now();
    const idle = [...this.partitions.owned.values()].flatMap((partition) =>
      [...partition.actors.values()].filter((actor) => actor.isIdle && actor.state !== null),
    );
    let resident = 0;
    for (const { actors } of this.partitions.owned.values()) resident += actors.size;
    for (const actor of idle.sort((a, b) => a.lastUsed - b.lastUsed)) {
      if (resident <= mostResident && now - actor.lastUsed < idleMs) break;
      this.partitions.of(actor)?.actors.delete(actor.address);
      resident--;
    }
  }
}
