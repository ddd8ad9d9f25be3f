import { expect, test } from "vitest";
import { initialTransition, transition } from "xstate";
import { archivistActor } from "./actor.ts";
import { archivistMachine } from "./machine.ts";

const started = () => {
  const [idle] = initialTransition(archivistMachine, { id: "main", at: 0 });
  return transition(archivistMachine, idle, { type: "Start", at: 1 });
};
type State = ReturnType<typeof started>[0];

const done = (state: State, output: { position: number; applied: number; trouble: string | null }) =>
  transition(archivistMachine, state, {
    type: "xstate.done.actor.0.archivist@1.reading",
    output,
    at: 2,
  } as never);
const failed = (state: State, message: string) =>
  transition(archivistMachine, state, {
    type: "xstate.error.actor.0.archivist@1.reading",
    error: { name: "Error", message },
    at: 2,
  } as never);
const types = (actions: readonly { type: string }[]) => actions.map(({ type }) => type);

test("is durable as it is defined", () => {
  expect(archivistActor().kind).toBe("archivist");
});

test("starts once, and reads for ever", () => {
  const [reading, said] = started();
  expect(reading.value).toBe("reading");
  expect(types(said)).toContain("xstate.spawnChild");
  const [still, nothing] = transition(archivistMachine, reading, { type: "Start", at: 3 });
  expect(still.value).toBe("reading");
  expect(nothing).toEqual([]);
  const [again, next] = done(reading, { position: 7, applied: 7, trouble: null });
  expect(again.value).toBe("reading");
  expect(again.context.position).toBe(7);
  expect(types(next)).toContain("xstate.spawnChild");
});

test("a dead database is said once, waited for, and said again only after it was well", () => {
  const [reading] = started();
  const [waiting, said] = failed(reading, "ECONNREFUSED");
  expect(waiting.value).toBe("waiting");
  expect(said).toContainEqual(
    expect.objectContaining({
      type: "xstate.emit",
      params: { event: { type: "ArchiveBehind", reason: "ECONNREFUSED" } },
    }),
  );
  const afterBackOff = { type: "xstate.after.backOff.archivist@1.waiting", at: 3 } as never;
  const [retry] = transition(archivistMachine, waiting, afterBackOff);
  expect(retry.value).toBe("reading");
  const [stillWaiting, quiet] = failed(retry, "ECONNREFUSED");
  expect(stillWaiting.value).toBe("waiting");
  expect(types(quiet)).not.toContain("xstate.emit");
  const [back] = transition(archivistMachine, stillWaiting, afterBackOff);
  const [well] = done(back, { position: 9, applied: 2, trouble: null });
  expect(types(failed(well, "again")[1])).toContain("xstate.emit");
});

test("Mongo alone in trouble is said, and the facts go on", () => {
  const [reading] = started();
  const [still, said] = done(reading, { position: 5, applied: 5, trouble: "Raw postings are not archived" });
  expect(still.value).toBe("reading");
  expect(types(said)).toContain("xstate.emit");
  expect(types(done(still, { position: 6, applied: 1, trouble: "still" })[1])).not.toContain("xstate.emit");
});
