/**
 * The figures of one node, for Prometheus. Every label has a bounded number of values: kinds, types of facts, tasks and
 * states, never an actor. Gauges are read when somebody asks.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { outboxTopic } from "../../protocols/subjects.ts";
import type { ActorHost } from "../runtime/actor-host.ts";
import type { HostObserver, StoredTurn } from "../runtime/observer.ts";
import type { Turn } from "../runtime/turn.ts";

/** From a fast disk to the longest stall that is not called an outage, seconds. */
const shortTimes = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];
/** From the server's step of a quarter of a second to a fail-over, seconds. */
const lateness = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 30];
/** From an idle employee to the length of a review, seconds. */
const waits = [0.5, 1, 5, 15, 60, 300, 900, 3_600];
const taskTimes = [0.01, 0.05, 0.25, 1, 5, 15, 60, 120];

/** The states of those kinds that have a breaker, where it is not closed. */
export const breakerStates: Readonly<Record<string, Readonly<Record<string, "open" | "half-open" | "off">>>> =
  {
    portal: {
      open: "open",
      changed: "open",
      unreachable: "open",
      halfOpen: "half-open",
      off: "off",
      notAllowed: "off",
    },
    applier: { cooling: "open" },
  };

export interface NodeMetrics extends HostObserver {
  readonly registry: Registry;
  /** How long a review waited in the queue until a dispatcher took it, milliseconds. */
  dispatched(waitMs: number): void;
  /** From now on its gauges are about this host. */
  watch(host: ActorHost): void;
  /** What `nats micro stats` shows. */
  summary(): Record<string, number>;
}

export function createNodeMetrics(nodeId: string): NodeMetrics {
  const registry = new Registry();
  registry.setDefaultLabels({ node: nodeId });
  collectDefaultMetrics({ register: registry });
  const counter = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Counter({ name: `callboard_${name}`, help, labelNames, registers: [registry] });
  const histogram = <L extends string>(name: string, help: string, buckets: number[], ...labelNames: L[]) =>
    new Histogram({ name: `callboard_${name}`, help, buckets, labelNames, registers: [registry] });

  const turns = counter("turns_total", "Turns stored.", "kind");
  const turnTime = histogram(
    "turn_seconds",
    "From a turn's beginning until it was stored.",
    shortTimes,
    "kind",
  );
  const messages = counter("messages_total", "Inputs that turns have settled.", "kind");
  const ignored = counter("ignored_messages_total", "Events that no state of a machine handled.", "kind");
  const failures = counter("turn_failures_total", "Turns that threw and are tried again.", "kind");
  const redeliveries = counter("redeliveries_total", "Messages delivered here once more.", "kind");
  const deadLetters = counter("dead_letters_total", "Messages that became dead letters.", "kind");
  const lostRaces = counter("lost_races_total", "Batches refused, since another node owns a partition.");
  const facts = counter("facts_total", "Facts said: what was scraped, submitted, blocked, missed.", "type");
  const late = histogram("timer_lateness_seconds", "How late timers fired.", lateness, "kind");
  const dispatchWait = histogram("dispatch_wait_seconds", "From the queue into a dispatcher's hand.", waits);
  const tasks = histogram("task_seconds", "Tasks, tries included.", taskTimes, "task", "outcome");

  let host: ActorHost | null = null;
  /** By partition and actor, as its last turn left it. */
  const breakers = new Map<string, Map<string, string>>();
  const perKind = (read: (add: (kind: string, value: number) => void, host: ActorHost) => void) =>
    function collect(this: Gauge<"kind">) {
      this.reset();
      if (host !== null) read((kind, value) => this.inc({ kind }, value), host);
    };
  const gauge = (name: string, help: string, read: Parameters<typeof perKind>[0]) =>
    new Gauge({
      name: `callboard_${name}`,
      help,
      labelNames: ["kind"],
      registers: [registry],
      collect: perKind(read),
    });
  gauge("mailbox_depth", "Messages that wait for a turn.", (add, { partitions }) => {
    for (const { name, waiting } of partitions.owned.values()) add(name.kind, waiting);
  });
  gauge("resident_actors", "Actors in memory.", (add, { partitions }) => {
    for (const { name, actors } of partitions.owned.values()) add(name.kind, actors.size);
  });
  gauge("busy_actors", "Actors with mail or a task in hand.", (add, { partitions }) => {
    for (const { name, actors } of partitions.owned.values())
      add(name.kind, [...actors.values()].filter((actor) => !actor.isIdle).length);
  });
  gauge("parked_actors", "Actors that their supervisor has stopped.", (add, { parked }) => {
    for (const address of parked.keys()) add(address.slice(0, address.indexOf(".")), 1);
  });
  gauge("owned_partitions", "Partitions that this node owns.", (add, { partitions }) => {
    for (const { name } of partitions.owned.values()) add(name.kind, 1);
  });
  new Gauge({
    name: "callboard_breakers",
    help: "Boards, and appliers to boards, by the state of their breaker.",
    labelNames: ["kind", "state"],
    registers: [registry],
    collect() {
      this.reset();
      for (const [partition, states] of breakers) {
        if (host !== null && !host.partitions.owned.has(partition)) breakers.delete(partition);
        else for (const state of states.values()) this.inc({ kind: partition.split("/")[0] ?? "", state });
      }
    },
  });

  const breaker = ({ kind, partition, address, turn }: StoredTurn) => {
    const states = breakerStates[kind];
    const value = turn.state.snapshot?.value;
    if (states === undefined || typeof value !== "string") return;
    const known = breakers.get(partition) ?? new Map<string, string>();
    breakers.set(partition, known.set(address, states[value] ?? "closed"));
  };
  const said = (turn: Turn) => {
    for (const { subject } of turn.messages) {
      const topic = outboxTopic(subject);
      if (topic?.[0] === "event") facts.inc({ type: topic[1] });
      else if (topic?.[0] === "dead") deadLetters.inc({ kind: topic[1] });
    }
  };

  return {
    registry,
    stored: (stored) => {
      const { kind, turn, tookMs } = stored;
      turns.inc({ kind });
      turnTime.observe({ kind }, tookMs / 1_000);
      messages.inc({ kind }, turn.consumed.length);
      if (stored.ignored > 0) ignored.inc({ kind }, stored.ignored);
      if (turn.failure !== null) failures.inc({ kind });
      for (const ms of turn.lateMs) late.observe({ kind }, ms / 1_000);
      for (const { task } of turn.heard) {
        const { result, startedAt, endedAt } = task?.answer ?? {};
        if (task === null || startedAt === undefined || endedAt === undefined) continue;
        const outcome = result?.ok === true ? "ok" : "failed";
        tasks.observe({ task: task.src, outcome }, (endedAt - startedAt) / 1_000);
      }
      said(turn);
      breaker(stored);
    },
    redelivered: (kind) => redeliveries.inc({ kind }),
    lostRace: () => lostRaces.inc(),
    dispatched: (waitMs) => dispatchWait.observe(waitMs / 1_000),
    watch: (watched) => {
      host = watched;
    },
    summary: () => {
      const owned = [...(host?.partitions.owned.values() ?? [])];
      return {
        ...(host?.counts ?? {}),
        partitions: owned.length,
        resident: owned.reduce((sum, { actors }) => sum + actors.size, 0),
        waiting: owned.reduce((sum, { waiting }) => sum + waiting, 0),
        parked: host?.parked.size ?? 0,
      };
    },
  };
}
