/**
 * The tasks of this node's actors: started when the turn that asked has been stored, answered into the actor's inbox. The
 * marker of each waits unacknowledged in the mailbox meanwhile, so that a crash brings the task back.
 */
import type { MailDelivery, TaskDelivery } from "./delivery.ts";
import { ownMessage, startsAs } from "./delivery.ts";
import { describeError, OwnershipLost } from "./errors.ts";
import type { HostedKind } from "./hosted-kind.ts";
import type { Partition } from "./partition.ts";
import type { ResidentActor } from "./resident-actor.ts";
import { TaskRunner } from "./tasks.ts";
import type { Turn } from "./turn.ts";

export interface TaskDeskOptions {
  readonly kinds: readonly HostedKind[];
  readonly hasLease: () => boolean;
  readonly partitionOf: (actor: ResidentActor) => Partition | undefined;
  readonly give: (actor: ResidentActor, answer: TaskDelivery) => void;
  readonly log: (text: string) => void;
}

export const isMarker = startsAs(ownMessage.task);

export class TaskDesk {
  readonly #options: TaskDeskOptions;
  readonly #runners: ReadonlyMap<string, TaskRunner>;

  constructor(options: TaskDeskOptions) {
    this.#options = options;
    this.#runners = new Map(
      options.kinds.map(({ definition }) => [definition.kind, new TaskRunner(definition)]),
    );
  }

  /** A marker has come: its task is open and belongs to this node now, or it has been answered, or we have slept and know nothing. */
  hold(actor: ResidentActor, marker: MailDelivery) {
    const { task: taskId }: { task: string } = JSON.parse(new TextDecoder().decode(marker.body));
    // By the task's own id: the name of its invocation changes with the machine's version.
    const [invoke] = Object.entries(actor.state?.tasks ?? {}).find(([, { id }]) => id === taskId) ?? [];
    if (invoke === undefined) return this.#options.partitionOf(actor)?.settleWhenProven(marker);
    actor.markers.set(taskId, marker);
    // A quick task answers before its marker has come: while that answer waits for its turn, nothing is to be run again.
    if (actor.inbox.some((input) => input.kind === "task" && input.taskId === taskId)) return;
    if (actor.state?.paused === null) this.#start(actor, invoke, taskId);
  }

  /** A turn has been stored: its tasks begin, what it left is aborted, what it heard is settled. */
  follow(actor: ResidentActor, turn: Turn, partition: Partition) {
    for (const taskId of turn.stopped) this.#runnerOf(actor).stop(taskId);
    for (const [invokeId, task] of turn.started) this.#start(actor, invokeId, task.id);
    for (const input of turn.consumed)
      if (input.kind === "task" && turn.answered.has(input.taskId)) void this.#settle(input);
    if (actor.markers.size === 0) return;
    const open = new Set(Object.values(turn.state.tasks).map((task) => task.id));
    for (const [taskId, marker] of actor.markers) {
      if (open.has(taskId)) continue;
      actor.markers.delete(taskId);
      partition.settle(marker);
    }
  }

  /** The actor belongs to another node now, which will run them. */
  abandon(actor: ResidentActor) {
    for (const task of Object.values(actor.state?.tasks ?? {})) this.#runnerOf(actor).stop(task.id);
  }

  #start(actor: ResidentActor, invokeId: string, taskId: string) {
    const task = actor.state?.tasks[invokeId];
    const run = task && actor.kind.tasks[task.src];
    if (task === undefined || task.id !== taskId || run === undefined) return;
    this.#runnerOf(actor).start({
      address: actor.address,
      invokeId,
      task,
      run,
      checkOwnership: () => {
        if (this.#options.hasLease() && (this.#options.partitionOf(actor)?.fence ?? null) !== null) return;
        throw new OwnershipLost({
          address: actor.address,
          message: "Another node may own this actor now: nothing irreversible may begin here.",
        });
      },
      // It may have been loaded anew meanwhile. If it is not in memory, its marker comes again, and with it the task.
      answer: (answer) => {
        const current = this.#options.partitionOf(actor)?.actors.get(actor.address);
        if (current !== undefined) this.#options.give(current, answer);
      },
    });
  }

  #runnerOf(actor: ResidentActor): TaskRunner {
    return this.#runners.get(actor.kind.definition.kind) as TaskRunner;
  }

  async #settle({ settled, address }: TaskDelivery) {
    for (const afterStored of settled)
      try {
        await afterStored();
      } catch (error) {
        this.#options.log(
          `${address}: what should follow a stored answer failed: ${describeError(error).message}`,
        );
      }
  }
}
