/** The dispatcher's look into the queue, on a real one. */
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { streams, subjects } from "../../../protocols/subjects.ts";
import { provision } from "../../storage/provision.ts";
import { startNats, type TestNats } from "../../testkit/nats.ts";
import { takeReviewTask } from "./take-review.ts";

let nats: TestNats;
let nc: NatsConnection;
beforeAll(async () => {
  nats = await startNats();
  nc = await connect(nats.connection());
  await provision(nc);
}, 60_000);
afterAll(async () => {
  await nc?.close();
  await nats?.stop();
});

const review = (application: string, priority: number) => ({
  ...{ type: "ReviewRequested", application, request: 1, queue: "main", priority, exclude: null, reason: "" },
});
const enqueue = (queue: string, application: string, priority: number) =>
  jetstream(nc).publish(subjects.review(queue, priority), JSON.stringify(review(application, priority)));

/** Takes as the dispatcher does; `settle` says that it has stored what it took. */
const take = async (
  queue: string,
  most: number,
  stopped = new AbortController().signal,
  task = takeReviewTask({ nc }),
) => {
  const settled: (() => void | Promise<void>)[] = [];
  const taken = await task(
    { queue, most, agingEveryMs: 900_000 },
    { signal: stopped, settled: (after) => void settled.push(after) },
  );
  return {
    applications: taken.map(({ application }) => application),
    settle: () => Promise.all(settled.map((after) => after())),
  };
};

test("takes as many as are wanted, the most urgent first and the oldest of each level first", async () => {
  for (const [application, priority] of [
    ["a", 2],
    ["b", 1],
    ["c", 1],
    ["d", 0],
  ] as const)
    await enqueue("levels", application, priority);
  const first = await take("levels", 3);
  expect(first.applications).toEqual(["d", "b", "c"]);
  await first.settle();
  const second = await take("levels", 3);
  expect(second.applications).toEqual(["a"]);
  await second.settle();
  const jsm = await jetstreamManager(nc);
  await expect
    .poll(async () => {
      const { state } = await jsm.streams.info(streams.reviews, {
        subjects_filter: "callboard.review.levels.*",
      });
      return Object.keys(state.subjects ?? {});
    })
    .toEqual([]);
});

test("waits until one comes, also while others are taken and not settled yet", async () => {
  await enqueue("waits", "first", 1);
  const first = await take("waits", 5);
  expect(first.applications).toEqual(["first"]);
  const second = take("waits", 5);
  await enqueue("waits", "urgent", 0);
  expect((await second).applications).toEqual(["urgent"]);
});

test("takes what comes while it takes, in order and once", async () => {
  const task = takeReviewTask({ nc });
  const names = Array.from({ length: 40 }, (_, n) => `n${n}`);
  const enqueueing = (async () => {
    for (const name of names) await enqueue("steady", name, 1);
  })();
  const taken: string[] = [];
  while (taken.length < names.length) {
    const { applications, settle } = await take("steady", 3, undefined, task);
    taken.push(...applications);
    await settle();
  }
  await enqueueing;
  expect(taken).toEqual(names);
});

test("what was taken when the dispatcher has changed its mind is taken again, and need not be looked for", async () => {
  const task = takeReviewTask({ nc });
  await enqueue("stopped", "before", 1);
  await (await take("stopped", 1, undefined, task)).settle();
  const stop = new AbortController();
  const called = take("stopped", 1, stop.signal, task);
  // It is stopped when it has heard of the review and pulls it.
  const heard = nc.subscribe(subjects.arrived("stopped", 1), {
    max: 1,
    callback: () => void setImmediate(() => stop.abort()),
  });
  await enqueue("stopped", "mine", 1);
  await expect(called).rejects.toThrow();
  expect(heard.getReceived()).toBe(1);
  const look = new Promise((resolve) => setTimeout(resolve, 4_000, "had to look"));
  const again = take("stopped", 1, undefined, task).then(({ applications }) => applications);
  expect(await Promise.race([again, look])).toEqual(["mine"]);
});

test("what nobody can read becomes a dead letter, and holds up nothing", async () => {
  await jetstream(nc).publish(subjects.review("broken", 1), "no review");
  await enqueue("broken", "sound", 1);
  expect((await take("broken", 2)).applications).toEqual(["sound"]);
  const jsm = await jetstreamManager(nc);
  expect((await jsm.streams.info(streams.dead)).state.messages).toBe(1);
});
