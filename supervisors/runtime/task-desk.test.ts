/** A task runs once for its invocation, however its marker and its answer overtake each other. */
import { expect, test, vi } from "vitest";
import { createMachine } from "xstate";
import { defineActor } from "../../actors/define-actor.ts";
import { Word } from "./conformance/case.ts";
import { type MailDelivery, ownMessage, type TaskDelivery } from "./delivery.ts";
import { hostKind } from "./hosted-kind.ts";
import type { Partition } from "./partition.ts";
import { ResidentActor } from "./resident-actor.ts";
import { TaskDesk } from "./task-desk.ts";
import { TaskRunner } from "./tasks.ts";

const policy = { restarts: 0, minBackoffMs: 1, maxBackoffMs: 1, lastResort: "dead-letter" } as const;

function desk() {
  let runs = 0;
  const machine = createMachine({ id: "case@1" });
  const kind = hostKind(defineActor({ kind: "case", machine, message: Word, tasks: { work: {} } }), policy, {
    work: () => {
      runs++;
      return Promise.resolve(1);
    },
  });
  const partition = { kind, p: 0, name: { kind: "case", text: "case/0" }, generation: 1, actors: new Map() };
  const actor = new ResidentActor("case.a", "a", partition as unknown as Partition);
  actor.state = {
    logic: kind.current,
    snapshot: null,
    paged: {},
    cursor: 0,
    timers: {},
    tasks: { work: { id: "t1", src: "work", input: null, trace: "" } },
    attempts: 0,
    paused: null,
    ignored: 0,
    trace: null,
  };
  const tasks = new TaskDesk({
    kinds: [kind],
    hasLease: () => true,
    partitionOf: () => undefined,
    give: () => {},
    log: () => {},
  });
  return { actor, tasks, runs: () => runs };
}

const marker: MailDelivery = {
  kind: "mail",
  address: "case.a",
  sequence: 1,
  subject: "",
  body: new TextEncoder().encode(JSON.stringify({ type: ownMessage.task, invoke: "work", task: "t1" })),
  trace: null,
  from: null,
  ack: () => {},
  working: () => {},
};
const answer: TaskDelivery = {
  kind: "task",
  address: "case.a",
  invokeId: "work",
  taskId: "t1",
  result: { ok: true, output: 1 },
  settled: [],
};

test("a marker that comes after a crash runs the task again", () => {
  const { actor, tasks, runs } = desk();
  tasks.hold(actor, marker);
  expect(runs()).toBe(1);
});

test("a marker that comes while the answer waits to be stored runs nothing, and is kept until it is", () => {
  const { actor, tasks, runs } = desk();
  actor.inbox = [answer];
  tasks.hold(actor, marker);
  expect(runs()).toBe(0);
  expect(actor.markers.get("t1")).toBe(marker);
});

test("a task that was stopped and started again while it waited for room runs once", async () => {
  let open = () => {};
  const room = new Promise<void>((resolve) => {
    open = resolve;
  });
  const runs: string[] = [];
  const answers: string[] = [];
  const machine = createMachine({ id: "case@1" });
  const runner = new TaskRunner(
    defineActor({ kind: "case", machine, message: Word, tasks: { work: { concurrency: 2 } } }),
  );
  const start = (id: string) =>
    runner.start({
      address: `case.${id}`,
      invokeId: "work",
      task: { id, src: "work", input: null, trace: "" },
      run: () => {
        runs.push(id);
        return room;
      },
      checkOwnership: () => {},
      answer: ({ taskId }) => answers.push(taskId),
    });
  for (const id of ["one", "two", "again"]) start(id);
  runner.stop("again"); // The partition is lost, and comes back to this node.
  for (const id of ["again", "last"]) start(id);
  open();
  await vi.waitFor(() => expect(answers).toEqual(["one", "two", "again", "last"]));
  expect(runs).toEqual(["one", "two", "again", "last"]);
});
