/** The pulse on a real nats-server: what it reads, and that a node killed in between counts nothing twice. */
import { jetstream } from "@nats-io/jetstream";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pulseActor } from "../../../actors/pulse/actor.ts";
import type { Fact } from "../../../protocols/event.ts";
import { streams, subjects } from "../../../protocols/subjects.ts";
import { startActorNode } from "../../actor-node.ts";
import { hostKind } from "../../runtime/hosted-kind.ts";
import { provision } from "../../storage/provision.ts";
import { startNats, type TestNats } from "../../testkit/nats.ts";
import { tree } from "../../tree.ts";
import { readFact } from "../archive/stored-fact.ts";
import { streamReader } from "../archive/stream-reader.ts";
import { pulseTask } from "./pulse-task.ts";

let nats: TestNats;
let nc: NatsConnection;

beforeAll(async () => {
  nats = await startNats();
  nc = await connect(nats.connection());
  await provision(nc);
}, 30_000);

afterAll(async () => {
  await nc?.close();
  await nats?.stop();
});

const say = async (facts: readonly Fact[]) => {
  const js = jetstream(nc);
  for (const fact of facts) {
    const stored = { ...fact, actor: "test.main", at: new Date().toISOString(), trace: "0".repeat(32) };
    await js.publish(subjects.event(fact.type, "main"), JSON.stringify(stored));
  }
};

const asked = (application: string, request = 1): Fact => ({
  type: "ManualReviewRequired",
  application,
  request,
  queue: "main",
  priority: 1,
  reason: "",
});
const ended = (application: string, outcome: "missed" | "completed"): Fact => ({
  type: "ReviewEnded",
  application,
  employee: "mira",
  assignment: 1,
  outcome,
  strike: false,
  reason: "",
  heldMs: 1,
});
const approved = (application: string): Fact => ({
  type: "ApplicationApproved",
  application,
  by: "employee",
  employee: "mira",
  resumeVersion: "v",
});

const facts: Fact[] = [
  { type: "PortalPolled", portal: "a", company: "A", found: 1, rejected: 0 },
  { type: "PortalBlocked", portal: "b", reason: "429", retryAfterMs: 1 },
  { type: "EmployeeSignedIn", employee: "mira" },
  asked("x"),
  asked("y"),
  ended("x", "missed"),
  asked("x", 2),
  ended("x", "completed"),
  approved("x"),
  { type: "ApplicationApproved", application: "z", by: "machine", employee: null, resumeVersion: "v" },
];
const expected = {
  live: { activeScrapers: 1, totalScrapers: 2, pendingReviews: 1, employeesOnline: 1 },
  kpis: { autoApproved: 1, reviewed: 1, autoApplyRate: 0.5, manualRate: 0.5 },
};

test("each fact counts once, although the node goes away in between", async () => {
  const start = () =>
    startActorNode({
      nc,
      nodeId: "pulse-test",
      kinds: [
        hostKind(pulseActor, tree.pulse, {
          readFacts: pulseTask({ nc, gatherMs: 30, quietMs: 200, idleMs: 10 }),
        }),
      ],
    });
  const latest = async () => {
    const all = await streamReader(nc, streams.events, "callboard.event.PulseMeasured.*").after(0, 1_000);
    const last = all.at(-1);
    const fact = last === undefined ? null : readFact(last)?.fact;
    return fact?.type === "PulseMeasured" ? fact : null;
  };
  const until = async (counted: number) => {
    const deadline = performance.now() + 30_000;
    while ((await latest())?.kpis.reviewed !== counted) {
      if (performance.now() > deadline) throw new Error(`Last heard: ${JSON.stringify(await latest())}`);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  };
  await say(facts);
  let node = await start();
  try {
    await jetstream(nc).publish(subjects.mailbox("pulse.main"), JSON.stringify({ type: "Start" }));
    await until(1);
    expect(await latest()).toMatchObject(expected);
    await node.stop();
    await say([ended("y", "completed"), approved("y")]);
    node = await start();
    await until(2);
    expect(await latest()).toMatchObject({
      live: { ...expected.live, pendingReviews: 0 },
      kpis: { reviewed: 2, autoApproved: 1 },
    });
  } finally {
    await node.stop();
  }
}, 60_000);
